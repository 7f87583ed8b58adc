using Groundswell.Core.Signals;
using Groundswell.Core.Taste;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Taste;

public class TasteProfileTests
{
    private static readonly TasteRules Rules = TasteRules.Default with { ScalePoints = 10 };
    private static readonly TasteProfile Empty = TasteProfile.Empty(Given.Genres);

    [Fact]
    public void Affinity_OfNothingIsZero() => Enumerable.Range(0, 4).Select(genre => Empty.Affinity(genre, Rules)).ShouldAllBe(affinity => affinity == 0);

    [Fact]
    public void Learn_ALikedGenreRisesAndNoOtherMoves()
    {
        var taste = Empty.Learn(Given.Lesson(1, 18), Given.Now, Rules);

        taste.Affinity(1, Rules).ShouldBe((18 - 2) / 2.5 / 10, 1e-9);
        taste.Affinity(0, Rules).ShouldBe(0);
        taste.LeadingGenre(0.12, Rules).ShouldBe(1);
        taste.Vector[1].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Learn_AnEarlySkipLowersItsGenre()
    {
        var taste = Empty.Learn(Given.Lesson(1, -6), Given.Now, Rules);

        taste.Affinity(1, Rules).ShouldBeLessThan(0);
        taste.LeadingGenre(0.12, Rules).ShouldBeNull();
        taste.Vector[1].ShouldBeLessThan(0);
    }

    [Fact]
    public void Learn_NotInterestedLowersLongerThanALikeLifts()
    {
        var taste = Empty.Learn(Given.Lesson(1, -6, 0.5, lasting: true), Given.Now, Rules).Learn(Given.Lesson(0, 2), Given.Now.AddDays(28), Rules);

        taste.Lasting[1].ShouldBe(0.6 * Math.Pow(0.5, 28.0 / 60), 1e-9);
        taste.Affinity(1, Rules).ShouldBeLessThan(-0.4);
    }

    [Fact]
    public void Learn_HalvesInAWeekOfEventTime()
    {
        var taste = Empty.Learn(Given.Lesson(1, 18), Given.Now, Rules).Learn(Given.Lesson(2, 2), Given.Now.AddDays(7), Rules);

        taste.Long[1].ShouldBe(8, 1e-9);
        taste.LongMass[1].ShouldBe(0.5, 1e-9);
        taste.Vector[1].ShouldBe(0.8f, 1e-5f);
    }

    [Fact]
    public void Learn_ALateLessonCountsLessAndMovesNoClockBack()
    {
        var now = Empty.Learn(Given.Lesson(2, 2), Given.Now, Rules);
        var late = now.Learn(Given.Lesson(1, 18), Given.Now.AddDays(-7), Rules);

        late.At.ShouldBe(Given.Now);
        late.Long[1].ShouldBe(8, 1e-9);
        late.LongMass[2].ShouldBe(now.LongMass[2]);
    }

    [Fact]
    public void Learn_InAnyOrderOfArrivalGivesTheSameLastingTaste()
    {
        (int Genre, double Value, int Hour)[] lessons = [(0, 18, 0), (1, -6, 5), (2, 8, 30), (0, 4, 90)];
        TasteProfile After(IEnumerable<(int Genre, double Value, int Hour)> order) => order.Aggregate(
            Empty, (taste, lesson) => taste.Learn(Given.Lesson(lesson.Genre, lesson.Value), Given.Now.AddHours(lesson.Hour), Rules));

        var (inOrder, reversed) = (After(lessons), After(lessons.Reverse()));

        reversed.At.ShouldBe(inOrder.At);
        for (var genre = 0; genre < Given.Genres; genre++) reversed.Long[genre].ShouldBe(inOrder.Long[genre], 1e-9);
    }

    [Fact]
    public void BeginSession_ForgetsTheFastLayerOnly()
    {
        var taste = Empty.Learn(Given.Lesson(1, 18), Given.Now, Rules).BeginSession();

        taste.Session.ShouldAllBe(value => value == 0);
        taste.Long[1].ShouldBe(16);
        taste.Affinity(1, Rules).ShouldBe(0.64, 1e-9);
    }

    [Fact]
    public void Affinity_StaysWithinOne()
    {
        var (loved, hated) = (Empty, Empty);
        for (var i = 0; i < 200; i++)
        {
            loved = loved.Learn(Given.Lesson(1, 30), Given.Now, Rules);
            hated = hated.Learn(Given.Lesson(1, -6, 1, lasting: true), Given.Now, Rules);
        }

        loved.Affinity(1, Rules).ShouldBe(1);
        hated.Affinity(1, Rules).ShouldBe(-1);
    }

    [Fact]
    public void Learn_PassesOverAGenreOfALongerTaxonomy() =>
        Should.NotThrow(() => Empty.Learn(new TasteLesson(8, 1, false, [new GenreShare(99, 1)], []), Given.Now, Rules));

    [Fact]
    public void Json_GivesBackTheProfile()
    {
        var taste = Empty.Learn(Given.Lesson(1, 18), Given.Now, Rules);
        Given.Json(Given.Through(taste)).ShouldBe(Given.Json(taste));
    }

    [Theory]
    [InlineData(0, 10_000, true)]
    [InlineData(1_999, 10_000, true)]
    [InlineData(2_000, 10_000, false)]
    [InlineData(11_999, 60_000, true)]
    [InlineData(12_000, 60_000, false)]
    [InlineData(1_500, 1_500, false)]
    public void IsEarlySkip_UnderTwoSecondsOrAFifth(int playedMs, int durationMs, bool early) => Rules.IsEarlySkip(playedMs, durationMs).ShouldBe(early);

    [Theory]
    [InlineData(500, Actions.None, -6)]
    [InlineData(5_000, Actions.None, -1.5)]
    [InlineData(10_000, Actions.Completion, 8)]
    [InlineData(500, Actions.Like, -4)]
    [InlineData(5_000, Actions.Share, 4.5)]
    public void Value_IsWhatWasEarnedLessWhatLeavingCosts(int playedMs, Actions actions, double value) =>
        Rules.Value(new View(Given.Now, actions, true, playedMs, playedMs, 0, Rules.IsEarlySkip(playedMs, 10_000), false), 10_000, new PointRules()).ShouldBe(value, 1e-9);
}
