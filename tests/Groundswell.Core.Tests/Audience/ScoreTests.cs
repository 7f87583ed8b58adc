using CsCheck;
using Groundswell.Core.Audience;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

public class ScoreTests
{
    /// <summary>
    /// By hand: weight = k + n; mean = (k·m₀ + S) / weight; variance of a view = (k·(v + (m₀ − mean)²) + Σ(x − mean)²) / weight;
    /// deviation = √(variance / weight).
    /// </summary>
    [Theory]
    [InlineData(0, 0, 4, 16, 10, 4, 1.264911)]     // the prior alone: √(16 / 10)
    [InlineData(10, 8, 4, 16, 10, 6, 0.774597)]    // half way: (10·(16 + 4) + 10·4) / 20 = 12; √(12 / 20)
    [InlineData(30, 0, 4, 16, 10, 1, 0.418330)]    // (10·(16 + 9) + 30·1) / 40 = 7; √(7 / 40)
    public void Of_PoolsPriorAndViews(int views, double each, double priorMean, double priorVariance, double pseudoViews, double mean, double deviation)
    {
        var score = ScorePosterior.Of(Given.Views(views, each), new ScorePrior(priorMean, priorVariance, pseudoViews));

        score.Mean.ShouldBe(mean, 1e-9);
        score.Deviation.ShouldBe(deviation, 1e-6);
        score.Views.ShouldBe(views);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447461)]
    [InlineData(-1, 0.1586552539)]
    [InlineData(1.2815515655, 0.9)]
    [InlineData(1.96, 0.9750021049)]
    [InlineData(-3, 0.0013498980)]
    [InlineData(8, 1)]
    public void ProbabilityAbove_IsTheNormalDistribution(double z, double probability) =>
        new ScorePosterior(z, 1, 1).ProbabilityAbove(0).ShouldBe(probability, 1e-7);

    [Fact]
    public void ProbabilityAbove_IsCertainWithoutDeviation()
    {
        new ScorePosterior(5, 0, 1).ProbabilityAbove(4).ShouldBe(1);
        new ScorePosterior(4, 0, 1).ProbabilityAbove(4).ShouldBe(0);
    }

    [Fact]
    public void Of_FewViewsAreHeldByThePriorAndManyAreNot()
    {
        var prior = new ScorePrior(4, 30, 50);
        var means = new[] { 1, 10, 50, 1000 }.Select(views => ScorePosterior.Of(Given.Views(views, 18), prior).Mean).ToArray();

        means.ShouldBe([4 + (14.0 / 51), 4 + (140.0 / 60), 11, 4 + (14_000.0 / 1050)], 1e-9);
    }

    [Fact]
    public void Of_MorePointsOverTheSameViewsNeverLowerTheScore() =>
        Gen.Select(Gen.Int[0, 30].Array[1, 60], Gen.Int[0, 59]).Sample((points, which) =>
        {
            var prior = new ScorePrior(4, 30, 10);
            var better = points.ToArray();
            better[which % better.Length] = 30;
            Totals(better, prior).Mean.ShouldBeGreaterThanOrEqualTo(Totals(points, prior).Mean);
        }, iter: 500);

    [Fact]
    public void ProbabilityAbove_RisesWithEveryEqualGain() =>
        Gen.Select(Gen.Int[1, 300], Gen.Double[0, 29], Gen.Double[0, 1], Gen.Double[0, 20]).Sample((views, each, gain, gate) =>
        {
            var before = new ScorePosterior(each, 1, views).ProbabilityAbove(gate);
            new ScorePosterior(each + gain, 1, views).ProbabilityAbove(gate).ShouldBeGreaterThanOrEqualTo(before - 1e-7);
        }, iter: 500);

    [Fact]
    public void ProbabilityAbove_RisesWithTheShareOfViewersWhoComplete()
    {
        var prior = new ScorePrior(4, 30, 50);
        var probabilities = Enumerable.Range(0, 101).Select(completing =>
            ScorePosterior.Of(new EvidenceTotals(100, 100, completing * 8, completing * 64), prior).ProbabilityAbove(4)).ToArray();

        probabilities.ShouldBe(probabilities.Order());
        probabilities[0].ShouldBeLessThan(0.01);
        probabilities[^1].ShouldBeGreaterThan(0.99);
    }

    [Fact]
    public void With_WeighsTwoBeliefsByTheirViews()
    {
        new ScorePrior(4, 30, 10).With(10, 5).ShouldBe(new ScorePrior(6, 30, 15));
        new ScorePrior(4, 30, 10).With(10, 0).ShouldBe(new ScorePrior(4, 30, 10));
    }

    private static ScorePosterior Totals(int[] points, ScorePrior prior) =>
        ScorePosterior.Of(new EvidenceTotals(points.Length, points.Length, points.Sum(), points.Sum(p => (double)p * p)), prior);
}
