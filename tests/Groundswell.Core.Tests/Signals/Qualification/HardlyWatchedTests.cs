using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class HardlyWatchedTests
{
    [Theory]
    [InlineData(SignalType.Like, 2)]
    [InlineData(SignalType.Comment, 4)]
    [InlineData(SignalType.Share, 6)]
    public void Sort_HoldsAnActBackUntilTheViewIsWatched(SignalType act, double points)
    {
        var watching = new Watching();
        var held = watching.Send(watching.Signal(act) with { Text = "so" });
        held.Disqualified.ShouldBeNull();
        (held.PointsAfter, held.PointsWithheld).ShouldBe((0, points));
        watching.Plays(1_900).PointsWithheld.ShouldBe(0);
        watching.Video.Evidence.Totals.Points.ShouldBe(0);

        var released = watching.Plays(2_000);

        (released.PointsAfter, released.PointsWithheld).ShouldBe((points, -points));
        watching.Video.Evidence.Totals.Points.ShouldBe(points);
        watching.Send(watching.Signal(act) with { Text = "so" }).PointsAfter.ShouldBe(points);
    }

    [Fact]
    public void Sort_ShowsTheViewerTheirHeldLike_AndTakesItBack()
    {
        var watching = new Watching();
        watching.Send(SignalType.Like);
        watching.View!.Done.ShouldBe(Actions.Like);
        watching.Send(SignalType.Like).Disqualified.ShouldBe(Disqualification.Redundant);

        watching.Send(SignalType.Unlike).PointsWithheld.ShouldBe(-2);
        watching.View.Done.ShouldBe(Actions.None);
    }
}
