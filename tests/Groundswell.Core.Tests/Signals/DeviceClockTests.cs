using CsCheck;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals;

public class DeviceClockTests
{
    private static readonly DateTimeOffset Served = Given.Now;
    private static readonly DateTimeOffset Received = Given.Now.AddMinutes(5);

    /// <summary>Minutes by which the device is off, whether the request says when it was sent, and the event times that come out.</summary>
    [Theory]
    [InlineData(0, false, "1 3 4")]
    [InlineData(0, true, "1 3 4")]
    [InlineData(90, true, "1 3 4")]
    [InlineData(-90, true, "1 3 4")]
    [InlineData(90, false, "2 4 5")] // ahead: the newest happened as it arrived, at 5
    [InlineData(-90, false, "2 4 5")] // behind: before its slot was served
    [InlineData(-0.5, false, "0.5 2.5 3.5")] // too little to tell
    public void Correct_MovesAWholeBatch(double minutesOff, bool says, string expected)
    {
        var signals = new[] { 1.0, 3, 4 }.Select(minute => Event(Served.AddMinutes(minute + minutesOff))).ToArray();

        var shift = DeviceClock.Shift(signals, says ? Received.AddMinutes(minutesOff) : null, Received);

        signals.Select(signal => (DeviceClock.Correct(signal, shift) - Served).TotalMinutes).ShouldBe(expected.Split(' ').Select(double.Parse));
    }

    [Fact]
    public void Correct_NeverLeavesTheTimeBetweenServingAndReceiving() =>
        (from seconds in Gen.Long[-200_000_000_000, 200_000_000_000].Array[1, 8]
         from sent in Gen.Long[-200_000_000_000, 200_000_000_000]
         from says in Gen.Bool
         select (seconds, sent, says)).Sample(batch =>
        {
            var signals = batch.seconds.Select(second => Event(At(second))).ToArray();
            var shift = DeviceClock.Shift(signals, batch.says ? At(batch.sent) : null, Received);
            foreach (var signal in signals) DeviceClock.Correct(signal, shift).ShouldBeInRange(Served, Received);
        });

    [Fact]
    public void Correct_TakesTheFirstAndTheLastMomentThereIs()
    {
        foreach (var extreme in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new(1, 1, 1, 0, 0, 0, TimeSpan.FromHours(-14))])
            foreach (var sent in (DateTimeOffset?[])[null, DateTimeOffset.MinValue, DateTimeOffset.MaxValue])
                DeviceClock.Correct(Event(extreme), DeviceClock.Shift([Event(extreme), Event(DateTimeOffset.MaxValue)], sent, Received)).ShouldBeInRange(Served, Received);
    }

    [Fact]
    public void Shift_LeavesALateBatchWhereItWas()
    {
        var signal = Event(Served.AddMinutes(1)) with { ReceivedAt = Served.AddHours(20) };

        DeviceClock.Correct(signal, DeviceClock.Shift([signal], null, signal.ReceivedAt)).ShouldBe(Served.AddMinutes(1));
    }

    private static DateTimeOffset At(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds()));

    private static Signal Event(DateTimeOffset at) =>
        new("e", SignalType.Like, at, Received, Given.Clip, Given.Slot(Given.Viewer(0), Given.Video(), Served));
}
