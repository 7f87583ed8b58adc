namespace Groundswell.Core.Audience;

/// <summary>
/// Which of the new clusters are old ones: the pairing of old and new centroids with the least sum of distances (the
/// Hungarian method in its O(n³) form; Kuhn, 1955, and Jonker and Volgenant, 1987), of which only pairs within a bound count.
/// </summary>
public static class ClusterIdentity
{
    /// <summary>For each new centroid the index of the old one that it goes on from, or null: then it is a cluster of its own.</summary>
    /// <param name="sameWithin">Bound on the angle between the two, in degrees.</param>
    public static int?[] Match(IReadOnlyList<float[]> old, IReadOnlyList<float[]> fresh, double sameWithin)
    {
        if (fresh.Count == 0) return [];
        var size = Math.Max(old.Count, fresh.Count);
        var cost = new double[size, size];
        for (var row = 0; row < size; row++)
            for (var column = 0; column < size; column++)
                cost[row, column] = row < fresh.Count && column < old.Count ? Bounded(Angle(fresh[row], old[column])) : Apart;
        var paired = Assign(cost, size);
        return [.. fresh.Select((_, row) => cost[row, paired[row]] < Apart ? paired[row] : (int?)null)];

        // All pairs beyond the bound cost the same, so that none of them pulls an id away from a pair within it.
        double Bounded(double angle) => angle < sameWithin ? angle : Apart;
    }

    private const double Apart = 1000;

    /// <summary>The angle between two unit vectors, in degrees.</summary>
    public static double Angle(ReadOnlySpan<float> left, ReadOnlySpan<float> right) =>
        Math.Acos(Math.Clamp(TastePoint.Dot(left, right), -1, 1)) * 180 / Math.PI;

    /// <summary>For each row its column in the cheapest assignment: rows are added one by one along shortest augmenting paths.</summary>
    private static int[] Assign(double[,] cost, int size)
    {
        var (rowPrice, columnPrice) = (new double[size + 1], new double[size + 1]);
        var (rowOf, before) = (new int[size + 1], new int[size + 1]);
        for (var row = 1; row <= size; row++)
        {
            rowOf[0] = row;
            var column = 0;
            var slack = new double[size + 1];
            Array.Fill(slack, double.PositiveInfinity);
            var settled = new bool[size + 1];
            do
            {
                column = Settle(column, slack, settled);
            }
            while (rowOf[column] != 0);
            for (; column != 0; column = before[column]) rowOf[column] = rowOf[before[column]];
        }
        var columnOf = new int[size];
        for (var column = 1; column <= size; column++) columnOf[rowOf[column] - 1] = column - 1;
        return columnOf;

        // Settles a column and gives the nearest of those that are left; the prices keep reduced costs from falling below 0.
        int Settle(int column, double[] slack, bool[] settled)
        {
            settled[column] = true;
            var (row, nearest, least) = (rowOf[column], 0, double.PositiveInfinity);
            for (var next = 1; next <= size; next++)
            {
                if (settled[next]) continue;
                var reduced = cost[row - 1, next - 1] - rowPrice[row] - columnPrice[next];
                if (reduced < slack[next]) (slack[next], before[next]) = (reduced, column);
                if (slack[next] < least) (least, nearest) = (slack[next], next);
            }
            for (var next = 0; next <= size; next++)
            {
                if (!settled[next]) slack[next] -= least;
                else (rowPrice[rowOf[next]], columnPrice[next]) = (rowPrice[rowOf[next]] + least, columnPrice[next] - least);
            }
            return nearest;
        }
    }
}
