namespace Groundswell.Lab.Simulations.Audience;

/// <summary>The standard normal distribution.</summary>
internal static class Probit
{
    /// <summary>Φ by Abramowitz and Stegun 26.2.17; absolute error under 7.5e-8.</summary>
    public static double Cdf(double z)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        var polynomial = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        var tail = Math.Exp(-z * z / 2) * 0.3989422804014327 * polynomial;
        return z >= 0 ? 1 - tail : tail;
    }

    /// <summary>Φ⁻¹ of a probability in (0, 1), by bisection: it is asked a few times a run.</summary>
    public static double Quantile(double probability)
    {
        var (low, high) = (-9.0, 9.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (Cdf(middle) < probability) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
