using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Chances;

namespace Groundswell.Lab.TestBatches;

/// <summary>How well a policy found the true best, over all seeds.</summary>
/// <param name="Mean">Impressions used per upload.</param>
/// <param name="Max">Most that any upload used.</param>
/// <param name="Precision">Share of the uploads found that are truly among the best.</param>
/// <param name="Recall">Share of the truly best that were found.</param>
/// <param name="RecallError">Standard error of the recall over seeds.</param>
public sealed record EconomyRow(string Policy, double Mean, int Max, double Precision, double Recall, double RecallError);

public sealed record EconomyAtBudget(int Budget, ImmutableArray<EconomyRow> Policies);

/// <param name="Best">How many of the uploads are the true best.</param>
public sealed record EconomyReport(int Uploads, int Best, double Share, int LeastViewers, int Seeds, ImmutableArray<EconomyAtBudget> Budgets);

/// <summary>
/// The economy of test batches on real viewers: an upload's true quality is the mean points of all its known viewers; a test
/// shows it to some of them, drawn without replacement, and says which uploads are the best.
/// </summary>
public static class TestEconomy
{
    public static ImmutableArray<int> Budgets { get; } = [10, 20, 50, 100];

    public static ImmutableArray<TestPolicy> Policies(Rules rules) =>
        [TestPolicy.FixedBatch, TestPolicy.SequentialHalving, TestPolicy.Engine(rules), TestPolicy.EngineStopping(rules)];

    public static EconomyReport Run(
        ImmutableArray<Upload> uploads, int leastViewers, double share, int seeds, ImmutableArray<TestPolicy> policies,
        IProgress<(int Done, int Of)>? progress, CancellationToken cancellation)
    {
        var wanted = TestPolicy.Wanted(uploads.Length, share);
        var best = uploads.OrderByDescending(upload => upload.Quality).ThenBy(upload => upload.Video).Take(wanted).ToHashSet();
        var done = 0;
        return new EconomyReport(uploads.Length, wanted, share, leastViewers, seeds, [.. Budgets.Select(budget => new EconomyAtBudget(budget, [.. policies.Select(policy => Row(policy, budget))]))]);

        EconomyRow Row(TestPolicy policy, int budget)
        {
            var runs = new List<(double Mean, int Max, double Precision, double Recall)>();
            for (var seed = 1; seed <= seeds; seed++)
            {
                cancellation.ThrowIfCancellationRequested();
                runs.Add(Once(uploads, best, budget, share, policy, new Chance((ulong)seed)));
                progress?.Report((++done, policies.Length * Budgets.Length * seeds));
            }
            var recall = runs.Average(run => run.Recall);
            var spread = Math.Sqrt(runs.Sum(run => (run.Recall - recall) * (run.Recall - recall)) / Math.Max(1, seeds - 1) / seeds);
            return new EconomyRow(policy.Name, runs.Average(run => run.Mean), runs.Max(run => run.Max), runs.Average(run => run.Precision), recall, spread);
        }
    }

    private static (double Mean, int Max, double Precision, double Recall) Once(
        ImmutableArray<Upload> uploads, HashSet<Upload> best, int budget, double share, TestPolicy policy, Chance chance)
    {
        // The same draw of viewers for every policy and budget: what differs is the policy.
        ImmutableArray<Panel> panels = [.. uploads.Select(upload => new Panel(upload, chance.For("panel")))];
        var found = policy.Find(panels, budget, share, chance);
        var hits = found.Count(panel => best.Contains(panel.Upload));
        return (
            panels.Average(panel => panel.Seen.Impressions), panels.Max(panel => panel.Seen.Impressions),
            found.Count == 0 ? 1 : hits / (double)found.Count, hits / (double)best.Count);
    }
}
