using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Statistics;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Tests.Statistics;

public class RevivalTrialsTests
{
    [Fact]
    public void Report_SetsTheRevivedAgainstTheWithheld()
    {
        var trials = new RevivalTrials();
        // Each revived creator uploads twice in the week after, each withheld one once.
        for (var i = 0; i < 40; i++)
        {
            var heldOut = i % 4 == 0;
            var (video, creator, at) = (new VideoId(i), new CreatorId(i), Given.Now.AddMinutes(i));
            trials.Fold(Due(video, creator, at, heldOut));
            for (var upload = 0; upload < (heldOut ? 1 : 2); upload++) trials.Fold(Given.Uploaded(new VideoId(1000 + i + (100 * upload)), creator, at.AddDays(1 + upload)));
            trials.Fold(Given.Uploaded(new VideoId(5000 + i), creator, at.AddDays(8)));
        }

        trials.Report(Given.Now.AddDays(7)).Revived.ShouldBe(0, "no window is over");
        var report = trials.Report(Given.Now.AddDays(9));

        (report.Revived, report.Withheld).ShouldBe((30, 10));
        report.CreatorUploads.ShouldBe(new Uplift(2, 1, 1, 1, 1));
        report.CreatorReturned.ShouldBe(new Uplift(1, 1, 0, 0, 0));
        report.VideoViews.ShouldBe(new Uplift(0, 0, 0, 0, 0));
        report.PointsPerView.ShouldBeNull();
    }

    [Fact]
    public void Fold_CountsWhatTheVideoEarnsAfterwardsAndNotBefore()
    {
        var trials = new RevivalTrials();
        var watching = new Watching();
        var before = watching.Plays(10_000);
        trials.Fold(before);
        trials.Fold(Due(Given.Clip, Given.Creator, before.EventTime.AddSeconds(1), heldOut: false));
        trials.Fold(watching.Send(watching.Signal(SignalType.Like)) with { EventTime = before.EventTime.AddHours(1) });

        trials.Trials.Single().ShouldBe(new RevivalTrial(Given.Clip, Given.Creator, before.EventTime.AddSeconds(1), false, Points: 2));
    }

    [Fact]
    public void Fold_KeepsNoMoreThanTheNewest()
    {
        var trials = new RevivalTrials();
        for (var i = 0; i < RevivalTrials.Most + 5; i++) trials.Fold(Due(new VideoId(i), Given.Creator, Given.Now, heldOut: false));

        trials.Trials.Count.ShouldBe(RevivalTrials.Most);
        trials.Trials[0].Video.ShouldBe(new VideoId(5));
        Given.Json(Given.Through(trials)).ShouldBe(Given.Json(trials));
    }

    private static VideoMoved Due(VideoId video, CreatorId creator, DateTimeOffset at, bool heldOut) => new(
        at, video, creator, VideoStage.Paused, heldOut ? VideoStage.Paused : VideoStage.Reviving, 0,
        Reason.Of(heldOut ? ReasonCode.RevivalHeldOut : ReasonCode.CreatorQuiet), "rules-test");
}
