using CsCheck;
using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Viewers;

namespace Groundswell.Core.Tests.Audience;

public class EvidenceTests
{
    private const int Viewers = 4;

    /// <summary>One step: who does what, in which cohort their slot was, and whether it is a cheat.</summary>
    private sealed record Step(int Viewer, SignalType Type, int PlayedMs, int TotalMs, int Loops, int Cohort, bool Follows, bool Burst);

    private static readonly Gen<Step[]> Steps =
        (from viewer in Gen.Int[0, Viewers - 1]
         from type in Gen.Enum<SignalType>()
         from played in Gen.Int[0, 12_000]
         from more in Gen.Int[0, 30_000]
         from loops in Gen.Int[0, 3]
         from cohort in Gen.Int[0, 3]
         from follows in Gen.Bool
         from burst in Gen.Int[0, 9]
         select new Step(viewer, type, played, played + more, loops, cohort, follows, burst == 0)).Array[0, 60];

    [Fact]
    public void Fold_EqualsTheSumOverEveryViewersFinalView() => Steps.Sample(steps =>
    {
        var (evidence, viewers) = Play(steps);
        var views = Counted(viewers);
        var resolved = views.Where(view => view.Resolved).ToArray();
        var points = resolved.Select(view => Given.Rules.Points.Of(view.Actions)).ToArray();

        evidence.Totals.ShouldBe(new EvidenceTotals(views.Length, resolved.Length, points.Sum(), points.Sum(p => p * p), points.Sum(p => p * p * p)));
        evidence.PlayedMs.ShouldBe(views.Sum(view => (long)view.TotalMs));
        evidence.EarlySkips.ShouldBe(resolved.Count(view => view.EarlySkip));
        evidence.NotInterested.ShouldBe(views.Count(view => view.NotInterested));
        evidence.Reports.ShouldBe(views.Count(view => view.Reported));
        evidence.Follows.ShouldBe(viewers.Sum(viewer => viewer.Follows.Count - viewer.FollowsUncounted.Count));
        foreach (var action in new[] { Actions.Rewatch, Actions.Completion, Actions.Share, Actions.Comment, Actions.Like })
            evidence.Actions.Of(action).ShouldBe(resolved.Count(view => view.Actions.HasFlag(action)));
    }, iter: 1500);

    [Fact]
    public void Fold_KeepsEveryCohortToTheViewsThatBeganInIt() => Steps.Sample(steps =>
    {
        var (evidence, viewers) = Play(steps);
        foreach (var (cohort, totals) in evidence.Cohorts)
        {
            var views = Counted(viewers).Where(view => view.Cohort == cohort).ToArray();
            totals.Impressions.ShouldBe(views.Length);
            totals.Views.ShouldBe(views.Count(view => view.Resolved));
            totals.Points.ShouldBe(views.Where(view => view.Resolved).Sum(view => Given.Rules.Points.Of(view.Actions)));
            totals.Points.ShouldBeGreaterThanOrEqualTo(0);
        }
        evidence.Cohorts.Values.Sum(totals => totals.Points).ShouldBe(evidence.Totals.Points);
    }, iter: 500);

    [Fact]
    public void Fold_MovesOnlyACounterForADisqualifiedSignal() => Steps.Sample(steps =>
    {
        var watching = Enumerable.Range(0, Viewers).Select(viewer => new Watching(viewer: viewer)).ToArray();
        var evidence = Evidence.None;
        foreach (var step in steps)
        {
            var recorded = Send(watching[step.Viewer], step);
            var next = evidence.Fold(recorded);
            if (recorded.Disqualified is { } reason)
                next.ShouldBe(evidence with { Disqualified = next.Disqualified });
            next.Disqualified.Values.Sum().ShouldBe(evidence.Disqualified.Values.Sum() + (recorded.Disqualified is null ? 0 : 1));
            next.Totals.Points.ShouldBeGreaterThanOrEqualTo(0);
            evidence = next;
        }
    }, iter: 500);

    [Fact]
    public void Fold_DoesNotDependOnTheOrderOfIndependentViewers() => Steps.Sample(steps =>
    {
        var (evidence, _) = Play(steps);
        var (viewerByViewer, _) = Play([.. steps.OrderBy(step => step.Viewer)]);
        Given.Json(viewerByViewer).ShouldBe(Given.Json(evidence));
    }, iter: 500);

    [Fact]
    public void Fold_CountsALikeAndItsTakingBackInOneCohort()
    {
        var watching = new Watching();
        watching.Send(InCohort(SignalType.PlayEnd, cohort: 1, watching));
        watching.Send(InCohort(SignalType.Like, cohort: 1, watching));
        watching.Send(InCohort(SignalType.Unlike, cohort: 2, watching));

        watching.Video.Evidence.Cohorts.Keys.ShouldBe([1]);
        watching.Video.Evidence.Cohorts[1].Points.ShouldBe(8);
    }

    /// <summary>Everybody's view of the clip but those who came in a crowd.</summary>
    private static View[] Counted(ViewerState[] viewers) =>
        [.. viewers.Select(viewer => viewer.ViewOf(Given.Clip)).OfType<View>().Where(view => view.Uncounted is null)];

    private static Signal InCohort(SignalType type, int cohort, Watching watching)
    {
        var signal = watching.Signal(type, type == SignalType.PlayEnd ? new PlayReport(10_000, 10_000, 10_000, 0, EndReason.Swipe) : null);
        return signal with { Slot = signal.Slot! with { Cohort = new Cohort(cohort) } };
    }

    private static (Evidence Evidence, ViewerState[] Viewers) Play(Step[] steps)
    {
        var watching = Enumerable.Range(0, Viewers).Select(viewer => new Watching(viewer: viewer)).ToArray();
        var evidence = steps.Aggregate(Evidence.None, (sum, step) => sum.Fold(Send(watching[step.Viewer], step)));
        return (evidence, [.. watching.Select(one => one.Viewer)]);
    }

    private static Core.Ledger.SignalRecorded Send(Watching watching, Step step)
    {
        var play = step.Type is SignalType.Heartbeat or SignalType.PlayEnd ? new PlayReport(step.PlayedMs, step.TotalMs, step.PlayedMs, step.Loops, EndReason.Exit) : null;
        var signal = watching.Signal(step.Type, play);
        return watching.Send(signal with { InBurst = step.Burst, Slot = signal.Slot! with { Cohort = new Cohort(step.Cohort), FollowsCreator = step.Follows } });
    }
}
