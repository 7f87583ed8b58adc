using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Signals.Qualification;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Tests.Signals;

public class SignalJudgeTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public static TheoryData<string, Disqualification> Cheats => new()
    {
        { "unserved", Disqualification.NotServed },
        { "another viewer's slot", Disqualification.ForeignSlot },
        { "another video's slot", Disqualification.ForeignSlot },
        { "own video", Disqualification.OwnView },
        { "total faster than the clock", Disqualification.ImpossibleSpeed },
        { "union faster than the clock", Disqualification.ImpossibleSpeed },
        { "background", Disqualification.Background },
        { "late by more than a day", Disqualification.TooLate },
    };

    [Theory]
    [MemberData(nameof(Cheats))]
    public void Judge_KeepsADisqualifiedSignalButMovesNothingByIt(string cheat, Disqualification reason)
    {
        var watching = new Watching();
        var honest = watching.Signal(SignalType.PlayEnd, new PlayReport(10_000, 20_000, 10_000, 1, EndReason.Swipe));
        if (cheat == "own video") watching.Viewer.Anticipate(new DeviceSignedIn(Given.Now, watching.Viewer.Id, Given.Creator), Given.Rules.Taste);
        var before = Given.Json(watching.Viewer);

        var recorded = watching.Send(Bend(honest, cheat, watching.Video));

        recorded.Disqualified.ShouldBe(reason);
        recorded.Change.ShouldBeNull();
        recorded.Taste.ShouldBeNull();
        recorded.PointsAfter.ShouldBe(recorded.PointsBefore);
        (watching.Video.Evidence with { Disqualified = watching.Video.Evidence.Disqualified.Clear() }).ShouldBe(Core.Audience.Evidence.None);
        watching.Video.Evidence.Disqualified.ShouldHaveSingleItem().ShouldBe(new(reason, 1));
        Given.Json(watching.Viewer).Replace("\"position\":1", "\"position\":0", StringComparison.Ordinal).ShouldBe(before);
        Qualifications.Sentence(reason).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(24 * 60, true)]
    public void Judge_CountsALateSignalAtItsEventTime(int minutesLate, bool late)
    {
        var watching = new Watching { ServedAt = Given.Now.AddMinutes(-1) };
        var signal = watching.Signal(SignalType.PlayEnd, new PlayReport(10_000, 10_000, 10_000, 0, EndReason.Swipe)) with
        {
            EventTime = Given.Now, ReceivedAt = Given.Now.AddMinutes(minutesLate),
        };

        var recorded = watching.Send(signal);

        recorded.Disqualified.ShouldBeNull();
        recorded.Late.ShouldBe(late);
        watching.View!.FirstAt.ShouldBe(watching.ServedAt);
        watching.Viewer.Taste.At.ShouldBe(Given.Now);
        watching.Points.ShouldBe(8);
    }

    [Fact]
    public void Judge_KeepsTheSlotOfACheatOnlyWhereItIsTheirs()
    {
        var watching = new Watching();
        var signal = watching.Signal(SignalType.Like);

        watching.Send(Bend(signal, "another viewer's slot", watching.Video)).Slot.ShouldBeNull();
        watching.Send(signal with { InBurst = true }).Slot.ShouldNotBeNull();
    }

    private static Signal Bend(Signal signal, string cheat, VideoState video) => cheat switch
    {
        "unserved" => signal with { Slot = null },
        "another viewer's slot" => signal with { Slot = signal.Slot! with { Viewer = Given.Viewer(9) } },
        "another video's slot" => signal with { Slot = signal.Slot! with { Video = new VideoId(video.Id.Value + 1) } },
        "own video" => signal,
        "total faster than the clock" => signal with { ReceivedAt = signal.Slot!.ServedAt.AddSeconds(12), EventTime = signal.Slot.ServedAt.AddSeconds(12) },
        "union faster than the clock" => signal with
        {
            ReceivedAt = signal.Slot!.ServedAt, EventTime = signal.Slot.ServedAt, Play = new PlayReport(10_000, 0, 10_000, 0, EndReason.Swipe),
        },
        "background" => signal with { Type = SignalType.Heartbeat, InBackground = true },
        "late by more than a day" => signal with { EventTime = signal.ReceivedAt - Day - TimeSpan.FromSeconds(1) },
        _ => throw new ArgumentOutOfRangeException(nameof(cheat), cheat, null),
    };
}
