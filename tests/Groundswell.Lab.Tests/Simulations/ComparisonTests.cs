using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Tests.Simulations;

public class ComparisonTests
{
    [Fact]
    public void Of_PairsWorldsBySeed()
    {
        var compared = Compare([Results.Of(1, 0.1), Results.Of(2, 0.5), Results.Of(3, 0.9)], [Results.Of(3, 0.96), Results.Of(1, 0.12), Results.Of(2, 0.54)]);

        compared.First.ShouldBe(0.5, 1e-9);
        compared.Second.ShouldBe(0.54, 1e-9);
        compared.Difference.ShouldBe(0.04, 1e-9);
        // Differences 0.02, 0.04, 0.06: deviation 0.02. Unpaired, the interval would be nine times as wide as the difference.
        compared.Error.ShouldNotBeNull().ShouldBe(4.3027 * 0.02 / Math.Sqrt(3), 1e-9);
        compared.SecondIsBetter.ShouldBeNull("0.04 ± 0.05");
    }

    [Fact]
    public void SecondIsBetter_FollowsTheFiguresGoodSide()
    {
        SimulationResult[] first = [Results.Of(1, 0.25, 0.25), Results.Of(2, 0.5, 0.5)], second = [Results.Of(1, 0.5, 0.5), Results.Of(2, 0.75, 0.75)];

        var comparison = Comparison.Of(first, second);
        // Equal differences: an interval of no width.
        comparison.Figures.ShouldAllBe(figure => figure.Error == 0 || figure.Difference == 0);
        comparison["top_reached"].ShouldNotBeNull().SecondIsBetter.ShouldBe(true);
        comparison["exit_rate"].ShouldNotBeNull().SecondIsBetter.ShouldBe(false);
    }

    [Fact]
    public void Of_TheSameTwice_IsNotClear() => Compare([Results.Of(1, 0.25), Results.Of(2, 0.5)], [Results.Of(1, 0.25), Results.Of(2, 0.5)]).IsClear.ShouldBeFalse();

    [Fact]
    public void Of_OneWorld_HasADifferenceAndNoInterval()
    {
        var compared = Compare([Results.Of(1, 0.25)], [Results.Of(1, 0.75)]);
        (compared.Difference, compared.Error, compared.IsClear).ShouldBe((0.5, null, false));
    }

    [Fact]
    public void Of_TakesThePairsThatKnowAFigure()
    {
        var compared = Compare([Results.Of(1, 0.25), Results.Of(2), Results.Of(3, 1)], [Results.Of(1, 0.5), Results.Of(2, 1), Results.Of(3)]);
        (compared.First, compared.Second, compared.Difference, compared.Error).ShouldBe((0.25, 0.5, 0.25, null));
    }

    [Fact]
    public void Of_LeavesOutWhatNoPairKnows() => Comparison.Of([Results.Of(1)], [Results.Of(1, 1)])["top_reached"].ShouldBeNull();

    [Fact]
    public void Of_RefusesOtherSeeds() => Should.Throw<ArgumentException>(() => Comparison.Of([Results.Of(1)], [Results.Of(2)]));

    private static ComparedFigure Compare(SimulationResult[] first, SimulationResult[] second) => Comparison.Of(first, second)["top_reached"].ShouldNotBeNull();
}
