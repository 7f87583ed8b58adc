using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Feed;
using Groundswell.Lab.OffPolicy;
using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Tests.OffPolicy;

/// <summary>Rankings evaluated from the ledgers of worlds in which it is known what they would have earned.</summary>
public class LedgerCoverageTests
{
    private const int Worlds = 8;

    /// <summary>Standard errors within which the means of all twenty-odd estimates lie, none of them biased, in 999 of a thousand tests (Bonferroni).</summary>
    private const double Farthest = 4;

    /// <summary>With many random slots and a catalogue that grows fast: some thousand decisions, and dozens of videos to choose from.</summary>
    private static readonly Scenario Town = new("town", Viewers: 300, Days: 2, UploadsPerDay: 120, WarmUpDays: 1, SessionsPerDay: 1);
    private static readonly Rules Rules = new() { Feed = new FeedRules(RandomShare: 0.15), TestBatch = new TestBatchRules(SlotShare: 0.3, YoungSlotShare: 0.3) };

    private static readonly ImmutableArray<BestOfPool> Policies =
        [.. LedgerRanker.Known.SelectMany(ranker => new[] { 0.1, 0.2, 1 }.Select(best => new BestOfPool(ranker, best)))];

    [Fact]
    public void Intervals_HoldWhatTheRankingsWouldHaveEarned_AndNoEstimateIsBiased()
    {
        var estimates = new List<(string Name, bool Held, double Off)>();
        var surplus = new List<double>();
        for (var seed = 1ul; seed <= Worlds; seed++)
        {
            var world = new KnownWorld(Town, Rules, seed);
            var reading = world.Reading(Policies);
            RandomDecision[] decisions = [.. reading.Read(world.Ledger)], truth = [.. world.Truth(Policies).Read(world.Ledger)];
            surplus.AddRange(decisions.Zip(truth, (decision, known) => decision.Outcome.Points - known.Expected.Points));
            foreach (var (place, policy) in LedgerEvaluation.Run(decisions, reading.Slots, Policies, null, CancellationToken.None).Policies.Index())
            {
                var value = truth.Average(known => known.Choices[place].Expected.Points);
                foreach (var estimate in policy.Values[(int)ViewMeasure.Points].Estimates)
                    estimates.Add(($"{policy.Ranker} {policy.Best:P0} {estimate.Estimator}", estimate.Covers(value), (estimate.Value - value) / estimate.StandardError));
            }
            TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {reading.Slots}, pool {decisions.Average(decision => decision.Pool):0.0}");
        }

        foreach (var by in estimates.GroupBy(estimate => estimate.Name))
        {
            var (held, off) = (by.Count(estimate => estimate.Held), by.Average(estimate => estimate.Off));
            TestContext.Current.TestOutputHelper?.WriteLine($"{by.Key}: {held} of {Worlds} hold it, off by {off:0.00} standard errors on the mean");
            held.ShouldBeGreaterThanOrEqualTo(LeastHeld, by.Key);
            off.ShouldBe(0, Farthest / Math.Sqrt(Worlds), by.Key);
        }
        // Outcomes against what those very videos earn on the mean: no draw is in this, so it is the sharpest.
        var error = Math.Sqrt(surplus.Sum(one => one * one)) / surplus.Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{surplus.Count} outcomes: {surplus.Average():0.000} ± {error:0.000} above what was to be expected; {estimates.Average(estimate => estimate.Held ? 1 : 0):P1} of all intervals hold");
        surplus.Average().ShouldBe(0, 3 * error);
    }

    /// <summary>Of intervals that hold the truth 94 times in a hundred, fewer would in one test of a thousand.</summary>
    private static int LeastHeld
    {
        get
        {
            var (left, chance) = (0.001, Math.Pow(0.06, Worlds));
            for (var held = 0; ; held++)
            {
                if ((left -= chance) < 0) return held;
                chance *= (Worlds - held) / (held + 1.0) * 0.94 / 0.06;
            }
        }
    }
}
