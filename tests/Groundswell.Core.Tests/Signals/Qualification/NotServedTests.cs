using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class NotServedTests
{
    [Fact]
    public void Catches_WhatComesWithoutASlot()
    {
        var watching = new Watching();

        watching.Send(watching.Full() with { Slot = null }).Disqualified.ShouldBe(Disqualification.NotServed);
        watching.Send(watching.Full()).Disqualified.ShouldBeNull();
    }

    [Fact]
    public void Catches_AnUnlikeOfWhatWasNeverSeen_ButLetsOneTakeItsOwnLikeBack()
    {
        var watching = new Watching();
        watching.Send(watching.Signal(SignalType.Unlike) with { Slot = null }).Disqualified.ShouldBe(Disqualification.NotServed);
        watching.Plays(10_000);
        watching.Send(SignalType.Like);

        watching.Send(watching.Signal(SignalType.Unlike) with { Slot = null }).Disqualified.ShouldBeNull();
        watching.Points.ShouldBe(8);
    }
}
