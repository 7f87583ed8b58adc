using Groundswell.Core.Chances;

namespace Groundswell.Demo.People;

/// <summary>Distributions that the people need beyond <see cref="Chance"/>'s own.</summary>
internal static class Draws
{
    /// <summary>Poisson by inversion; meant for means below about 20.</summary>
    public static int Poisson(double mean, Chance chance)
    {
        var left = chance.Unit();
        var probability = Math.Exp(-mean);
        var count = 0;
        while (left >= probability && count < 100)
        {
            left -= probability;
            probability *= mean / ++count;
        }
        return count;
    }

    /// <summary>The index of a weight, with probability in proportion to it.</summary>
    public static int Weighted(IReadOnlyList<double> weights, Chance chance)
    {
        var left = chance.Unit() * weights.Sum();
        for (var i = 0; i < weights.Count; i++)
            if ((left -= weights[i]) < 0) return i;
        return weights.Count - 1;
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
