using System.Collections.Immutable;
using Groundswell.Core.Chances;
using Groundswell.Core.Signals;
using Groundswell.Lab.OffPolicy;

namespace Groundswell.Lab.Tests.OffPolicy;

public class LedgerEvaluationTests
{
    private static readonly ImmutableArray<BestOfPool> Policies = [new(LedgerRanker.Known[0], 0.25)];
    private static readonly RandomSlots Slots = new(200, 0, 0, 0, 0, 200, 200);

    [Fact]
    public void Run_IsTheMeanOfTheDrawnWhereThePolicyIsTheDraw()
    {
        var decisions = Decisions(chosen: 40);
        var report = Run(decisions);
        var mean = decisions.Average(decision => decision.Outcome.Points);
        report.Uniform[0].Estimates[0].Value.ShouldBe(mean, 1e-12);
        report.Policies[0].Values[0].Estimates[0].Value.ShouldBe(mean, 1e-12);
        report.Policies[0].Values[0].Estimates[1].Value.ShouldBe(mean, 1e-12);
        report.Policies[0].Drawn.ShouldBe(200);
    }

    [Fact]
    public void Run_TellsEveryMeasureByEveryEstimator()
    {
        var report = Run(Decisions(chosen: 10));
        report.Policies[0].Values.Select(value => value.Measure).ShouldBe(Enum.GetValues<ViewMeasure>());
        report.Policies[0].Values.ShouldAllBe(value => value.Estimates.Length == 3);
        report.Policies[0].Values[0].Estimates[0].EffectiveSize.ShouldBe(report.Policies[0].Drawn, 1e-9);
    }

    [Fact]
    public void Run_TellsNoIntervalWhereAllThatWasDrawnFaredAlike()
    {
        var alike = Decisions(chosen: 10).Select(decision => decision with { Outcome = new ViewOutcome(8, 1, 0, 0) }).ToArray();
        var report = Run(alike);
        report.Policies[0].Values.ShouldAllBe(value => value.Estimates.IsEmpty);
        report.Uniform.ShouldAllBe(value => value.Estimates.IsEmpty);
    }

    [Fact]
    public void Run_SaysWhatIsMissing()
    {
        Should.Throw<InvalidDataException>(() => LedgerEvaluation.Run([], new(0, 0, 0, 0, 0, 0, 0), Policies, null, CancellationToken.None))
            .Message.ShouldBe("No page of the ledger has a random slot: wait until more is served, or raise the rule feed.random_share.");
        Should.Throw<InvalidDataException>(() => LedgerEvaluation.Run([], new(3, 0, 3, 0, 0, 0, 3), Policies, null, CancellationToken.None))
            .Message.ShouldBe("Of none of the ledger's 3 random slots is it known what followed: wait until viewers have watched them.");
    }

    [Fact]
    public void Run_StopsWhenCancelled() =>
        Should.Throw<OperationCanceledException>(() => LedgerEvaluation.Run(Decisions(chosen: 10), Slots, Policies, null, new CancellationToken(canceled: true)));

    [Fact]
    public void Of_APlayThatNeverEndedIsPassedBy()
    {
        var view = new View(DateTimeOffset.UnixEpoch, Actions.Completion, Resolved: false, 0, 0, 0, false, false);
        ViewOutcome.Of(view, 8).ShouldBe(new ViewOutcome(0, 0, 1, 0));
        ViewOutcome.Of(view with { Resolved = true, Exited = true }, 8).ShouldBe(new ViewOutcome(8, 1, 0, 1));
    }

    private static LedgerReport Run(IReadOnlyList<RandomDecision> decisions) => LedgerEvaluation.Run(decisions, Slots, Policies, null, CancellationToken.None);

    /// <summary>Draws from pools of forty of which so many are chosen.</summary>
    private static RandomDecision[] Decisions(int chosen) =>
    [
        .. Enumerable.Range(0, 200).Select(number => new Chance(9).For(number)).Select(chance => new RandomDecision(
            new(chance.For(1).Below(12), chance.For(2).Below(2), chance.For(3).Below(2), chance.For(4).Below(2)), new(4, 0.5, 0.5, 0.5), 40,
            [new PoolChoice(chosen, chance.For(5).Hits(chosen / 40.0), new(5, 0.5, 0.5, 0.5))])),
    ];
}
