using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Tests.Simulations;

public class StudentTTests
{
    /// <summary>Against the printed tables of the 97.5 % quantile.</summary>
    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(2, 4.303)]
    [InlineData(9, 2.262)]
    [InlineData(19, 2.093)]
    [InlineData(30, 2.042)]
    [InlineData(31, 2.040)]
    [InlineData(40, 2.021)]
    [InlineData(60, 2.000)]
    [InlineData(120, 1.980)]
    [InlineData(100_000, 1.960)]
    public void Quantile_IsThatOfTheTables(int freedom, double quantile) => StudentT.Quantile(freedom).ShouldBe(quantile, 0.001);

    /// <summary>Mean 5, variance 20/3 with three degrees of freedom.</summary>
    [Fact]
    public void HalfInterval_IsTheQuantileTimesTheStandardError() =>
        StudentT.HalfInterval([2, 4, 6, 8]).ShouldNotBeNull().ShouldBe(3.1824 * Math.Sqrt(20.0 / 3 / 4), 1e-9);

    [Fact]
    public void HalfInterval_OfEqualValuesIsZero() => StudentT.HalfInterval([3, 3, 3]).ShouldBe(0);

    [Theory]
    [InlineData]
    [InlineData(3.0)]
    public void HalfInterval_OfFewerThanTwoValuesIsNotKnown(params double[] values) => StudentT.HalfInterval(values).ShouldBeNull();
}
