using System.Collections.Immutable;
using CsCheck;
using Groundswell.Core.Chances;
using Groundswell.Core.Trends;

namespace Groundswell.Core.Tests.Trends;

public class TrendJudgeTests
{
    private static readonly TrendRules Rules = new();

    /// <summary>A thousand recent views of an audience that has watched 28,000 in the week before.</summary>
    private static TrendEvidence Evidence(int[] byCreator, int usual = 0, int history = 192, int weight = 1) =>
        new([.. byCreator], usual, 1_000, 28_000, history, weight);

    [Theory]
    [InlineData(2, 50, false)]
    [InlineData(3, 17, true)]
    [InlineData(11, 1, false)]
    [InlineData(12, 1, true)]
    public void Judge_NeedsDistinctCreatorsAndViewers(int creators, int viewersEach, bool rises) =>
        TrendJudge.Judge(Evidence([.. Enumerable.Repeat(viewersEach, creators)]), Rules).Rising.ShouldBe(rises);

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(1_000, false)]
    [InlineData(28_000, false)]
    public void Judge_ComparesWithTheTopicsOwnBaseline(int usual, bool rises) =>
        TrendJudge.Judge(Evidence([20, 15, 15], usual), Rules).Rising.ShouldBe(rises);

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    public void Judge_AnAudienceOfLessThanADayHasNoUsual(int history, bool rises) =>
        TrendJudge.Judge(Evidence([20, 15, 15], history: history), Rules).Rising.ShouldBe(rises);

    [Theory]
    [InlineData(new[] { 10, 10, 10 }, 30)]
    [InlineData(new[] { 10_000, 10, 10 }, 30)]
    [InlineData(new[] { 10_000, 1, 1 }, 3)]
    [InlineData(new[] { 10_000, 5_000 }, 0)]
    [InlineData(new[] { 10_000 }, 0)]
    [InlineData(new int[0], 0)]
    [InlineData(new[] { 4, 3, 2, 1 }, 9)]
    [InlineData(new[] { 1, 1, 1, 1, 1, 1 }, 6)]
    public void Counted_IsWhatNoCreatorHasMoreThanAThirdOf(int[] byCreator, double counted) =>
        TrendJudge.Counted([.. byCreator], 1.0 / 3).ShouldBe(counted, 1e-6);

    [Fact]
    public void Counted_IsTheLargestSuchPart() => Gen.Int[1, 500].Array[1, 12].Sample(viewers =>
    {
        ImmutableArray<int> byCreator = [.. viewers.OrderDescending()];
        var counted = TrendJudge.Counted(byCreator, Rules.CreatorShare);

        byCreator.Sum(of => Math.Min(of, Rules.CreatorShare * counted)).ShouldBe(counted, 1e-6, "it is made of what it takes of each");
        counted.ShouldBeLessThanOrEqualTo(byCreator.Sum());
        var more = counted + 1;
        byCreator.Sum(of => Math.Min(of, Rules.CreatorShare * more)).ShouldBeLessThan(more, "and of no more would that be true");
    });

    [Fact]
    public void Lift_IsNeverBelowOneNorAboveTheCap() => Gen.Select(Gen.Int[0, 100_000].Array[0, 20], Gen.Int[0, 50_000], Gen.Int[0, 192], Gen.Int[0, 6]).Sample((viewers, usual, history, level) =>
    {
        var verdict = TrendJudge.Judge(Evidence([.. viewers.OrderDescending()], usual, history, 1 << level), Rules);

        verdict.Lift.ShouldBeInRange(1, Rules.Cap);
        verdict.Chance.ShouldBeInRange(0, 1);
        if (!verdict.Rising) verdict.Lift.ShouldBe(1);
    });

    [Fact]
    public void Chance_BoundsTheTailOfTheCounts()
    {
        // The exact tail of the negative binomial, summed.
        const double shape = 8, share = 0.05;
        for (var least = 1; least < 30; least++)
        {
            var tail = 1.0;
            var mass = Math.Pow(1 - share, shape);
            for (var count = 0; count < least; count++)
            {
                tail -= mass;
                mass *= (count + shape) / (count + 1) * share;
            }
            TrendJudge.ChanceOfAtLeast(least, shape, share).ShouldBeGreaterThanOrEqualTo(tail - 1e-12);
        }
    }

    [Fact]
    public void Judge_AlarmsFalselyNoMoreOftenThanStated()
    {
        // Steady topics of every size, each judged once: their rate is unknown to the judge, and Poisson.
        const int topics = 40_000;
        var chance = new Chance(20261124).For("false alarms");
        var alarms = 0;
        for (var topic = 0; topic < topics; topic++)
        {
            var key = chance.For(topic);
            var share = Rules.PriorShare * key.For("share").Exponential(4);
            var usual = Poisson(28_000 * share, key.For("usual"));
            var recent = Poisson(1_000 * share, key.For("recent"));
            ImmutableArray<int> byCreator = [.. Enumerable.Repeat(1, recent)];
            if (TrendJudge.Judge(new TrendEvidence(byCreator, usual, 1_000, 28_000, 192, 1), Rules with { LeastViewers = 1, LeastCreators = 1 }).Rising) alarms++;
        }

        alarms.ShouldBeLessThanOrEqualTo((int)(topics * Rules.FalseAlarmRate));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(3_000)]
    public void Judge_LookingEveryHourForAWeekAThousandSteadyTopicsStayQuiet(int viewsAnHour)
    {
        // Shares by Zipf's law, nights of a fifth of the evenings; alarms on a topic in successive hours are one alarm.
        const int topics = 1_000, hours = 168 + 6 + 168;
        var rules = Rules with { LeastViewers = 1, LeastCreators = 1 };
        var zipf = Enumerable.Range(1, topics).Sum(place => 1.0 / place);
        var chance = new Chance(20261124).For(viewsAnHour);
        var counts = new int[topics, hours];
        var traffic = new long[hours];
        for (var hour = 0; hour < hours; hour++)
            for (var topic = 0; topic < topics; topic++)
                traffic[hour] += counts[topic, hour] = Poisson(viewsAnHour * (1 + (0.67 * Math.Sin(hour * Math.PI / 12))) / (topic + 1) / zipf, chance.For(topic).For(hour));

        var alarms = 0;
        for (var topic = 0; topic < topics; topic++)
        {
            var before = false;
            for (var now = 173; now < hours; now++)
            {
                var (recent, usual, recentTraffic, usualTraffic) = (0, 0, 0L, 0L);
                for (var hour = now - 5; hour <= now; hour++) (recent, recentTraffic) = (recent + counts[topic, hour], recentTraffic + traffic[hour]);
                for (var hour = now - 173; hour < now - 5; hour++) (usual, usualTraffic) = (usual + counts[topic, hour], usualTraffic + traffic[hour]);
                var rising = TrendJudge.Judge(new TrendEvidence([.. Enumerable.Repeat(1, recent)], usual, recentTraffic, usualTraffic, 192, 1), rules).Rising;
                if (rising && !before) alarms++;
                before = rising;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{alarms} false alarms of {topics} topics in a week at {viewsAnHour} views an hour");
        alarms.ShouldBeLessThanOrEqualTo((int)(topics * 168 * Rules.FalseAlarmRate), "the bound holds for every single look");
    }

    private static int Poisson(double mean, Chance chance)
    {
        if (mean > 200) return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * chance.Normal())));
        var (limit, product, count) = (Math.Exp(-mean), 1.0, -1);
        do product *= chance.For(++count).Unit();
        while (product > limit);
        return count;
    }
}
