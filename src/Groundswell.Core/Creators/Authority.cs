using Groundswell.Core.Audience;

namespace Groundswell.Core.Creators;

/// <summary>What a creator's first videos say for their next one.</summary>
/// <param name="Enabled">The off switch.</param>
/// <param name="BatchShare">At most this share of one batch, in pseudo-views …</param>
/// <param name="PriorShare">… and at most so many times what the peers weigh: at 1 a whole record and the peers tell as much of the next video as each other.</param>
/// <param name="HalfLife">The weight halves in this time from the last of the first verdicts.</param>
public sealed record AuthorityRules(bool Enabled, double BatchShare, double PriorShare, TimeSpan HalfLife)
{
    public static AuthorityRules Default { get; } = new(true, 0.2, 1, TimeSpan.FromDays(30));
}

/// <summary>
/// Authority is a belief about the next score, never a follower count: the mean score of the first five videos, worth up
/// to a fifth of one batch, decaying. It moves a prior; views outweigh it soon.
/// </summary>
public static class Authority
{
    /// <summary>The prior moved by the creator's authority.</summary>
    public static ScorePrior Move(ScorePrior prior, CreatorState creator, int batch, AuthorityRules rules, DateTimeOffset now) =>
        prior.With(Mean(creator), Weight(creator, prior.PseudoViews, batch, rules, now));

    /// <summary>Pseudo-views that the creator's record is worth now; 0 for one without a verdict.</summary>
    /// <param name="prior">Pseudo-views of the prior that it moves.</param>
    public static double Weight(CreatorState creator, double prior, int batch, AuthorityRules rules, DateTimeOffset now)
    {
        if (!rules.Enabled || creator.Verdicts.IsDefaultOrEmpty) return 0;
        var age = now - creator.Verdicts[^1].At;
        var most = Math.Min(batch * rules.BatchShare, prior * rules.PriorShare);
        return most * creator.Verdicts.Length / CreatorState.FirstVideos * Math.Pow(0.5, Math.Max(0, age / rules.HalfLife));
    }

    private static double Mean(CreatorState creator) =>
        creator.Verdicts.IsDefaultOrEmpty ? 0 : creator.Verdicts.Average(verdict => verdict.Score);
}
