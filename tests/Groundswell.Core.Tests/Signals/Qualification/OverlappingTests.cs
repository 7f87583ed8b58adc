using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class OverlappingTests
{
    private readonly SignalJudge _judge = new(Given.Rules);
    private readonly ViewerState _viewer = new(Given.Viewer(0), Given.Genres);
    private int _sent;

    [Theory]
    [InlineData(10, null)]
    [InlineData(8, null)]
    [InlineData(7, Disqualification.Overlapping)]
    [InlineData(0, Disqualification.Overlapping)]
    public void Catches_MoreThanTheSlackBesideAnotherVideo(int secondsAfter, Disqualification? reason)
    {
        Plays(1, 10_000, atSecond: 10).ShouldBeNull();

        Plays(2, 10_000, atSecond: 10 + secondsAfter).ShouldBe(reason);
    }

    [Fact]
    public void Catches_NoneOfMany_WatchedOneAfterAnother()
    {
        for (var video = 1; video <= 60; video++) Plays(video, 10_000, atSecond: video * 10).ShouldBeNull();
        _viewer.Watched.Spans.Count.ShouldBeLessThanOrEqualTo(24);
    }

    [Fact]
    public void Catches_OverlapThatIsReportedInSmallSteps()
    {
        var reasons = new List<Disqualification?>();
        for (var second = 1; second <= 8; second++)
        {
            Plays(1, second * 1_000, second);
            reasons.Add(Plays(2, second * 1_000, second));
        }

        reasons.ShouldBe([null, null, .. Enumerable.Repeat((Disqualification?)Disqualification.Overlapping, 6)]);
    }

    [Fact]
    public void Catches_NothingOfTheSameVideo()
    {
        for (var second = 5; second <= 60; second += 5) Plays(1, second * 1_000, second).ShouldBeNull();
        _viewer.Watched.Spans.ShouldHaveSingleItem().ShouldBe(new WatchedSpan(new VideoId(1), Given.Now, Given.Now.AddSeconds(60)));
    }

    private Disqualification? Plays(int video, int totalMs, int atSecond)
    {
        var state = Given.Video(VideoStage.Open, new VideoId(video), durationMs: 60_000);
        var at = Given.Now.AddSeconds(atSecond);
        var recorded = _judge.Judge(
            new Signal($"e{++_sent}", SignalType.PlayEnd, at, at, state.Id, Given.Slot(_viewer.Id, state, Given.Now), new PlayReport(totalMs, totalMs, totalMs, 0, EndReason.Swipe)), _viewer, state);
        _viewer.Fold(_viewer.Position + 1, (LedgerEntry)recorded, Given.Rules.Taste);
        return recorded.Disqualified;
    }
}
