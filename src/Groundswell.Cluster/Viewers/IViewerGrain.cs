using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Taste;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Feed;

namespace Groundswell.Cluster.Viewers;

/// <summary>One viewer. Its calls run one at a time, so a signal is folded before the page that follows it.</summary>
[Alias("viewer")]
public interface IViewerGrain : IGrainWithIntegerKey
{
    /// <summary>Makes a page. Memory only; what was served is recorded behind it.</summary>
    [Alias("page")]
    Task<FeedPage> Page(FeedRequest request);

    /// <summary>Records signals, in their order; each is durable when its result is returned.</summary>
    /// <param name="creator">The creator this viewer has signed in as.</param>
    /// <returns>One result for each signal, in order.</returns>
    [Alias("record")]
    Task<ImmutableArray<SignalResult>> Record(ImmutableArray<Signal> signals, CreatorId? creator);

    /// <summary>Ends the play of a viewer who has fallen silent; changes nothing for one who has not.</summary>
    [Alias("end_lost_play")]
    Task EndLostPlay();

    [Alias("profile")]
    Task<ViewerProfile> Profile();

    /// <summary>Forgets all taste. What was seen stays known, so that nothing is shown twice.</summary>
    [Alias("forget")]
    Task ForgetTaste();

    [Alias("personalise")]
    Task Personalise(bool personalised);

    /// <summary>Says where the viewer is, by their own word; null takes it back.</summary>
    [Alias("share_region")]
    Task ShareRegion(Region? region);

    /// <summary>Says which genres the viewer likes, in place of what they said before; none takes it back.</summary>
    [Alias("declare_interests")]
    Task DeclareInterests(ImmutableSortedSet<int> genres);

    /// <summary>Says how old the viewer is, by their own word; null takes it back.</summary>
    [Alias("declare_age")]
    Task DeclareAge(AgeClass? age);
}

public enum SignalStatus { Accepted, Duplicate, Late, Disqualified, Invalid }

/// <summary>What became of one signal.</summary>
/// <param name="Field">The field that is wrong, for an invalid signal.</param>
public sealed record SignalResult(string EventId, SignalStatus Status, Disqualification? Disqualified = null, string? Problem = null, string? Field = null);

/// <summary>What a viewer may see of themselves.</summary>
/// <param name="Personalised">Whether their taste is used, as they chose or by the default for their age.</param>
public sealed record ViewerProfile(
    bool Personalised, TasteProfile Taste, int Views, int Sessions, ImmutableHashSet<CreatorId> Follows, Region? Region, ImmutableArray<int> Interests, AgeClass? Age);
