using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class TakenBackTests
{
    [Fact]
    public void Catches_ACommentWhoseDeletionCameFirst()
    {
        var watching = new Watching();
        watching.Plays(10_000);
        watching.Send(watching.Signal(SignalType.DeleteComment) with { Text = "c1" });

        watching.Send(watching.Signal(SignalType.Comment) with { EventId = "c1", Text = "so" }).Disqualified.ShouldBe(Disqualification.TakenBack);
        watching.Send(watching.Signal(SignalType.Comment) with { EventId = "c2", Text = "so" }).Disqualified.ShouldBeNull();
        watching.Points.ShouldBe(12);
    }
}
