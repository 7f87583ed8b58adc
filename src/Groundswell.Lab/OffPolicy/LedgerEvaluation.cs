using System.Collections.Immutable;

namespace Groundswell.Lab.OffPolicy;

/// <summary>One measure of a policy, by each estimator.</summary>
/// <param name="Estimates">None where too little was drawn to tell an interval: all of it fared alike.</param>
public sealed record MeasuredValue(ViewMeasure Measure, ImmutableArray<Estimate> Estimates);

/// <summary>What a policy would have brought.</summary>
/// <param name="Best">The share of each pool that it chooses among.</param>
/// <param name="Drawn">Decisions at which the drawn video was one that it could have chosen.</param>
public sealed record PolicyValue(string Ranker, double Best, int Drawn, ImmutableArray<MeasuredValue> Values);

/// <summary>What a ledger's random slots say of other rankings.</summary>
/// <param name="Pool">Videos that could have been drawn, on the mean.</param>
/// <param name="Uniform">What they brought themselves: the policy that draws among all.</param>
public sealed record LedgerReport(RandomSlots Slots, double Pool, ImmutableArray<MeasuredValue> Uniform, ImmutableArray<PolicyValue> Policies);

/// <summary>Policies' values from decisions that a draw made.</summary>
public static class LedgerEvaluation
{
    /// <exception cref="InvalidDataException">The ledger holds no decision; the message says why.</exception>
    public static LedgerReport Run(
        IReadOnlyList<RandomDecision> decisions, RandomSlots slots, ImmutableArray<BestOfPool> policies, IProgress<(int Done, int Of)>? progress, CancellationToken cancellation)
    {
        if (slots.Served == 0)
            throw new InvalidDataException("No page of the ledger has a random slot: wait until more is served, or raise the rule feed.random_share.");
        if (decisions.Count == 0)
            throw new InvalidDataException($"Of none of the ledger's {slots.Served:N0} random slots is it known what followed: wait until viewers have watched them.");
        var values = ImmutableArray.CreateBuilder<PolicyValue>();
        foreach (var (place, policy) in policies.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            values.Add(new PolicyValue(
                policy.Ranker.Name, policy.Best, decisions.Count(decision => decision.Choices[place].HasDrawn),
                [.. Enum.GetValues<ViewMeasure>().Select(measure => Value(decisions, place, measure))]));
            progress?.Report((values.Count, policies.Length));
        }
        return new LedgerReport(slots, decisions.Average(decision => decision.Pool), [.. Enum.GetValues<ViewMeasure>().Select(measure => Uniform(decisions, measure))], values.ToImmutable());
    }

    private static MeasuredValue Value(IReadOnlyList<RandomDecision> decisions, int policy, ViewMeasure measure)
    {
        LoggedDecision[] seen = [.. decisions.Select(decision => decision.For(policy, measure))];
        return new(measure, IsAlike(seen.Where(one => one.TargetProbability > 0).Select(one => one.Reward))
            ? []
            : [Estimators.InversePropensity(seen), Estimators.SelfNormalised(seen), Estimators.DoublyRobust(seen)]);
    }

    private static MeasuredValue Uniform(IReadOnlyList<RandomDecision> decisions, ViewMeasure measure)
    {
        double[] rewards = [.. decisions.Select(decision => decision.Outcome[measure])];
        return new(measure, IsAlike(rewards) ? [] : [Estimators.OnPolicy(rewards)]);
    }

    private static bool IsAlike(IEnumerable<double> rewards) => rewards.Distinct().Take(2).Count() < 2;
}
