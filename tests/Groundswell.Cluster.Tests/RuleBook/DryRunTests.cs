using Groundswell.Cluster.Follow;
using Groundswell.Cluster.RuleBook;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Storage;

namespace Groundswell.Cluster.Tests.RuleBook;

/// <summary>The seed of a failing town is printed and builds it again, up to how its crowds run into each other.</summary>
public sealed class DryRunTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset End = Town.From.AddDays(5);

    [Fact]
    public async Task TheSameRules_GiveExactlyTheJournal_WhateverTheTime_AndOtherRulesSayWhatWouldHaveBeen()
    {
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        output.WriteLine($"seed {seed}");
        await using var town = await Town.BuildAsync(seed);
        await town.LiveAsync(150, Town.From.AddHours(1));
        // A memory that was saved and loaded, and an audience of the day before.
        await town.StopAsync();
        await town.StartAsync();
        town.Engine.Clock.Simulate(Town.From.AddDays(1));
        await town.LiveAsync(150, Town.From.AddDays(1));
        // Creators have been quiet for long enough to have what was paused heard again.
        town.Engine.Clock.Simulate(Town.From.AddDays(4));
        town.Follower.Sweep();
        await town.LiveAsync(100, Town.From.AddDays(4));

        var journal = Verdicts(town.Engine).ToArray();
        journal.Length.ShouldBeGreaterThan(Town.Videos / 2);
        journal.Count(move => move.From == VideoStage.Reviving).ShouldBeGreaterThan(0);
        foreach (var from in (DateTimeOffset[])[Town.From.AddDays(-1), Town.From.AddHours(1).AddMinutes(20), Town.From.AddDays(1).AddMinutes(10)])
        {
            var report = Run(town.Engine, town.Engine.Rules, from);
            output.WriteLine($"from {from:u}: {report.Totals}");
            report.NotReproduced.ShouldBe(0);
            report.Trials.ShouldAllBe(trial => trial.Outcome == DryRunOutcome.Same && trial.Real == trial.Tried);
            report.Trials.Select(trial => (trial.Video, trial.Real!.At, trial.Real.To, trial.Real.Score)).Order().ShouldBe(
                journal.Where(move => move.At >= from).Select(move => (move.Video, move.At, move.To, move.Reason.Numbers["score"])).Order());
        }
        OtherRules(town.Engine, journal.Length);
        Beside(town);
    }

    private void OtherRules(Engine engine, int verdicts)
    {
        var patient = Run(engine, new Rules { Gate = new GateRules(LeastShare: 1) }, Town.From);
        output.WriteLine($"patient: {patient.Totals}");
        patient.Changes.ShouldHaveSingleItem().Path.ShouldBe("gate.least_share");
        patient.Trials.Count(trial => trial.Real is not null).ShouldBe(verdicts, "what really happened is told in any case");
        patient.Trials.Where(trial => trial is { Trial: "test_batch", Tried: not null }).ShouldAllBe(trial => trial.Tried!.Views >= 12);

        var hasty = Run(engine, new Rules { Gate = new GateRules(WidenAt: 0.6, PauseAt: 0.4) }, Town.From);
        output.WriteLine($"hasty: {hasty.Totals}");
        // Not all of them earlier: other verdicts make other peers, and so another bar.
        hasty.Totals.Earlier.ShouldBeGreaterThan(hasty.Totals.Later);
        hasty.Totals.TriedTestImpressions.ShouldBeLessThan(hasty.Totals.TestImpressions);

        var impossible = Run(engine, new Rules { Gate = new GateRules(Absolute: 1000) }, Town.From);
        impossible.Trials.ShouldAllBe(trial => trial.Tried == null || !trial.Tried.Widens);
        impossible.Totals.PausesInstead.ShouldBeGreaterThan(0);

        var free = Run(engine, new Rules { Gate = new GateRules(Absolute: 0) }, Town.From);
        free.Totals.WidensInstead.ShouldBeGreaterThan(0);
        var nothing = Run(engine, new Rules { Points = new PointRules(0, 0, 0, 0, 0), Gate = new GateRules(Absolute: 0.5) }, Town.From);
        nothing.Trials.Where(trial => trial.Tried is not null).ShouldAllBe(trial => !trial.Tried!.Widens && trial.Tried.Score == 0);
    }

    /// <summary>From the store beside the server, the same.</summary>
    private static void Beside(Town town)
    {
        using var store = ReadOnlyStore.Open(Path.Combine(town.Folder, "store"));
        var beside = DryRun.Run(new DryRunRequest(new Rules(), Town.From, End), LedgerReading.Of(store), town.Engine.Taxonomy.Count, null, CancellationToken.None);
        beside.Totals.ShouldBe(Run(town.Engine, new Rules(), Town.From).Totals);
        LedgerReading.Of(store).Rules().Set.Select(set => set.Version).ShouldBe([new Rules().Version]);
    }

    [Fact]
    public async Task ADryRun_IsStopped_AndRefusesWhatMakesNoSense()
    {
        await using var town = await Town.BuildAsync(3);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await town.LiveAsync(100, Town.From.AddHours(1));
        Should.Throw<OperationCanceledException>(() =>
            DryRun.Run(new DryRunRequest(new Rules(), Town.From, End), LedgerReading.Of(town.Engine.Store), town.Engine.Taxonomy.Count, null, stopped.Token));
        Should.Throw<ArgumentException>(() => Run(town.Engine, new Rules { Gate = new GateRules(WidenAt: 2) }, Town.From));
        Should.Throw<ArgumentException>(() => Run(town.Engine, new Rules(), End.AddDays(1)));
    }

    private static DryRunReport Run(Engine engine, Rules rules, DateTimeOffset from) =>
        DryRun.Run(new DryRunRequest(rules, from, End), LedgerReading.Of(engine.Store), engine.Taxonomy.Count, null, TestContext.Current.CancellationToken);

    private static IEnumerable<VideoMoved> Verdicts(Engine engine) =>
        from recorded in LedgerReading.Of(engine.Store).After(0)
        let move = recorded.Entry as VideoMoved
        where move is not null && Decisions.IsVerdict(move)
        select move;
}
