using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Lab.TestBatches;

namespace Groundswell.Lab.Tests.TestBatches;

public class TestEconomyTests
{
    private const double Share = 0.2;
    private const ulong Seed = 4711;

    [Fact]
    public void Run_TheEngineFindsMoreOfTheBestThanFixedBatchesAndHalvingAtNoLowerPrecision()
    {
        var report = TestEconomy.Run(Uploads(), 1, Share, seeds: 12, TestEconomy.Policies(new Rules()), null, TestContext.Current.CancellationToken);

        foreach (var at in report.Budgets.Where(at => at.Budget < 100))
        {
            var engine = at.Policies.Single(row => row.Policy == "engine");
            foreach (var peer in at.Policies.Where(row => row.Policy is "fixed batch" or "sequential halving"))
            {
                engine.Recall.ShouldBeGreaterThan(peer.Recall, $"{peer.Policy} at {at.Budget}, seed {Seed}");
                engine.Precision.ShouldBeGreaterThanOrEqualTo(peer.Precision, $"{peer.Policy} at {at.Budget}, seed {Seed}");
            }
        }
    }

    [Fact]
    public void Run_NoPolicySpendsMoreThanItsBudgetAndTheEngineNoUploadMoreThanTwiceItsBatch()
    {
        var report = TestEconomy.Run(Uploads(), 1, Share, seeds: 3, TestEconomy.Policies(new Rules()), null, TestContext.Current.CancellationToken);

        foreach (var at in report.Budgets)
            foreach (var row in at.Policies)
            {
                row.Mean.ShouldBeLessThanOrEqualTo(at.Budget, row.Policy);
                if (row.Policy.StartsWith("engine", StringComparison.Ordinal)) row.Max.ShouldBeLessThanOrEqualTo(4 * at.Budget);
            }
    }

    [Fact]
    public void Run_TheSameSeedsGiveTheSameReport()
    {
        var uploads = Uploads();
        string Once() => System.Text.Json.JsonSerializer.Serialize(
            TestEconomy.Run(uploads, 1, Share, seeds: 2, TestEconomy.Policies(new Rules()), null, TestContext.Current.CancellationToken));

        Once().ShouldBe(Once());
    }

    [Fact]
    public void Panel_AsksEveryViewerOnceAtMost()
    {
        var panel = new Panel(new Upload(1, [8, 0, 18, 0, 0]), new Chance(3));
        panel.Ask(3);
        panel.Ask(9);

        (panel.Seen.Impressions, panel.Seen.Points, panel.IsExhausted).ShouldBe((5, 26, true));
    }

    [Theory]
    [InlineData("who,what,much\n", "does not begin with")]
    [InlineData("user,video,watch_ratio\n1,2,0.5\n1,2\n", "line 3")]
    [InlineData("user,video,watch_ratio\n1,two,0.5\n", "line 2")]
    [InlineData("user,video,watch_ratio\n1,2,NaN\n", "line 2")]
    public void Uploads_SaysWhichLineIsWrong(string text, string says)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);

        Should.Throw<InvalidDataException>(() => WatchLog.Uploads(file, 1)).Message.ShouldContain(says);
        File.Delete(file);
    }

    [Theory]
    [InlineData(0.99, 0)]
    [InlineData(1, 8)]
    [InlineData(1.99, 8)]
    [InlineData(2, 18)]
    public void Points_AreThoseOfTheSeed(double ratio, double points) => WatchLog.Points(ratio).ShouldBe(points);

    /// <summary>Eighty uploads, of which each viewer completes as many as its quality says and watches a fifth of those again.</summary>
    private static ImmutableArray<Upload> Uploads()
    {
        var chance = new Chance(Seed);
        return
        [
            .. Enumerable.Range(0, 80).Select(video =>
            {
                var key = chance.For(video);
                var rate = Math.Clamp(0.35 + (0.2 * key.For("quality").Normal()), 0.02, 0.95);
                return new Upload(video, [.. Enumerable.Range(0, 400).Select(viewer => key.For(viewer).Hits(rate) ? key.For(viewer).For("again").Hits(0.2) ? 18.0 : 8 : 0)]);
            }),
        ];
    }
}
