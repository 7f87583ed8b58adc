using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class BurstTests
{
    [Fact]
    public void Catches_AFirstMeetingInACrowd_AndAllThatFollowsOnIt()
    {
        var watching = new Watching();
        watching.Send(watching.Signal(SignalType.Impression) with { InBurst = true }).Disqualified.ShouldBe(Disqualification.Burst);

        watching.Send(watching.Full()).Disqualified.ShouldBe(Disqualification.Burst);
        (watching.Video.Evidence with { Disqualified = watching.Video.Evidence.Disqualified.Clear() }).ShouldBe(Core.Audience.Evidence.None);
    }

    [Fact]
    public void Catches_NobodyWhoWasThereBefore()
    {
        var watching = new Watching();
        watching.Send(SignalType.Impression);

        watching.Send(watching.Full() with { InBurst = true }).Disqualified.ShouldBeNull();
    }

    [Fact]
    public void Judge_LetsTheViewerOfACrowdGoOnAllTheSame()
    {
        var watching = new Watching();
        var recorded = watching.Send(watching.Full() with { InBurst = true });
        watching.Send(watching.Signal(SignalType.Follow) with { InBurst = true });

        recorded.PointsAfter.ShouldBe(0);
        recorded.PointsWithheld.ShouldBe(18);
        watching.View!.Uncounted.ShouldBe(Disqualification.Burst);
        watching.Viewer.Taste.Mass.ShouldBeGreaterThan(0);
        watching.Viewer.Follows.ShouldBe([Given.Creator]);
        watching.Send(SignalType.Unfollow).Disqualified.ShouldBe(Disqualification.Burst, "what never counted is not taken off");
        watching.Viewer.Follows.ShouldBeEmpty();
        watching.Video.Evidence.Follows.ShouldBe(0);
    }
}
