using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;

namespace Groundswell.Ranking.Feed;

/// <summary>A video that a source proposes, with the state it had when it was proposed.</summary>
public readonly record struct Candidate(VideoCell Cell, VideoState Video, SlotSource Source);

/// <summary>A candidate with what the ranker believes of it.</summary>
/// <param name="Value">Expected points less costs, debiased and lifted: the order of the page.</param>
/// <param name="Taste">Log-odds that the viewer's taste adds, by content.</param>
public sealed record Ranked(Candidate Candidate, ActionProbabilities Probabilities, double Value, double Taste, Explanation? Explanation)
{
    /// <summary>The highest value first, then the lowest id.</summary>
    public static IComparer<Ranked> BestFirst { get; } = Comparer<Ranked>.Create(static (one, other) =>
        one.Value != other.Value ? other.Value.CompareTo(one.Value) : one.Video.Id.CompareTo(other.Video.Id));

    public VideoState Video => Candidate.Video;

    /// <summary>Whether it is shown for its value; some kinds have slots of their own.</summary>
    public bool Competes => Candidate.Source is not (SlotSource.Shared or SlotSource.TestBatch or SlotSource.Revival or SlotSource.Random or SlotSource.Probe or SlotSource.Boost);
}

/// <summary>Brings candidates. The feed goes on without a source that has none.</summary>
public interface ISource
{
    SlotSource Source { get; }
    IEnumerable<Candidate> Propose(FeedContext context);
}

/// <summary>Keeps a candidate or removes it for a named reason.</summary>
public interface IFilter
{
    /// <summary>Why it removes, as a code.</summary>
    string Reason { get; }
    bool Keeps(Candidate candidate, FeedContext context);
}
