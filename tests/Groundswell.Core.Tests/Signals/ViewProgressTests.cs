using CsCheck;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals;

public class ViewProgressTests
{
    private sealed record Sent(SignalType Type, int AtMs, (int, int)[] Ranges, int TotalMs, int Loops, EndReason End, string? CommentOf);

    /// <summary>Anything that one viewer may report of one slot, each at a moment of its own.</summary>
    private static readonly Gen<Sent[]> Reports =
        (from type in Gen.OneOf(Gen.Enum<SignalType>(), Gen.Const(SignalType.Heartbeat), Gen.Const(SignalType.PlayEnd))
         from at in Gen.Int[0, 300_000]
         from ranges in Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 10_000]).Array[0, 4]
         from total in Gen.Int[0, 30_000]
         from loops in Gen.Int[0, 2]
         from end in Gen.OneOf(Gen.Const(EndReason.Swipe), Gen.Const(EndReason.Exit), Gen.Const(EndReason.Background))
         from comment in Gen.Int[-1, 4]
         select new Sent(type, at, ranges, total, loops, end, comment < 0 ? null : $"e{comment}")).Array[1, 12]
        .Where(sent => sent.Select(one => one.AtMs).Distinct().Count() == sent.Length);

    [Fact]
    public void Judge_EndsAlike_InWhateverOrderReportsArriveAndHoweverOftenTheyAreTold() =>
        (from sent in Reports
         from order in Gen.Shuffle(Enumerable.Range(0, sent.Length).Concat(Enumerable.Range(0, sent.Length)).ToArray())
         from gaps in Gen.Bool
         select (sent, order, gaps)).Sample(run =>
        {
            var inOrder = After(run.sent, [.. Enumerable.Range(0, run.sent.Length).OrderBy(i => run.sent[i].AtMs)], run.gaps);
            var shuffled = After(run.sent, run.order, run.gaps);

            Given.Json(shuffled.View).ShouldBe(Given.Json(inOrder.View));
            shuffled.Viewer.Follows.ShouldBe(inOrder.Viewer.Follows);
            (shuffled.Video.Evidence with { Disqualified = inOrder.Video.Evidence.Disqualified, Cohorts = inOrder.Video.Evidence.Cohorts })
                .ShouldBe(inOrder.Video.Evidence);
            shuffled.Video.Evidence.Cohorts.ShouldBe(inOrder.Video.Evidence.Cohorts);
        }, iter: 4000);

    [Fact]
    public void Judge_TakesReportsSinceTheLastOneAsWellAsCumulativeOnes()
    {
        var since = new Watching();
        since.Ranges(null, (0, 5_000));
        since.Ranges(EndReason.Swipe, (5_000, 10_000));
        var cumulative = new Watching();
        cumulative.Ranges(null, (0, 5_000));
        cumulative.Ranges(EndReason.Swipe, (0, 10_000));

        since.View!.PlayedMs.ShouldBe(10_000);
        since.Points.ShouldBe(8);
        Given.Json(since.View).ShouldBe(Given.Json(cumulative.View));
    }

    [Fact]
    public void Judge_GivesNothingForSeekingToTheEnd()
    {
        var watching = new Watching();
        watching.Send(watching.Ranged(EndReason.Swipe, (0, 1_000), (9_800, 10_000)) is var signal ? signal with { Play = signal.Play! with { MaxPositionMs = 10_000, PlayedMs = 10_000 } } : null!);

        watching.View!.PlayedMs.ShouldBe(1_200);
        watching.Points.ShouldBe(0);
    }

    [Fact]
    public void Judge_CutsRangesAtTheEndOfTheVideo()
    {
        var watching = new Watching();
        watching.Ranges(EndReason.Swipe, (9_000, 90_000));

        watching.View!.PlayedMs.ShouldBe(1_000);
    }

    [Fact]
    public void Judge_CallsAViewNoEarlySkipOnceMoreOfItIsWatched()
    {
        var watching = new Watching();
        watching.Plays(1_000);
        watching.Video.Evidence.EarlySkips.ShouldBe(1);
        watching.Plays(5_000, end: EndReason.Exit);

        watching.Video.Evidence.EarlySkips.ShouldBe(0);
        watching.Video.Evidence.Exits.ShouldBe(1);
    }

    private static Watching After(Sent[] sent, int[] order, bool withoutRanges)
    {
        var watching = new Watching { At = Given.Now.AddMinutes(10) };
        var known = new HashSet<int>();
        foreach (var index in order)
        {
            if (!known.Add(index)) continue; // told twice: its event id is known, and the second telling goes nowhere
            var one = sent[index];
            var at = Given.Now.AddMilliseconds(one.AtMs);
            var played = PlayedRanges.Of([.. one.Ranges.Select(range => new PlayedRange(range.Item1, range.Item2))], 10_000);
            var isPlay = one.Type is SignalType.Heartbeat or SignalType.PlayEnd;
            var play = new PlayReport(played.LengthMs, one.TotalMs, 0, one.Loops, one.Type == SignalType.PlayEnd ? one.End : null, withoutRanges ? null : played);
            watching.Send(watching.Signal(one.Type, isPlay ? play : null) with { EventId = $"e{index}", EventTime = at, Text = one.Type == SignalType.DeleteComment ? one.CommentOf : "so" });
        }
        return watching;
    }
}
