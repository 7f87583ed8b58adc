using CsCheck;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals;

public class PointTests
{
    /// <summary>Played union, total and loops of a clip of ten seconds, and what they earn.</summary>
    [Theory]
    [InlineData(9_499, 9_499, 0, Actions.None)]
    [InlineData(9_500, 9_500, 0, Actions.Completion)]
    [InlineData(10_000, 10_000, 0, Actions.Completion)]
    [InlineData(10_000, 18_999, 1, Actions.Completion)]
    [InlineData(10_000, 19_000, 1, Actions.Completion | Actions.Rewatch)]
    [InlineData(10_000, 19_000, 0, Actions.Completion)]
    [InlineData(5_000, 60_000, 12, Actions.Rewatch)]
    [InlineData(5_000, 60_000, 0, Actions.None)]
    [InlineData(10_000, 600_000, 59, Actions.Completion | Actions.Rewatch)]
    [InlineData(30_000, 30_000, 0, Actions.Completion)]
    public void Judge_DerivesCompletionAndRewatchFromWhatWasPlayed(int playedMs, int totalMs, int loops, Actions earned)
    {
        var watching = new Watching();

        var recorded = watching.Plays(playedMs, totalMs, loops);

        recorded.Disqualified.ShouldBeNull();
        recorded.Change!.After.Actions.ShouldBe(earned);
        recorded.PointsAfter.ShouldBe(Given.Rules.Points.Of(earned));
        watching.Video.Evidence.Totals.Points.ShouldBe(Given.Rules.Points.Of(earned));
    }

    [Theory]
    [InlineData(Actions.None, 0)]
    [InlineData(Actions.Rewatch, 10)]
    [InlineData(Actions.Completion, 8)]
    [InlineData(Actions.Share, 6)]
    [InlineData(Actions.Comment, 4)]
    [InlineData(Actions.Like, 2)]
    [InlineData(Actions.Like | Actions.Completion, 10)]
    [InlineData(Actions.Rewatch | Actions.Completion | Actions.Share | Actions.Comment | Actions.Like, 30)]
    public void Points_AreThoseOfTheSeed(Actions actions, double points) => new PointRules().Of(actions).ShouldBe(points);

    [Fact]
    public void Judge_GivesEveryActionOnceAndThirtyPointsInAll()
    {
        var watching = new Watching();
        for (var time = 0; time < 3; time++)
        {
            watching.Plays(10_000, 20_000, 1);
            watching.Send(SignalType.Like);
            watching.Send(SignalType.Comment);
            watching.Send(SignalType.Share);
        }

        watching.Points.ShouldBe(30);
        watching.Video.Evidence.Totals.ShouldBe(new(1, 1, 30, 900, 27000));
        watching.Video.Evidence.Actions.ShouldBe(new ActionCounts(1, 1, 1, 1, 1));
        watching.Video.Evidence.Disqualified[Disqualification.Redundant].ShouldBe(6, "a second comment is one more to read, though it earns nothing");
    }

    [Theory]
    [InlineData(SignalType.Like)]
    [InlineData(SignalType.Share)]
    [InlineData(SignalType.PlayEnd)]
    [InlineData(SignalType.NotInterested)]
    [InlineData(SignalType.Follow)]
    [InlineData(SignalType.Report)]
    public void Judge_CallsTheSameSignalASecondTimeRedundant(SignalType type)
    {
        var watching = new Watching();
        var signal = watching.Signal(type, type == SignalType.PlayEnd ? new PlayReport(10_000, 10_000, 10_000, 0, EndReason.Swipe) : null);
        watching.Send(signal).Disqualified.ShouldBeNull();
        var before = watching.Video.Evidence;

        var again = watching.Send(signal);

        again.Disqualified.ShouldBe(Disqualification.Redundant);
        again.Change.ShouldBeNull();
        again.Taste.ShouldBeNull();
        (watching.Video.Evidence with { Disqualified = before.Disqualified }).ShouldBe(before);
    }

    [Fact]
    public void Judge_LoopingOnAfterARewatchEarnsNothing()
    {
        var watching = new Watching();
        watching.Plays(10_000, 20_000, 1);

        var more = watching.Plays(10_000, 90_000, 8);

        (more.PointsAfter - more.PointsBefore).ShouldBe(0);
        more.Taste.ShouldBeNull();
        watching.Video.Evidence.Totals.Points.ShouldBe(18);
    }

    [Fact]
    public void Judge_TakesALikeBackAndGivesItAgainButNeverTwice()
    {
        var watching = new Watching();
        watching.Plays(10_000);
        var points = new List<double>();
        foreach (var type in new[] { SignalType.Like, SignalType.Like, SignalType.Unlike, SignalType.Unlike, SignalType.Like, SignalType.Like })
        {
            watching.Send(type);
            points.Add(watching.Video.Evidence.Totals.Points);
        }

        points.ShouldBe([10, 10, 8, 8, 10, 10]);
        watching.Video.Evidence.Actions.Like.ShouldBe(1);
    }

    [Fact]
    public void Judge_CountsPointsOnlyOnceThePlayHasEnded()
    {
        var watching = new Watching();
        watching.Plays(10_000, end: null);
        watching.Send(SignalType.Like);
        watching.Video.Evidence.Totals.ShouldBe(new(1, 0, 0, 0, 0));

        watching.Plays(10_000);

        watching.Video.Evidence.Totals.ShouldBe(new(1, 1, 10, 100, 1000));
    }

    [Fact]
    public void Judge_CompletesAcrossTwoPlaysOfOneVideo()
    {
        var watching = new Watching();
        watching.Plays(3_000);
        watching.Video.Evidence.Totals.Points.ShouldBe(0);

        watching.Plays(10_000);

        watching.Video.Evidence.Totals.ShouldBe(new(1, 1, 8, 64, 512));
    }

    [Fact]
    public void Judge_CountsFollowsAndReportsOnceForEachViewer()
    {
        var watching = new Watching();
        foreach (var type in new[] { SignalType.Unfollow, SignalType.Follow, SignalType.Follow, SignalType.Report, SignalType.Report }) watching.Send(type);

        watching.Video.Evidence.Follows.ShouldBe(1);
        watching.Video.Evidence.Reports.ShouldBe(1);
        watching.Send(SignalType.Unfollow).Disqualified.ShouldBeNull();
        watching.Video.Evidence.Follows.ShouldBe(0);
    }

    [Fact]
    public void Judge_KeepsEveryViewBetweenZeroAndThirtyPoints() =>
        (from type in Gen.Enum<SignalType>()
         from played in Gen.Int[0, 20_000]
         from total in Gen.Int[0, 60_000]
         from loops in Gen.Int[0, 5]
         select (type, new PlayReport(played, total, played, loops, EndReason.Swipe)))
        .List[0, 30].Sample(steps =>
        {
            var watching = new Watching();
            foreach (var (type, play) in steps) watching.Send(type, type is SignalType.Heartbeat or SignalType.PlayEnd ? play : null);
            watching.Points.ShouldBeInRange(0, 30);
            watching.Video.Evidence.Totals.Points.ShouldBeInRange(0, 30);
        }, iter: 300);
}
