using System.Collections.Immutable;

namespace Groundswell.Lab.OffPolicy;

/// <summary>Shows one of the best of a pool by a ranker, each of them as likely as any other.</summary>
/// <param name="Best">Which share of the pool it chooses among.</param>
public sealed record BestOfPool(LedgerRanker Ranker, double Best)
{
    /// <summary>So many of a pool: the share to the nearest video, and at least one.</summary>
    public int Of(int pool) => Math.Max(1, (int)Math.Round(Best * pool, MidpointRounding.AwayFromZero));
}

/// <summary>What a policy would have chosen from a pool.</summary>
/// <param name="Chosen">How many videos it chooses among.</param>
/// <param name="HasDrawn">Whether the one that was drawn is among them.</param>
/// <param name="Expected">What the model expected of them, on the mean.</param>
public readonly record struct PoolChoice(int Chosen, bool HasDrawn, ViewOutcome Expected);

/// <summary>A video that was drawn uniformly from a pool and met its viewer.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Expected">What the model expected of it when it was drawn.</param>
/// <param name="Choices">By policy.</param>
public sealed record RandomDecision(ViewOutcome Outcome, ViewOutcome Expected, int Pool, ImmutableArray<PoolChoice> Choices)
{
    /// <summary>
    /// As it is seen from a policy. That a place was filled at random is no choice among videos, so the propensity is that of
    /// the draw: the logged one over the share of random slots.
    /// </summary>
    public LoggedDecision For(int policy, ViewMeasure measure)
    {
        var choice = Choices[policy];
        return new(Outcome[measure], 1.0 / Pool, choice.HasDrawn ? 1.0 / choice.Chosen : 0, Expected[measure], choice.Expected[measure]);
    }
}

/// <summary>What became of the random slots of a ledger.</summary>
/// <param name="Served">All of them.</param>
/// <param name="OutsidePool">Of videos that the pool, folded anew, does not hold: a page was made a moment earlier than its entry says.</param>
/// <param name="NotReached">The viewer left before.</param>
/// <param name="Uncounted">The view counts nothing, for a reason that its entry names.</param>
/// <param name="Waiting">The ledger ends before it is known.</param>
/// <param name="Known">Met their viewer: the decisions.</param>
/// <param name="AsLogged">Of those within the pool, how many have a logged propensity that is the pool's, within 1 %.</param>
public sealed record RandomSlots(int Served, int OutsidePool, int NotReached, int Uncounted, int Waiting, int Known, int AsLogged);
