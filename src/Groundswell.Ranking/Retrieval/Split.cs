using System.Numerics.Tensors;

namespace Groundswell.Ranking.Retrieval;

/// <summary>A full cluster in two halves by k-means with two means (Lloyd, 1982), begun from the two rows that are far apart.</summary>
internal sealed class Split(RowCode code)
{
    private const int Rounds = 8;

    /// <summary>No half is smaller than this share: or alike rows would split off one by one.</summary>
    private const double LeastShare = 0.1;

    public (Cluster Left, Cluster Right, (float[] Left, float[] Right) Centroids) Of(Rows rows)
    {
        var floats = new float[rows.Count * code.Width];
        for (var place = 0; place < rows.Count; place++) code.Read(rows.Of(place), Row(floats, place));
        var goes = Sides(floats, rows.Count);
        var (left, right) = (new Cluster(new Rows(code.Bytes, rows.Count)), new Cluster(new Rows(code.Bytes, rows.Count)));
        for (var place = 0; place < rows.Count; place++)
            if (rows.Items[place] is { } item) (goes[place] ? right : left).Add(item, rows.Of(place));
        return (left.Fitting(), right.Fitting(), (Mean(floats, goes, side: false), Mean(floats, goes, side: true)));
    }

    private bool[] Sides(float[] floats, int count)
    {
        var first = Farthest(floats, count, Row(floats, 0));
        var (left, right) = (Row(floats, first).ToArray(), Row(floats, Farthest(floats, count, Row(floats, first))).ToArray());
        var (goes, lean) = (new bool[count], new float[count]);
        for (var round = 0; round < Rounds; round++)
        {
            Lean(floats, left, right, lean);
            for (var place = 0; place < count; place++) goes[place] = lean[place] > 0;
            if (goes.Count(side => side) is var there && (there < LeastShare * count || there > (1 - LeastShare) * count)) return Halves(lean);
            (left, right) = (Mean(floats, goes, side: false), Mean(floats, goes, side: true));
        }
        return goes;
    }

    /// <summary>How much nearer each row is to the right than to the left.</summary>
    private void Lean(float[] floats, float[] left, float[] right, float[] lean)
    {
        var towards = new float[code.Width];
        TensorPrimitives.Subtract(right, left, towards);
        var middle = (TensorPrimitives.SumOfSquares<float>(right) - TensorPrimitives.SumOfSquares<float>(left)) / 2;
        for (var place = 0; place < lean.Length; place++) lean[place] = TensorPrimitives.Dot(Row(floats, place), towards) - middle;
    }

    /// <summary>Half of them each, by how they lean, where means would leave one side nearly empty; of equals, by their places.</summary>
    private static bool[] Halves(float[] lean)
    {
        var goes = new bool[lean.Length];
        foreach (var place in Enumerable.Range(0, lean.Length).OrderBy(place => lean[place]).ThenBy(place => place).Skip(lean.Length / 2)) goes[place] = true;
        return goes;
    }

    private int Farthest(float[] floats, int count, ReadOnlySpan<float> from)
    {
        var (farthest, most) = (0, -1f);
        for (var place = 0; place < count; place++)
            if (TensorPrimitives.Distance(Row(floats, place), from) is var distance && distance > most) (farthest, most) = (place, distance);
        return farthest;
    }

    private float[] Mean(float[] floats, bool[] goes, bool side)
    {
        var (sum, count) = (new float[code.Width], 0);
        for (var place = 0; place < goes.Length; place++)
        {
            if (goes[place] != side) continue;
            TensorPrimitives.Add(sum, Row(floats, place), sum);
            count++;
        }
        if (count > 0) TensorPrimitives.Divide(sum, count, sum);
        return sum;
    }

    private Span<float> Row(float[] floats, int place) => floats.AsSpan(place * code.Width, code.Width);
}
