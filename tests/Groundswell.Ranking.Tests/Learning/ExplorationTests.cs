using CsCheck;
using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Tests.Learning;

public class ExplorationTests
{
    /// <summary>By so much the published pieces fall back where one ends and the next begins.</summary>
    private const double Seam = 0.08;

    [Fact]
    public void TheMoreMayStillSeeAVideo_TheMoreFindingOutIsWorth() =>
        Gen.Select(Gen.Double[0.001, 2], Gen.Double[0.001, 0.25], Gen.Double[0, 1e6], Gen.Double[0, 1e6]).Sample((variance, information, left, right) =>
        {
            var (few, many) = (Math.Min(left, right), Math.Max(left, right));
            Exploration.Deviations(variance, information, few).ShouldBeLessThanOrEqualTo(Exploration.Deviations(variance, information, many) + Seam);
        });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-5, 0)]
    [InlineData(0.08, 0.2)]
    [InlineData(100, 1.94)]
    public void Deviations_AreThePublishedOnes(double s, double deviations) =>
        Exploration.Deviations(variance: 1, information: 1, viewsToCome: s).ShouldBe(deviations, 0.005);
}
