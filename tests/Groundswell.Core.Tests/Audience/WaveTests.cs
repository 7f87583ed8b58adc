using Groundswell.Core.Audience;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

public class WaveTests
{
    private static readonly WaveRules Rules = WaveRules.Default;

    [Theory]
    [InlineData(1, 300, 1_000_000, 3_000)]
    [InlineData(2, 300, 1_000_000, 9_990)]
    [InlineData(3, 300, 1_000_000, 99_900)]
    [InlineData(4, 300, 1_000_000, null)]
    [InlineData(3, 300, 99_899, null)]
    [InlineData(1, 12, 119, null)]
    [InlineData(1, 12, 120, 120)]
    public void Size_GrowsUntilItWouldBeWiderThanTheAudience(int wave, int batch, int weeklyViewers, int? size) =>
        Wave.Size(wave, batch, weeklyViewers, Rules).ShouldBe(size);

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 1)]
    [InlineData(3, 0.5)]
    [InlineData(6, 0.25)]
    public void Freshness_HalvesInThreeDays(double days, double freshness) =>
        Wave.Freshness(Given.Now, Given.Now.AddDays(days), Rules).ShouldBe(freshness, 1e-12);

    [Theory]
    [InlineData(6.99, false)]
    [InlineData(7, true)]
    public void HasCooled_AtSevenDays(double days, bool cooled) => Wave.HasCooled(Given.Now, Given.Now.AddDays(days), Rules).ShouldBe(cooled);

    [Theory]
    [InlineData(1, DurationBucket.Under7s)]
    [InlineData(6_999, DurationBucket.Under7s)]
    [InlineData(7_000, DurationBucket.Under15s)]
    [InlineData(29_999, DurationBucket.Under30s)]
    [InlineData(59_999, DurationBucket.Under60s)]
    [InlineData(60_000, DurationBucket.Longer)]
    public void Buckets_AreOfOneLength(int durationMs, DurationBucket bucket) => DurationBuckets.Of(durationMs).ShouldBe(bucket);
}
