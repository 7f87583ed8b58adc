using System.Text.Json;
using Groundswell.Core.Experiments;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Tests.Experiments;

public class ExperimentBoardTests
{
    private static readonly ExperimentId Id = new(1);
    private readonly ExperimentBoard _board = new();
    private long _position;

    [Fact]
    public void Fold_ObservesAUnitFromItsFirstExposure_AndCountsItOnceItsTimeIsOver()
    {
        var watching = new Watching();
        Fold(watching.Plays(10_000), "before it was exposed");
        Fold(Trying.Started(1));
        Fold(Page(watching.Viewer.Id, Given.Now, Arm.Treatment));
        foreach (var signal in new[] { watching.Send(SignalType.Like), watching.Send(SignalType.Share) }) Fold(signal with { At = Given.Now.AddHours(1) });
        Seen.UnderObservation.ShouldBe(1);
        Seen.Treatment.Units.ShouldBe(0);

        Fold(Page(Given.Viewer(8), Given.Now.AddHours(24), Arm.Control));
        (Seen.UnderObservation, Seen.Treatment.Units, Seen.Control.Units).ShouldBe((1, 1, 0));
        Seen.Treatment.PointsEach.Ratio.ShouldBe(Given.Rules.Points.Like + Given.Rules.Points.Share);
        Seen.Treatment.PointsPerView.Under.ShouldBe(0, "the view itself was before");

        Fold(Page(watching.Viewer.Id, Given.Now.AddHours(25), Arm.Treatment));
        Fold(Page(Given.Viewer(9), Given.Now.AddHours(49), Arm.Treatment));
        (Seen.UnderObservation, Seen.Treatment.Units, Seen.Control.Units).ShouldBe((1, 1, 1), "nobody is counted twice");
    }

    [Fact]
    public void Fold_CountsViewsExitsAndEarlySkips_ButNothingDisqualified()
    {
        Fold(Trying.Started(1));
        foreach (var viewer in new[] { 0, 1, 2 }) Fold(Page(Given.Viewer(viewer), Given.Now, Arm.Control));
        var (skipping, crowded) = (new Watching(), new Watching());
        var skip = skipping.Send(skipping.Full() with { Play = new PlayReport(500, 500, Given.TenSeconds, 0, EndReason.Exit) });
        Fold(skip with { At = Given.Now.AddMinutes(1), Viewer = Given.Viewer(0) });
        Fold(crowded.Plays(10_000) with { At = Given.Now.AddMinutes(1), Viewer = Given.Viewer(1), Disqualified = Disqualification.Burst });
        var late = new Watching().Plays(10_000);
        Fold(late with { At = Given.Now.AddMinutes(1), Viewer = Given.Viewer(2), Change = late.Change! with { After = late.Change.After with { Uncounted = Disqualification.Burst } } });
        Fold(Page(Given.Viewer(8), Given.Now.AddDays(2), Arm.Control));

        var sums = Seen.Control;
        (sums.Units, sums.ExitRate.Under, sums.ExitRate.Over, sums.EarlySkipRate.Over, sums.CompletionRate.Over).ShouldBe((3, 1, 1, 1, 0));
    }

    [Fact]
    public void Board_FromBeforeCompletionsWereCounted_CountsThemFromHereOn()
    {
        Fold(Trying.Started(1));
        Fold(Page(Given.Viewer(0), Given.Now, Arm.Control));
        Fold(Page(Given.Viewer(1), Given.Now.AddHours(25), Arm.Control));
        var saved = JsonSerializer.SerializeToNode(_board, GroundswellJson.Options).ShouldNotBeNull();
        var observation = saved["all"]![0]!["observation"]!;
        observation["control"]!.AsObject().Remove("completion_rate").ShouldBeTrue();
        observation["open"]![0]!["totals"]!.AsObject().Remove("completions").ShouldBeTrue();

        var old = saved.Deserialize<ExperimentBoard>(GroundswellJson.Options).ShouldNotBeNull();

        old.Fold([new Recorded(++_position, new Watching().Plays(10_000) with { At = Given.Now.AddHours(26), Viewer = Given.Viewer(1) })]);
        old.Fold([new Recorded(++_position, Page(Given.Viewer(2), Given.Now.AddHours(50), Arm.Control))]);
        var sums = old.Find(Id).ShouldNotBeNull().Seen.Control;
        (sums.Units, sums.CompletionRate.Ratio).ShouldBe((2, 1));
    }

