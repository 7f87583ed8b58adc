using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Viewers;

namespace Groundswell.Core.Tests.Signals;

public class LostPlayTests
{
    private static readonly SignalJudge Judge = new(Given.Rules);
    private readonly Watching _watching = new();

    [Fact]
    public void Due_WhenNothingWasHeardForTwoMinutes()
    {
        LostPlay.Due(_watching.Viewer, _watching.At, Given.Rules.Qualification).ShouldBeNull();
        _watching.Plays(5_000, end: null);

        LostPlay.Due(_watching.Viewer, _watching.At.AddMinutes(2), Given.Rules.Qualification).ShouldBeNull();
        LostPlay.Due(_watching.Viewer, _watching.At.AddSeconds(121), Given.Rules.Qualification).ShouldNotBeNull().Video.ShouldBe(Given.Clip);
    }

    [Fact]
    public void Due_NeverAfterAnEnd()
    {
        _watching.Plays(5_000, end: null);
        _watching.Plays(6_000);

        LostPlay.Due(_watching.Viewer, _watching.At.AddDays(1), Given.Rules.Qualification).ShouldBeNull();
        _watching.Plays(7_000, end: null);
        LostPlay.Due(_watching.Viewer, _watching.At.AddDays(1), Given.Rules.Qualification).ShouldBeNull("the view has ended, more of it needs no end");
    }

    [Fact]
    public void Lose_ResolvesTheViewAsItWasLastReported_Once()
    {
        _watching.Plays(9_800, end: null);
        var entry = Lose();

        entry.EventId.ShouldBe($"lost:{new RequestId(55)}:1");
        entry.Play!.End.ShouldBe(EndReason.Lost);
        entry.Late.ShouldBeFalse();
        _watching.Video.Evidence.Totals.ShouldBe(new(1, 1, 8, 64, 512));
        _watching.Viewer.Playing.ShouldBeNull();
        _watching.Viewer.Taste.Mass.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Lose_LetsARealEndAddWhatItKnows()
    {
        _watching.Plays(5_000, end: null);
        Lose();
        _watching.Video.Evidence.Totals.ShouldBe(new(1, 1, 0, 0, 0));

        _watching.Plays(10_000, end: EndReason.Exit).Disqualified.ShouldBeNull();

        _watching.Video.Evidence.Totals.ShouldBe(new(1, 1, 8, 64, 512));
        _watching.Video.Evidence.Exits.ShouldBe(1);
        _watching.Plays(10_000, end: EndReason.Exit).Disqualified.ShouldBe(Disqualification.Redundant);
    }

    [Theory]
    [InlineData(SignalType.PlayStart, 0, true)]
    [InlineData(SignalType.Heartbeat, 5, true)]
    [InlineData(SignalType.PlayEnd, 5, true)]
    [InlineData(SignalType.Like, 5, false)]
    [InlineData(SignalType.Impression, 5, false)]
    [InlineData(SignalType.Heartbeat, -5, false)]
    public void EndedBy_WatchingSomethingElseAfterwards(SignalType type, int seconds, bool ended)
    {
        _watching.Plays(5_000, end: null);

        LostPlay.EndedBy(OfAnother(type, seconds), _watching.Viewer).ShouldBe(ended ? _watching.Viewer.Playing : null);
    }

    [Fact]
    public void IsOver_ForAHeartbeatFromBeforeThePlayThatIsUnderWay()
    {
        var other = Given.Video(id: new VideoId(9), durationMs: 60_000);
        _watching.Plays(5_000, end: null);
        var at = _watching.At.AddMinutes(-5);

        var late = Judge.Judge(new Signal("o", SignalType.Heartbeat, at, _watching.At, other.Id, Given.Slot(_watching.Viewer.Id, other, Given.Now), new PlayReport(3_000, 3_000, 3_000, 0, null)), _watching.Viewer, other);

        late.Change!.After.Resolved.ShouldBeTrue();
    }

    [Fact]
    public void OpenPlays_HoldsEachViewersOnePlayUntilItEnds()
    {
        var plays = new OpenPlays();
        var beat = _watching.Plays(5_000, end: null);
        plays.Fold([new(1, beat), new(2, OfAnother(SignalType.Like, 1))]);
        plays.Fold([new(1, beat)]);

        plays.SilentSince(_watching.At, 10).ShouldBeEmpty();
        plays.SilentSince(_watching.At.AddSeconds(1), 10).ShouldBe([_watching.Viewer.Id]);
        var back = Given.Through(plays);
        Given.Json(back).ShouldBe(Given.Json(plays));
        back.Fold([new(3, Lose())]);
        back.SilentSince(_watching.At.AddDays(1), 10).ShouldBeEmpty();
    }

    private SignalRecorded Lose()
    {
        var entry = Judge.Lose(_watching.Viewer.Playing!, _watching.Viewer, _watching.Video, _watching.At.AddHours(1));
        _watching.Fold(entry);
        return entry;
    }

    private SignalRecorded OfAnother(SignalType type, int seconds)
    {
        var other = Given.Video(id: new VideoId(9), durationMs: 60_000);
        var play = type is SignalType.Heartbeat or SignalType.PlayEnd ? new PlayReport(1_000, 1_000, 1_000, 0, type == SignalType.PlayEnd ? EndReason.Swipe : null) : null;
        var at = _watching.At.AddSeconds(seconds);
        return Judge.Judge(new Signal("o", type, at, at, other.Id, Given.Slot(_watching.Viewer.Id, other, Given.Now), play), _watching.Viewer, other);
    }
}
