using CsCheck;
using Groundswell.Core.Audience;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

public class ScoreTests
{
    /// <summary>
    /// By hand: weight = k + n; mean = (k·m₀ + S) / weight; variance of a view = (k·(v + (m₀ − mean)²) + Σ(x − mean)²) / weight;
    /// deviation = √(variance / (weight + 1)).
    /// </summary>
    [Theory]
    [InlineData(0, 0, 4, 16, 10, 4, 1.206045)]     // the prior alone: √(16 / 11)
    [InlineData(10, 8, 4, 16, 10, 6, 0.755929)]    // half way: (10·(16 + 4) + 10·4) / 20 = 12; √(12 / 21)
    [InlineData(30, 0, 4, 16, 10, 1, 0.413197)]    // (10·(16 + 9) + 30·1) / 40 = 7; √(7 / 41)
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

    /// <summary>
    /// Where a view earns 8 points or none, the posterior is a beta law, known exactly: after 1 of 4 views completed and a prior
    /// of 4 views at a quarter, Beta(2, 6), whose upper half holds P(Bin(7, ½) ≤ 1) = 8 / 128; and so on. Its normal
    /// approximation would say 0.042 there.
    /// </summary>
    [Theory]
    [InlineData(4, 1, 0.5, 0.0625)]
    [InlineData(4, 4, 0.5, 0.7734375)]         // Beta(5, 3): P(Bin(7, ½) ≤ 4) = 99 / 128
    [InlineData(12, 1, 0.5, 0.00048828125)]    // Beta(2, 14): P(Bin(15, ½) ≤ 1) = 16 / 32768
    public void ProbabilityAbove_IsNearTheExactLawWhileViewsAreFew(int views, int completed, double rate, double exact)
    {
        var prior = new ScorePrior(2, 12, 4, Third: (0.25 * 216) - (0.75 * 8));

        ScorePosterior.Of(Given.Completed(views, completed), prior).ProbabilityAbove(8 * rate).ShouldBe(exact, 0.015);
    }

    [Fact]
    public void Of_KnowsTheAnswerOfASmallAudienceThatWasAskedWhole()
    {
        var prior = new ScorePrior(4, 30, 10);
        var asked = Given.Completed(20, 15);

        ScorePosterior.Of(asked, prior, audience: 20).ShouldBe(new ScorePosterior(6, 0, 20));
        var half = ScorePosterior.Of(asked, prior, audience: 40);
        half.Deviation.ShouldBeLessThan(0.85 * ScorePosterior.Of(asked, prior).Deviation);
        half.Mean.ShouldBeInRange(ScorePosterior.Of(asked, prior).Mean, 6);
        ScorePosterior.Of(asked, prior, audience: 1_000_000).Mean.ShouldBe(ScorePosterior.Of(asked, prior).Mean, 1e-3);
    }

    [Fact]
    public void Of_StaysALawWhateverTheViewsWere() =>
        Gen.Select(Gen.Int[0, 30].Array[0, 80], Gen.Double[0, 12], Gen.Double[0.1, 60], Gen.Int[0, 200], Gen.Double[0, 30]).Sample((points, mean, weight, audience, gate) =>
        {
            var score = ScorePosterior.Of(points.Aggregate(default(EvidenceTotals), (sum, p) => sum + Given.Views(1, p)), new ScorePrior(mean, 30, weight, 100), audience);

            score.Mean.ShouldBeInRange(0, 30);
            double.IsFinite(score.Deviation).ShouldBeTrue();
            score.ProbabilityAbove(gate).ShouldBeInRange(0, 1);
            score.Interval.Low.ShouldBeLessThanOrEqualTo(score.Interval.High);
        }, iter: 1000);

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
            ScorePosterior.Of(Given.Completed(100, completing), prior).ProbabilityAbove(4)).ToArray();

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
        ScorePosterior.Of(points.Aggregate(default(EvidenceTotals), (sum, p) => sum + Given.Views(1, p)), prior);
}
