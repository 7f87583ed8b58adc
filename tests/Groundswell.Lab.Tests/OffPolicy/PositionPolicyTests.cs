using Groundswell.Core.Chances;
using Groundswell.Lab.OffPolicy;

namespace Groundswell.Lab.Tests.OffPolicy;

public class PositionPolicyTests
{
    [Theory]
    [InlineData(0.5, 0.3, "sum to 0.8, not to 1")]
    [InlineData(0.7, 0.7, "sum to 1.4, not to 1")]
    [InlineData(1.5, -0.5, "is 1.5, not in [0, 1]")]
    [InlineData(double.NaN, 1, "is NaN, not in [0, 1]")]
    public void AMeasureThatIsNoPolicy_IsRefused(double first, double second, string says) =>
        Should.Throw<ArgumentException>(() => new PositionPolicy([(3, 1, first), (3, 2, second)])).Message.ShouldContain(says);

    [Fact]
    public void APositionItDoesNotKnow_IsNamed() =>
        Should.Throw<ArgumentException>(() => new PositionPolicy([(1, 1, 1)]).Probability(2, 1)).Message.ShouldContain("position 2");

    [Fact]
    public void Uniform_IsAlikeOverAllItemsOfTheLog_AtEveryPosition()
    {
        var uniform = PositionPolicy.Uniform([new(1, 7, 0, 0.5), new(2, 8, 0, 0.5)]);
        (uniform.Probability(1, 7), uniform.Probability(1, 8), uniform.Probability(2, 7), uniform.Probability(2, 9)).ShouldBe((0.5, 0.5, 0.5, 0));
    }

    [Fact]
    public void Of_IsTheHarmonicMeanScaled()
    {
        var policy = PositionPolicy.Of([new(1, 1, 0, 0.2), new(1, 1, 0, 0.6), new(1, 2, 0, 0.5)]);
        policy.Probability(1, 1).ShouldBe(0.3 / 0.8, 1e-12);
        policy.Probability(1, 2).ShouldBe(0.5 / 0.8, 1e-12);
    }

    [Fact]
    public void Of_FindsTheMeanOfAPolicyThatChanges_WherePlainMeansDoNot()
    {
        var shop = new Shop(6, 0.1, 1.2, new Chance(11));
        var log = shop.OwnLog(100_000, new Chance(12));
        var policy = PositionPolicy.Of(log);
        double Off(Func<int, double> of) => Enumerable.Range(0, 6).Sum(item => Math.Abs(of(item) - shop.OwnProbability(1, item)));
        var means = Enumerable.Range(0, 6).Select(item => log.Where(choice => (choice.Position, choice.Item) == (1, item)).Average(choice => choice.Propensity)).ToArray();

        var harmonic = Off(item => policy.Probability(1, item));
        harmonic.ShouldBeLessThan(0.02, "seeds 11 and 12");
        harmonic.ShouldBeLessThan(Off(item => means[item] / means.Sum()) / 2, "seeds 11 and 12");
    }

    [Fact]
    public void Unsupported_IsWhatWasNeverLoggedAtItsPosition()
    {
        var policy = new PositionPolicy([(1, 1, 0.75), (1, 2, 0.25), (2, 1, 0.5), (2, 2, 0.5)]);
        policy.Unsupported([new(1, 1, 0, 0.5), new(1, 1, 0, 0.5), new(1, 1, 0, 0.5), new(2, 2, 0, 0.5)]).ShouldBe((0.25 * 0.75) + (0.5 * 0.25), 1e-12);
    }
}
