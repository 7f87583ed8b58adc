using Groundswell.Core.Audience;

namespace Groundswell.Core.Tests.Audience;

public class TestBatchTests
{
    private static readonly TestBatchRules Rules = new();

    [Theory]
    [InlineData(0, 12)]
    [InlineData(1, 12)]
    [InlineData(600, 12)]
    [InlineData(649, 12)]
    [InlineData(650, 13)]
    [InlineData(5_000, 100)]
    [InlineData(15_000, 300)]
    [InlineData(50_000_000, 300)]
    public void Size_IsTwoPercentOfTheAudienceBetweenTwelveAndThreeHundred(int weeklyViewers, int size) =>
        TestBatch.Size(weeklyViewers, Rules).ShouldBe(size);

    [Theory]
    [InlineData("an empty panel takes anyone", 0, 0, 0, false, 0, true)]
    [InlineData("a cohort up to its sixth", 30, 9, 0, false, 0, true)]
    [InlineData("not beyond it", 30, 10, 0, false, 0, false)]
    [InlineData("another cohort still", 30, 0, 0, false, 0, true)]
    [InlineData("a batch extended takes anyone", 60, 30, 0, false, 0, true)]
    [InlineData("followers up to a quarter", 30, 5, 14, true, 0, true)]
    [InlineData("and not beyond it", 30, 5, 15, true, 0, false)]
    [InlineData("a batch extended takes no more of them either", 60, 5, 15, true, 0, false)]
    [InlineData("others still", 30, 5, 15, false, 0, true)]
    [InlineData("half of it after half of the patience", 30, 29, 0, false, 6, true)]
    [InlineData("but no more", 30, 30, 0, false, 6, false)]
    [InlineData("all of it at the end of the patience", 59, 59, 0, false, 12, true)]
    [InlineData("patience takes no more followers", 30, 5, 15, true, 24, false)]
    public void Admits_SpreadsThePanelOverCohorts(string who, int shown, int ofCohort, int followerViews, bool follows, int hoursWaited, bool admitted) =>
        TestBatch.Admits(shown, ofCohort, followerViews, follows, size: 60, TimeSpan.FromHours(hoursWaited), Rules).ShouldBe(admitted, who);

    [Fact]
    public void Admits_LetsAnAudienceOfOneCohortFillItsBatchWithinTheDay()
    {
        var shown = 0;
        for (var hour = 0; hour < 24; hour++)
            while (shown < 12 && TestBatch.Admits(shown, shown, 0, false, 12, TimeSpan.FromHours(hour), Rules)) shown++;

        shown.ShouldBe(12);
    }
}
