using System.Collections.Immutable;
using Groundswell.Core.Chances;
using Groundswell.Lab.OffPolicy;

namespace Groundswell.Lab.Tests.OffPolicy;

/// <summary>Values estimated over and over in a shop whose truth is known.</summary>
public class CoverageTests
{
    private const ulong Seed = 20201;
    private const int Times = 400;
    private const double TwoErrors = 1.96;

    [Fact]
    public void Intervals_HoldTheTruthNineteenTimesInTwenty_AndNoEstimateIsBiased()
    {
        foreach (var run in Run(items: 10, rate: 0.25, uneven: 1, choices: 1_000))
        {
            // Three standard errors of a share of 400, and of a mean of 400.
            run.Coverage.ShouldBe(0.95, 0.033, $"{run.Name}, seed {Seed}");
            run.Bias.ShouldBeInRange(-3 * run.BiasError, 3 * run.BiasError, $"{run.Name}, seed {Seed}");
        }
    }

    [Fact]
    public void Intervals_OfRareRewardsFallShort_AndByLessThanTwoStandardErrorsWould()
    {
        foreach (var run in Run(items: 34, rate: 0.012, uneven: 1, choices: 4_000))
        {
            run.Coverage.ShouldBeGreaterThan(0.88, $"{run.Name}, seed {Seed}");
            run.Coverage.ShouldBeGreaterThan(run.SymmetricCoverage, $"{run.Name}, seed {Seed}");
        }
    }

    [Fact]
    public void DoublyRobust_IsUnbiasedWithAnAbsurdModel_AndNarrowerWithAGoodOne()
    {
        var shop = new Shop(10, 0.5, 1, new Chance(Seed));
        var (absurd, gains) = (new List<double>(), new List<double>());
        for (var time = 0; time < Times; time++)
        {
            var decisions = Decisions(shop, 1_000, time);
            absurd.Add(Estimators.DoublyRobust([.. decisions.Select(decision => decision with { ModelReward = 0.9, ModelValue = 0.9 })]).Value - shop.UniformValue);
            gains.Add(Estimators.DoublyRobust(decisions).StandardError / Estimators.InversePropensity(decisions).StandardError);
        }
        absurd.Average().ShouldBe(0, 3 * ErrorOfMean(absurd), $"seed {Seed}");
        gains.Average().ShouldBeLessThan(0.95, $"seed {Seed}");
    }

    [Fact]
    public void Intervals_HoldTheValueOfAPolicyThatIsKnownFromItsOwnLogOnly()
    {
        var shop = new Shop(10, 0.25, 1, new Chance(Seed));
        var truth = shop.OwnValue;
        var held = 0;
        for (var time = 0; time < Times; time++)
        {
            var chance = new Chance(Seed).For("both").For(time);
            var decisions = RewardModel.Decisions(shop.UniformLog(1_000, chance.For("uniform")), PositionPolicy.Of(shop.OwnLog(4_000, chance.For("own"))));
            if (Estimators.DoublyRobust(decisions).Covers(truth)) held++;
        }
        (held / (double)Times).ShouldBe(0.95, 0.033, $"seed {Seed}");
    }

    private static IEnumerable<Outcome> Run(int items, double rate, double uneven, int choices)
    {
        var shop = new Shop(items, rate, uneven, new Chance(Seed));
        var truth = shop.UniformValue;
        var estimates = new List<Estimate>();
        for (var time = 0; time < Times; time++)
        {
            var decisions = Decisions(shop, choices, time);
            estimates.AddRange([Estimators.InversePropensity(decisions), Estimators.SelfNormalised(decisions), Estimators.DoublyRobust(decisions)]);
        }
        foreach (var by in estimates.GroupBy(estimate => estimate.Estimator))
        {
            double[] off = [.. by.Select(estimate => estimate.Value - truth)];
            var outcome = new Outcome(
                by.Key, by.Average(estimate => estimate.Covers(truth) ? 1.0 : 0), by.Average(estimate => Math.Abs(estimate.Value - truth) <= TwoErrors * estimate.StandardError ? 1.0 : 0),
                off.Average(), ErrorOfMean(off), by.Average(estimate => estimate.EffectiveSize));
            TestContext.Current.TestOutputHelper?.WriteLine($"rate {rate}, {choices} choices: {outcome}");
            yield return outcome;
        }
    }

    private static ImmutableArray<LoggedDecision> Decisions(Shop shop, int choices, int time)
    {
        var log = shop.OwnLog(choices, new Chance(Seed).For("log").For(time));
        return RewardModel.Decisions(log, new PositionPolicy(from position in new[] { 1, 2 } from item in Enumerable.Range(0, shop.Items) select (position, (long)item, 1.0 / shop.Items)));
    }

    private static double ErrorOfMean(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count);
    }

    private sealed record Outcome(string Name, double Coverage, double SymmetricCoverage, double Bias, double BiasError, double EffectiveSize);
}
