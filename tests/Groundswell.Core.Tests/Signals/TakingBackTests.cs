using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals;

public class TakingBackTests
{
    private readonly Watching _watching = new();

    public TakingBackTests() => _watching.Plays(10_000);

    [Fact]
    public void DeleteComment_ByName_TakesItsPointsOnlyWithTheLast()
    {
        Comment("a");
        Comment("b");
        _watching.Video.Evidence.Totals.Points.ShouldBe(12);

        Delete("a").TakenBack!.Value.ShouldBe(["a"]);
        _watching.Video.Evidence.Totals.Points.ShouldBe(12);
        Delete("b").TakenBack!.Value.ShouldBe(["b"]);

        _watching.Video.Evidence.Totals.ShouldBe(new(1, 1, 8, 64, 512));
        _watching.Video.Evidence.Actions.Comment.ShouldBe(0);
        Delete("b").TakenBack!.Value.ShouldBeEmpty();
    }

    [Fact]
    public void DeleteComment_WithoutAName_TakesAllThatWereWrittenBefore()
    {
        Comment("a");
        Comment("b");
        _watching.At = _watching.At.AddMinutes(1);
        Comment("later");
        _watching.At = _watching.At.AddSeconds(-30);

        Delete(null).TakenBack!.Value.ShouldBe(["a", "b"]);
        _watching.View!.Comments.ShouldBe(1);
        _watching.Points.ShouldBe(12);
    }

    [Fact]
    public void DeleteComment_OfSomebodyElses_TakesNothing()
    {
        Comment("a");

        Delete("z").TakenBack!.Value.ShouldBeEmpty();
        _watching.Points.ShouldBe(12);
    }

    [Fact]
    public void Comment_CanBeGivenAgain()
    {
        Comment("a");
        Delete("a");
        Comment("b");

        _watching.Points.ShouldBe(12);
        _watching.Video.Evidence.Actions.Comment.ShouldBe(1);
    }

    [Fact]
    public void Unlike_OfYesterdaysLike_StillTakesItBack()
    {
        _watching.Send(SignalType.Like);
        _watching.At = _watching.At.AddDays(3);

        _watching.Send(SignalType.Unlike).Disqualified.ShouldBeNull();
        _watching.Video.Evidence.Totals.Points.ShouldBe(8);
    }

    private void Comment(string id) => _watching.Send(_watching.Signal(SignalType.Comment) with { EventId = id, Text = "so" }).Disqualified.ShouldBeNull();

    private Core.Ledger.SignalRecorded Delete(string? id) => _watching.Send(_watching.Signal(SignalType.DeleteComment) with { Text = id });
}
