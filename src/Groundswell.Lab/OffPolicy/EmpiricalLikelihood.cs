namespace Groundswell.Lab.OffPolicy;

/// <summary>
/// 95 % intervals by empirical likelihood (Owen, "Empirical likelihood ratio confidence intervals for a single functional",
/// 1988; for policies: Karampatziakis, Langford and Mineiro, 2020). A value is inside unless the rows would have to be
/// reweighted by more than chance to have it. Rare rewards with uneven weights are skewed, and a value plus and minus two
/// standard errors misses nearly always on one side; this follows the skew. It is no wider than the rows reach: where they
/// are all alike, it is a point.
/// </summary>
internal static class EmpiricalLikelihood
{
    /// <summary>The 95 % quantile of chi-square with one degree of freedom (Wilks, 1938).</summary>
    private const double Bound = 3.841459;

    /// <summary>How closely an end is found, in standard errors.</summary>
    private const double Precision = 1e-4;

    /// <summary>The values v that Σ (above − v · below) = 0 is not refuted for.</summary>
    /// <param name="value">The v that solves it.</param>
    /// <param name="error">Its standard error: where the search begins.</param>
    public static (double Low, double High) Interval(ReadOnlySpan<double> above, ReadOnlySpan<double> below, double value, double error)
    {
        // What rounding leaves of rows that are all alike is no error.
        if (error <= 1e-12 * Math.Abs(value)) return (value, value);
        var rests = new double[above.Length];
        return (End(above, below, rests, value, -error), End(above, below, rests, value, error));
    }

    private static double End(ReadOnlySpan<double> above, ReadOnlySpan<double> below, double[] rests, double value, double step)
    {
        var (inside, outside) = (value, value + (2 * step));
        while (Statistic(above, below, outside, rests) < Bound) (inside, outside) = (outside, outside + step);
        while (Math.Abs(outside - inside) > Precision * Math.Abs(step))
        {
            var middle = (inside + outside) / 2;
            if (Statistic(above, below, middle, rests) < Bound) inside = middle;
            else outside = middle;
        }
        return (inside + outside) / 2;
    }

    /// <summary>Twice the log of how much likelier the rows are as they are than reweighted to have the value.</summary>
    private static double Statistic(ReadOnlySpan<double> above, ReadOnlySpan<double> below, double value, double[] rests)
    {
        var (least, most) = (0.0, 0.0);
        for (var i = 0; i < rests.Length; i++)
        {
            rests[i] = above[i] - (value * below[i]);
            least = Math.Min(least, rests[i]);
            most = Math.Max(most, rests[i]);
        }
        if (least == 0 || most == 0) return double.PositiveInfinity;
        var tilt = Tilt(rests, -1 / most, -1 / least);
        var sum = 0.0;
        foreach (var rest in rests) sum += Math.Log(1 + (tilt * rest));
        return 2 * sum;
    }

    /// <summary>The t with Σ rest / (1 + t · rest) = 0, by Newton's steps; halves the bracket where one leads out of it.</summary>
    private static double Tilt(double[] rests, double low, double high)
    {
        var tilt = 0.0;
        for (var step = 0; step < 100; step++)
        {
            var (slope, curve) = (0.0, 0.0);
            foreach (var rest in rests)
            {
                var part = rest / (1 + (tilt * rest));
                slope += part;
                curve += part * part;
            }
            if (slope > 0) low = tilt;
            else high = tilt;
            var next = tilt + (slope / curve);
            if (!(next > low && next < high)) next = (low + high) / 2;
            var moved = Math.Abs(next - tilt);
            tilt = next;
            if (moved <= 1e-9 * Math.Abs(tilt)) break;
        }
        return tilt;
    }
}
