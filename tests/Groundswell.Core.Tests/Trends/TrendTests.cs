using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Trends;

namespace Groundswell.Core.Tests.Trends;

public class TrendTests
{
    private static readonly TrendRules Rules = TrendRules.Default;

    [Fact]
    public void Lift_OneAccountsFloodMakesNoTrend()
    {
        var trend = Steady(30);
        var before = trend.Viewers.Count;
        for (var i = 0; i < 500; i++) trend = trend.Watched(Given.Viewer(9999), new CreatorId(i), Given.Now.AddSeconds(i), Rules);

        trend.Viewers.Count.ShouldBeLessThanOrEqualTo(before + 1);
        trend.Lift(Given.Now.AddMinutes(10), Rules).ShouldBe(1);
    }

    [Theory]
    [InlineData(2, 100, false)]
    [InlineData(3, 100, true)]
    [InlineData(100, 11, false)]
    [InlineData(100, 12, true)]
    public void Lift_NeedsDistinctCreatorsAndViewers(int creators, int viewers, bool rises) =>
        (Burst(Trend.New("tag", Given.Now.AddDays(-30)), creators, viewers).Lift(Given.Now.AddHours(1), Rules) > 1).ShouldBe(rises);

    [Fact]
    public void Lift_ARealBurstRisesToItsCapAndGoesAgain()
    {
        var burst = Burst(Steady(30), 20, 2_000);

        burst.Lift(Given.Now.AddHours(1), Rules).ShouldBeInRange(1.1, Rules.Cap);
        Burst(Trend.New("tag", Given.Now.AddDays(-60)), 50, 5_000).Lift(Given.Now.AddHours(1), Rules).ShouldBe(Rules.Cap);
        burst.Lift(Given.Now.AddDays(4), Rules).ShouldBe(1);
        burst.Rates(Given.Now.AddHours(1), Rules).Recent.ShouldBeGreaterThan(burst.Rates(Given.Now.AddHours(1), Rules).Usual);
    }

    [Fact]
    public void Lift_OneViewerADayNeverMakesATrend()
    {
        var trend = Steady(30);

        trend.Viewers.Count.ShouldBeLessThan(12, "those of other days are forgotten");
        for (var hour = 0; hour < 48; hour++) trend.Lift(Given.Now.AddHours(hour), Rules).ShouldBe(1);
    }

    [Fact]
    public void Json_GivesBackTheTrend()
    {
        var trend = Burst(Steady(5), 4, 20);
        Given.Json(Given.Through(trend)).ShouldBe(Given.Json(trend));
    }

    /// <summary>One viewer of another creator a day, up to now.</summary>
    private static Trend Steady(int days) => Enumerable.Range(0, days).Aggregate(
        Trend.New("tag", Given.Now.AddDays(-days)),
        (trend, day) => trend.Watched(Given.Viewer(day), new CreatorId(day), Given.Now.AddDays(day + 1 - days), Rules));

    private static Trend Burst(Trend trend, int creators, int viewers) => Enumerable.Range(0, viewers).Aggregate(
        trend, (all, i) => all.Watched(Given.Viewer(500 + i), new CreatorId(500 + (i % creators)), Given.Now.AddSeconds(i % 3_600), Rules));
}
