using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class TooLateTests
{
    [Theory]
    [InlineData(24 * 60, false)]
    [InlineData((24 * 60) + 1, true)]
    public void Catches_WhatHappenedMoreThanADayBeforeItArrived(int minutes, bool caught)
    {
        var watching = new Watching();

        watching.Send(watching.Full() with { ReceivedAt = watching.At.AddMinutes(minutes) }).Disqualified.ShouldBe(caught ? Disqualification.TooLate : null);
    }
}
