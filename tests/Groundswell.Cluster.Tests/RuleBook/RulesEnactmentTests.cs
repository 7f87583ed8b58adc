using Groundswell.Cluster.Follow;
using Groundswell.Cluster.RuleBook;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Taste;
using Groundswell.Core.Trends;
using Groundswell.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Groundswell.Cluster.Tests.RuleBook;

public sealed class RulesEnactmentTests(ITestOutputHelper output)
{
    /// <summary>Everything that folding depends on, and points a hundred times as high.</summary>
    private static readonly Rules Others = new()
    {
        Points = new PointRules(1000, 800, 600, 400, 200),
        Taste = TasteRules.Default with { LongHalfLife = TimeSpan.FromHours(2), LastingPenalty = 1, NeutralPoints = -5 },
        Gate = new GateRules(Peers: 2, LeastPeers: 2),
        Trends = new TrendRules(RecentHours: 1, LeastViewers: 2),
    };

    /// <summary>The seed is printed; how changes and crowds run into each other is another each time.</summary>
    [Fact]
    public async Task Rules_ChangeWhilePeopleWatch_EachCallIsJudgedByOneVersion_AndARebuildComesOutEqual()
    {
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        output.WriteLine($"seed {seed}");
        await using var town = await Town.BuildAsync(seed);
        var enactment = town.Server.Services.GetRequiredService<RulesEnactment>();
        using var over = new CancellationTokenSource();
        var changing = Task.Run(async () =>
        {
            var changes = 0;
            for (; !over.IsCancellationRequested; changes++)
            {
                var wanted = changes % 2 == 0 ? Others : new Rules();
                var enacted = await enactment.EnactAsync(wanted, "ada", null, CancellationToken.None);
                enacted.Version.ShouldBe(wanted.Version);
                town.Engine.InForce.Version.ShouldBe(wanted.Version, "in force when it is answered");
            }
            return changes;
        });
        await town.LiveAsync(60, Town.From.AddHours(1));
        await over.CancelAsync();
        var changes = await changing;
        await town.Follower.QuietAsync(CancellationToken.None);

        var signals = LedgerReading.Of(town.Engine.Store).After(0).Select(recorded => recorded.Entry).OfType<SignalRecorded>().ToArray();
        output.WriteLine($"{changes} changes under {signals.Length} signals");
        changes.ShouldBeGreaterThan(5);
        foreach (var call in signals.GroupBy(signal => signal.Slot?.Request)) IsOfOneVersion([.. call]);
        signals.Select(signal => signal.PointsAfter).Where(points => points > 0).Select(points => points >= 100).Distinct().Count().ShouldBe(2, "both versions judged");

        new LedgerVerification(town.Engine, new Progress<LedgerProgress>()).Run(CancellationToken.None).Differences.ShouldBeEmpty("in the running engine");
        await town.StopAsync();
        await using var store = await SqliteStore.OpenAsync(Path.Combine(town.Folder, "store"), TimeProvider.System, new StoreOptions());
        var engine = new Engine(new Rules(), Taxonomy.Default, store, new EngineClock(TimeProvider.System), new Chance(0), IdSource.Seeded(1));
        new LedgerVerification(engine, new Progress<LedgerProgress>()).Run(CancellationToken.None).Differences.ShouldBeEmpty("what was saved");
        var report = DryRun.Run(
            new DryRunRequest(new Rules(), Town.From, Town.From.AddDays(3)), LedgerReading.Of(store), Taxonomy.Default.Count, null, TestContext.Current.CancellationToken);
        report.NotReproduced.ShouldBe(0, "each verdict comes out again from the rules that its journal names");
    }

    /// <summary>What a signal found is what the one before it in the call had left.</summary>
    private static void IsOfOneVersion(SignalRecorded[] call)
    {
        for (var next = 1; next < call.Length; next++)
            if (call[next] is { Disqualified: null } signal && call[next - 1].Disqualified is null) signal.PointsBefore.ShouldBe(call[next - 1].PointsAfter);
    }

    [Fact]
    public async Task TwoChangesAtOnce_ComeOneAfterTheOther_AndTheSecondKnowsThatItIsLate()
    {
        await using var town = await Town.BuildAsync(5);
        var enactment = town.Server.Services.GetRequiredService<RulesEnactment>();
        var seen = town.Engine.InForce.Version;
        var both = await Task.WhenAll(
            enactment.EnactAsync(new Rules { Gate = new GateRules(WidenAt: 0.8) }, "ada", seen, CancellationToken.None),
            enactment.EnactAsync(new Rules { Gate = new GateRules(WidenAt: 0.95) }, "bob", seen, CancellationToken.None));
        both.Count(enacted => enacted.Stale).ShouldBe(1);
        town.Engine.Catalogue.RulesHistory.Set.Length.ShouldBe(2);
        enactment.File.Rules().Version.ShouldBe(town.Engine.InForce.Version);
    }

    [Fact]
    public async Task WhereTheLedgerCannotBeWritten_FileAndRulesStayAsTheyWere()
    {
        await using var town = await Town.BuildAsync(6);
        var enactment = town.Server.Services.GetRequiredService<RulesEnactment>();
        await enactment.EnactAsync(new Rules { Gate = new GateRules(WidenAt: 0.8) }, "ada", null, CancellationToken.None);
        var (version, file) = (town.Engine.InForce.Version, await File.ReadAllTextAsync(enactment.File.Path));
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(town.Folder, "store", "groundswell.db")};Pooling=False"))
        {
            await other.OpenAsync();
            // To the writer, a lock that is not given back is a disk that does not answer.
            await using var held = other.BeginTransaction(deferred: false);
            await Should.ThrowAsync<StoreUnavailableException>(() => enactment.EnactAsync(new Rules(), "ada", null, CancellationToken.None));
        }
        (await File.ReadAllTextAsync(enactment.File.Path)).ShouldBe(file);
        town.Engine.InForce.Version.ShouldBe(version);
        town.Engine.RulesSettledAsync().IsCompleted.ShouldBeTrue("no viewer waits for a change that does not come");
    }
}
