using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class FreshDevicesTests
{
    [Fact]
    public void Catches_OnlyAFirstMeeting()
    {
        var late = new Watching();
        late.Send(late.Full() with { InFreshCrowd = true }).Disqualified.ShouldBe(Disqualification.FreshDevices);
        late.Send(SignalType.Like).Disqualified.ShouldBe(Disqualification.FreshDevices);

        var early = new Watching();
        early.Send(early.Full());
        early.Send(early.Signal(SignalType.Like) with { InFreshCrowd = true }).Disqualified.ShouldBeNull();
    }
}
