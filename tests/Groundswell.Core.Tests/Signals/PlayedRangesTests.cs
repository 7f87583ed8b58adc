using CsCheck;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals;

public class PlayedRangesTests
{
    private const int Duration = 300;

    private static readonly Gen<PlayedRange[]> Some =
        (from a in Gen.Int[-50, 350] from b in Gen.Int[-50, 350] select new PlayedRange(a, b)).Array[0, 20];

    [Fact]
    public void Of_CountsEachMillisecondOnce() => Some.Sample(ranges =>
    {
        var covered = Enumerable.Range(0, Duration).Count(ms => ranges.Any(range => range.FromMs <= ms && ms < range.ToMs));

        PlayedRanges.Of(ranges, Duration).LengthMs.ShouldBe(covered);
    });

    [Fact]
    public void Union_IsTheSameInAnyOrderAndHoweverOften() => Gen.Select(Some, Some).Sample((one, other) =>
    {
        var (a, b) = (PlayedRanges.Of(one, Duration), PlayedRanges.Of(other, Duration));
        a.Union(b).ShouldBe(PlayedRanges.Of([.. one, .. other], Duration));
        b.Union(a).ShouldBe(a.Union(b));
        a.Union(b).Union(a).Union(b).ShouldBe(a.Union(b));
        a.Union(PlayedRanges.None).ShouldBe(a);
    });

    [Fact]
    public void Json_IsAFlatListAndComesBackEqual() => Some.Sample(ranges =>
    {
        var played = PlayedRanges.Of(ranges, Duration);
        Given.Through(played).ShouldBe(played);
        Given.Json(PlayedRanges.Of([new(5, 7), new(1, 3)], Duration)).ShouldBe("[1,3,5,7]");
    });

    [Fact]
    public void Of_ForgetsTheShortestOfTooMany()
    {
        var played = PlayedRanges.Of([.. Enumerable.Range(0, 100).Select(i => new PlayedRange(i * 1000, (i * 1000) + 100 + i))], int.MaxValue);

        played.Span.Length.ShouldBe(PlayedRanges.Most);
        played.Span[0].FromMs.ShouldBe(36_000);
    }
}
