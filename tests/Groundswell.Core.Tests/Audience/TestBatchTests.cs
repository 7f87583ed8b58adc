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
}
