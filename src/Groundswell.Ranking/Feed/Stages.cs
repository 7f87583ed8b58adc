using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;

namespace Groundswell.Ranking.Feed;

/// <summary>A video that a source proposes, with the state it had when it was proposed.</summary>
public readonly record struct Candidate(VideoCell Cell, VideoState Video, SlotSource Source)
{
    public bool Competes => Source.Competes();

    /// <summary>A wave that has only begun and needs viewers most: it competes, and some slots are kept for it besides.</summary>
    public bool InOpening { get; init; }
}

/// <summary>A candidate as a first look has it: by its rates and the viewer's taste.</summary>
/// <param name="Taste">Log-odds that the viewer's taste adds, by content.</param>
public readonly record struct Look(Candidate Candidate, double Value, double Taste)
{
    /// <summary>The highest value first, then the lowest id.</summary>
    public static IComparer<Look> BestFirst { get; } = Comparer<Look>.Create(static (one, other) =>
        one.Value != other.Value ? other.Value.CompareTo(one.Value) : one.Candidate.Video.Id.CompareTo(other.Candidate.Video.Id));
}

/// <summary>A candidate with what the ranker believes of it.</summary>
/// <param name="Value">Expected points less costs, debiased and lifted: the order of the page.</param>
public sealed record Ranked(Look Look, ActionProbabilities Probabilities, double Value, Explanation? Explanation)
{
    /// <summary>The highest value first, then the lowest id.</summary>
    public static IComparer<Ranked> BestFirst { get; } = Comparer<Ranked>.Create(static (one, other) =>
        one.Value != other.Value ? other.Value.CompareTo(one.Value) : one.Video.Id.CompareTo(other.Video.Id));

    public Candidate Candidate => Look.Candidate;
    public VideoState Video => Candidate.Video;
}

/// <summary>Brings candidates. The feed goes on without a source that has none or fails, and with what a late one has proposed; so the sooner a source yields, the better.</summary>
public interface ISource
{
    SlotSource Source { get; }
    IEnumerable<Candidate> Propose(FeedContext context);
}

/// <summary>Keeps a candidate or removes it for a named reason; one that fails removes it.</summary>
public interface IFilter
{
    /// <summary>Why it removes, as a code.</summary>
    string Reason { get; }
    bool Keeps(Candidate candidate, FeedContext context);
}