    [Fact]
    public void Fold_ObservesAVideoFromTheBeginningOfItsTest()
    {
        var watching = new Watching();
        Fold(Trying.Started(1, Trying.Plan with { Unit = ExperimentUnit.Video }));
        Fold(Given.Moved(VideoStage.Reviewed, VideoStage.Testing, Given.Now) with { Enrolments = [new Enrolment(Id, Arm.Treatment)] });
        Fold(watching.Plays(10_000) with { At = Given.Now.AddHours(1) });
        Fold(Given.Moved(VideoStage.Testing, VideoStage.Paused, Given.Now.AddHours(2)) with { Enrolments = [new Enrolment(Id, Arm.Treatment)] });
        Seen.UnderObservation.ShouldBe(1);

        Fold(Page(Given.Viewer(8), Given.Now.AddHours(24), Arm.Control));
        (Seen.Treatment.Units, Seen.Treatment.PointsPerView.Ratio, Seen.Treatment.CompletionRate.Ratio).ShouldBe((1, Given.Rules.Points.Completion, 1));
    }

    [Fact]
    public void Fold_ForgetsWhoTookPartOnceItIsOver_AndKeepsTheSums()
    {
        Fold(Trying.Started(1, Trying.Plan with { Until = Given.Now.AddDays(2) }));
        Fold(Page(Given.Viewer(0), Given.Now, Arm.Treatment));
        Fold(Page(Given.Viewer(1), Given.Now.AddHours(30), Arm.Control));
        _board.Current.Length.ShouldBe(1);
        Fold(Page(Given.Viewer(1), Given.Now.AddHours(50), Arm.Control));

        _board.Current.ShouldBeEmpty();
        (Seen.Ended, Seen.UnderObservation, Seen.Known.Count, Seen.Treatment.Units, Seen.Control.Units).ShouldBe((true, 0, 0, 1, 0));
    }

    [Fact]
    public void Fold_OfAStop_KeepsWhoWhyAndTheDecidingNumbers()
    {
        Fold(Trying.Started(1));
        var deciding = new Effect(Measure.ExitRate, 0.1, 0.15, 0.05, 0.02, 0.08);
        Fold(new ExperimentStopped(Given.Now.AddDays(1), Id, StopCause.Guardrail, deciding, null, "guardrail"));

        var experiment = _board.Find(Id)!.Experiment;
        (experiment.Status(Given.Now), experiment.Cause, experiment.Deciding).ShouldBe((ExperimentStatus.Stopped, StopCause.Guardrail, deciding));
    }

    /// <summary>Saved at any moment and brought back, it goes on as if nothing had been.</summary>
    [Fact]
    public void Board_ComesBackFromJson_InTheMiddleOfObservation()
    {
        Fold(Trying.Started(1), Trying.Started(2, Trying.Plan with { Unit = ExperimentUnit.Video }));
        var saved = Given.Through(_board);
        for (var hour = 0; hour < 60; hour++)
        {
            var watching = new Watching();
            var page = Page(Given.Viewer(hour % 17), Given.Now.AddHours(hour), hour % 3 == 0 ? Arm.Treatment : Arm.Control);
            var signal = watching.Plays(10_000) with { At = Given.Now.AddHours(hour), Viewer = Given.Viewer(hour % 17) };
            Recorded[] entries = [new(++_position, page), new(++_position, signal)];
            _board.Fold(entries);
            saved.Fold(entries);
            saved.Fold(entries);
            saved = Given.Through(saved);
            Given.Json(saved).ShouldBe(Given.Json(_board));
        }
        Seen.Control.Units.ShouldBeGreaterThan(5);
    }

    private Observation Seen => _board.Find(Id)!.Observation;

    private void Fold(LedgerEntry entry, string _) => Fold(entry);

    private void Fold(params LedgerEntry[] entries) => _board.Fold([.. entries.Select(entry => new Recorded(++_position, entry))]);

    private static PageServed Page(ViewerId viewer, DateTimeOffset at, Arm arm) => Given.Page(viewer, at, Given.Clip) with { Enrolments = [new Enrolment(Id, arm)] };
}
