using System.Collections.Immutable;

namespace Groundswell.Lab.OffPolicy;

/// <summary>An estimate beside what the policy really earned.</summary>
/// <param name="Covers">The estimate's interval holds the measured mean.</param>
/// <param name="Difference">Estimated minus measured.</param>
/// <param name="HalfInterval">Half of the 95 % interval of the difference, as of two independent samples.</param>
public sealed record AgainstMeasured(string Estimator, bool Covers, double Difference, double HalfInterval)
{
    /// <summary>The 97.5 % quantile of the normal law.</summary>
    private const double Quantile = 1.959964;

    public static AgainstMeasured Of(Estimate estimate, Estimate measured) => new(
        estimate.Estimator, estimate.Covers(measured.Value), estimate.Value - measured.Value,
        Quantile * Math.Sqrt((estimate.StandardError * estimate.StandardError) + (measured.StandardError * measured.StandardError)));
}

/// <summary>What a policy would have earned.</summary>
/// <param name="Logged">What the logged policy earned.</param>
/// <param name="Unsupported">The other policy's probability of what was never logged.</param>
/// <param name="Measured">What the other policy earned where it was in force; null where nobody knows.</param>
public sealed record PolicyReport(int Decisions, Estimate Logged, WeightSummary Weights, double Unsupported, ImmutableArray<Estimate> Estimates, Estimate? Measured)
{
    /// <summary>One for each estimate; empty where nothing was measured.</summary>
    public ImmutableArray<AgainstMeasured> Comparisons { get; } = Measured is null ? [] : [.. Estimates.Select(estimate => AgainstMeasured.Of(estimate, Measured))];
}

/// <summary>A policy's value from another one's log, by three estimators, and beside it what was measured.</summary>
public static class PolicyEvaluation
{
    /// <param name="measured">A log that the other policy wrote itself; null where there is none.</param>
    /// <exception cref="InvalidDataException">A log is empty, or has no reward at all.</exception>
    /// <exception cref="ArgumentException">The policy has no probabilities at a position of the log, or would have chosen nothing of it.</exception>
    public static PolicyReport Run(
        ImmutableArray<LoggedChoice> log, PositionPolicy policy, ImmutableArray<LoggedChoice>? measured, double? clip,
        IProgress<(int Done, int Of)>? progress, CancellationToken cancellation)
    {
        var logged = OnPolicy(log, "log");
        var earned = measured is { } own ? OnPolicy(own, "measured log") : null;
        var decisions = RewardModel.Decisions(log, policy);
        var weights = Weighting.Of(decisions, clip).Summary;
        ImmutableArray<Func<IReadOnlyList<LoggedDecision>, double?, Estimate>> estimators = [Estimators.InversePropensity, Estimators.SelfNormalised, Estimators.DoublyRobust];
        var estimates = ImmutableArray.CreateBuilder<Estimate>();
        foreach (var estimator in estimators)
        {
            cancellation.ThrowIfCancellationRequested();
            estimates.Add(estimator(decisions, clip));
            progress?.Report((estimates.Count, estimators.Length));
        }
        return new PolicyReport(log.Length, logged, weights, policy.Unsupported(log), estimates.ToImmutable(), earned);
    }

    private static Estimate OnPolicy(ImmutableArray<LoggedChoice> log, string name)
    {
        if (log.IsEmpty) throw new InvalidDataException($"The {name} is empty.");
        if (log.All(choice => choice.Reward == 0)) throw new InvalidDataException($"Nothing in the {name} was rewarded: no interval can be told from it.");
        return Estimators.OnPolicy(log.Select(choice => choice.Reward));
    }
}
