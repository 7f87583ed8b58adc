using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
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
        report.ViewPoints.ShouldBeNull();
    }

    [Fact]
    public void Fold_CountsACreatorOnceASpell_HoweverManyOfTheirVideosAreDue()
    {
        var trials = new RevivalTrials();
        for (var video = 0; video < 5; video++) trials.Fold(Due(new VideoId(video), Given.Creator, Given.Now.AddHours(video), heldOut: false));
        trials.Fold(Given.Uploaded(at: Given.Now.AddDays(1)));
        trials.Fold(Due(new VideoId(6), Given.Creator, Given.Now.AddDays(91), heldOut: true));

        trials.Trials.ShouldBe(
        [
            new RevivalTrial(new VideoId(0), Given.Creator, Given.Now, false, Uploads: 1),
            new RevivalTrial(new VideoId(6), Given.Creator, Given.Now.AddDays(91), true),
        ]);
    }

    /// <summary>As in ledgers from when lots were drawn by video.</summary>
    [Fact]
    public void Report_LeavesOutACreatorWithBothLots()
    {
        var trials = new RevivalTrials();
        for (var i = 0; i < 12; i++) trials.Fold(Due(new VideoId(i), new CreatorId(i / 2), Given.Now.AddHours(i), heldOut: i is 0 or 3 or 4 or 5));

        var report = trials.Report(Given.Now.AddDays(9));
        (report.Revived, report.Withheld).ShouldBe((3, 1));
    }

    [Fact]
    public void Fold_LeavesOutAWindowThatRunsIntoAnotherLot()
    {
        var next = Enumerable.Range(0, 91).Select(day => Given.Now.AddDays(day)).First(at => Revival.SpellOf(at) > Revival.SpellOf(Given.Now));
        var trials = new RevivalTrials();
        trials.Fold(Due(new VideoId(1), new CreatorId(1), next.AddDays(-6), heldOut: false));
        trials.Fold(Due(new VideoId(2), new CreatorId(2), next.AddDays(-9), heldOut: false));

        trials.Trials.Select(trial => trial.Video).ShouldBe([new VideoId(2)]);
    }

    [Fact]
    public void Fold_CountsViewsOfTheVideoAfterwardsAndNotBefore()
    {
        var trials = new RevivalTrials();
        var before = new Watching().Plays(10_000);
        trials.Fold(before);
        trials.Fold(Due(Given.Clip, Given.Creator, before.EventTime.AddSeconds(1), heldOut: false));
        trials.Fold(before with { EventTime = before.EventTime.AddHours(1) });

        trials.Trials.Single().ShouldBe(new RevivalTrial(Given.Clip, Given.Creator, before.EventTime.AddSeconds(1), false, Views: 1));
    }

    [Fact]
    public void Fold_KeepsNoMoreThanTheNewest()
    {
        var trials = new RevivalTrials();
        for (var i = 0; i < RevivalTrials.Most + 5; i++) trials.Fold(Due(new VideoId(i), new CreatorId(i), Given.Now, heldOut: false));

        trials.Trials.Count.ShouldBe(RevivalTrials.Most);
        trials.Trials[0].Video.ShouldBe(new VideoId(5));
        Given.Json(Given.Through(trials)).ShouldBe(Given.Json(trials));
    }

    private static VideoMoved Due(VideoId video, CreatorId creator, DateTimeOffset at, bool heldOut) => new(
        at, video, creator, VideoStage.Paused, heldOut ? VideoStage.Paused : VideoStage.Reviving, 0,
        Reason.Of(heldOut ? ReasonCode.RevivalHeldOut : ReasonCode.CreatorQuiet), "rules-test");
}
