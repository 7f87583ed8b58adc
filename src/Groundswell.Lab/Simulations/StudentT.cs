namespace Groundswell.Lab.Simulations;

/// <summary>Confidence intervals of means of few values.</summary>
public static class StudentT
{
    /// <summary>97.5 % quantiles by degrees of freedom, 1 to 30 (Student, 1908).</summary>
    private static readonly double[] Quantiles =
    [
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448, 2.1314,
        2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
    ];

    /// <summary>Half of the 95 % confidence interval of the mean of independent, about normal values; null for a single one.</summary>
    public static double? HalfInterval(IReadOnlyList<double> values)
    {
        if (values.Count < 2) return null;
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        return Quantile(values.Count - 1) * Math.Sqrt(variance / values.Count);
    }

    /// <summary>The 97.5 % quantile; above 30 degrees of freedom by the first two terms of its expansion (Abramowitz and Stegun, 26.7.5), right to 0.001.</summary>
    internal static double Quantile(int freedom) => freedom <= Quantiles.Length ? Quantiles[freedom - 1] : 1.95996 + (2.37227 / freedom) + (2.8225 / (freedom * (double)freedom));
}
