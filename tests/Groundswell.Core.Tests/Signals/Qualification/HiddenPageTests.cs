using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class HiddenPageTests
{
    [Theory]
    [InlineData(SignalType.Impression, null, true)]
    [InlineData(SignalType.PlayStart, null, true)]
    [InlineData(SignalType.Heartbeat, null, true)]
    [InlineData(SignalType.PlayEnd, EndReason.Swipe, true)]
    [InlineData(SignalType.PlayEnd, EndReason.Background, false)]
    [InlineData(SignalType.PlayEnd, EndReason.Exit, false)]
    [InlineData(SignalType.Share, null, false)]
    [InlineData(SignalType.Unfollow, null, false)]
    public void Catches_WhatNobodyCanHaveSeen(SignalType type, EndReason? end, bool caught)
    {
        var watching = new Watching();
        var play = type is SignalType.Heartbeat or SignalType.PlayEnd ? new PlayReport(5_000, 5_000, 5_000, 0, end) : null;
        watching.Send(SignalType.Follow);

        watching.Send(watching.Signal(type, play) with { InBackground = true }).Disqualified.ShouldBe(caught ? Disqualification.Background : null);
    }
}
