using Groundswell.Core.Chances;

namespace Groundswell.Lab.Simulations.Audience;

/// <summary>Distributions that the world needs beyond <see cref="Chance"/>'s own.</summary>
internal static class Draws
{
    /// <summary>Poisson by inversion; by the normal limit above a mean of 30.</summary>
    public static int Poisson(double mean, Chance chance)
    {
        if (mean > 30) return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * chance.Normal())));
        var left = chance.Unit();
        var probability = Math.Exp(-mean);
        var count = 0;
        while (left >= probability && count < 200)
        {
            left -= probability;
            probability *= mean / ++count;
        }
        return count;
    }

    /// <summary>Log-normal of mean 1 with a given standard deviation.</summary>
    public static double Skewed(double deviation, Chance chance)
    {
        var variance = Math.Log(1 + (deviation * deviation));
        return Math.Exp((Math.Sqrt(variance) * chance.Normal()) - (variance / 2));
    }

    /// <summary>The index of a weight, with probability in proportion to it; weights sum to <paramref name="sum"/>.</summary>
    public static int Weighted(ReadOnlySpan<double> weights, double sum, Chance chance)
    {
        var left = chance.Unit() * sum;
        for (var i = 0; i < weights.Length - 1; i++)
            if ((left -= weights[i]) < 0) return i;
        return weights.Length - 1;
    }
}
