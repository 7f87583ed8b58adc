using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

/// <summary>Whether groups of taste differ about a video, and how much, is told apart from chance.</summary>
public class TasteSpreadTests
{
    /// <summary>The noise of a view has a variance of 25 here, so a spread of 9 is a third of it.</summary>
    [Theory]
    [InlineData(0, 0, 0.4)]
    [InlineData(1, 0.7, 1.3)]
    [InlineData(9, 7.8, 10.2)]
    public void Variance_IsThatBetweenGroupsWithItsNoiseTakenOff(double between, double least, double most)
    {
        var key = new Chance(3).For("spread");
        var sum = Enumerable.Range(0, 2_000).Select(video => Video(key.For(video), groups: 12, views: 40, between)).Aggregate((left, right) => left + right);

        sum.Variance.ShouldBeInRange(least, most);
    }

    [Fact]
    public void Variance_IsNotMovedByHowNoisyAndHowLongTestsAre()
    {
        var key = new Chance(4).For("spread");
        var sum = Enumerable.Range(0, 4_000)
            .Select(video => Video(key.For(video), groups: 10, views: video % 2 == 0 ? 14 : 90, between: 4, noise: video % 2 == 0 ? 2 : 8))
            .Aggregate((left, right) => left + right);

        sum.Variance.ShouldBeInRange(3.4, 4.6);
    }

    [Fact]
    public void Of_SaysNothingWhereNoiseCannotBeToldFromDifference()
    {
        TasteSpread.Of([]).ShouldBe(default);
        TasteSpread.Of([Given.Views(40, 8)]).ShouldBe(default, "one group");
        TasteSpread.Of([Given.Views(1, 8), Given.Views(1, 0), default]).ShouldBe(default, "one view each");
        default(TasteSpread).Variance.ShouldBe(0);
    }

    private static TasteSpread Video(Chance key, int groups, int views, double between, double noise = 5)
    {
        var totals = new EvidenceTotals[groups];
        for (var view = 0; view < views; view++)
        {
            var group = key.For("who").For(view).Below(groups);
            totals[group] += Given.Views(1, 5 + (Math.Sqrt(between) * key.For("group").For(group).Normal()) + (noise * key.For("noise").For(view).Normal()));
        }
        return TasteSpread.Of(totals);
    }
}
