namespace Groundswell.Lab.Simulations.Measuring;

/// <summary>Measures of how numbers are spread and how two lists of them agree.</summary>
internal static class Spread
{
    /// <summary>Gini coefficient of non-negative amounts, in any order: 0 all alike, towards 1 all to one; null where there is nothing to share.</summary>
    public static double? Gini(double[] amounts)
    {
        double[] sorted = [.. amounts.Order()];
        var (sum, weighted) = (0.0, 0.0);
        for (var i = 0; i < sorted.Length; i++)
        {
            sum += sorted[i];
            weighted += (i + 1) * sorted[i];
        }
        return sum <= 0 ? null : (2 * weighted / (sorted.Length * sum)) - ((sorted.Length + 1.0) / sorted.Length);
    }

    /// <summary>The quantile of ascending numbers, linear between two; null for none.</summary>
    public static double? Quantile(double[] sorted, double quantile)
    {
        if (sorted.Length == 0) return null;
        var place = quantile * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>Spearman's rank correlation, ties at their mean rank; null for fewer than three pairs and where one list is all ties.</summary>
    public static double? RankCorrelation(double[] left, double[] right)
    {
        if (left.Length < 3) return null;
        var (a, b) = (Ranks(left), Ranks(right));
        var mean = (left.Length + 1) / 2.0;
        var (product, squaresA, squaresB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            product += (a[i] - mean) * (b[i] - mean);
            squaresA += (a[i] - mean) * (a[i] - mean);
            squaresB += (b[i] - mean) * (b[i] - mean);
        }
        return squaresA <= 0 || squaresB <= 0 ? null : product / Math.Sqrt(squaresA * squaresB);
    }

    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        var ranks = new double[values.Length];
        for (var from = 0; from < order.Length;)
        {
            var to = from;
            while (to + 1 < order.Length && values[order[to + 1]] == values[order[from]]) to++;
            for (var i = from; i <= to; i++) ranks[order[i]] = ((from + to) / 2.0) + 1;
            from = to + 1;
        }
        return ranks;
    }
}
