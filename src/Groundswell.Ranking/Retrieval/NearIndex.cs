using System.Numerics.Tensors;

namespace Groundswell.Ranking.Retrieval;

/// <summary>What can lie in one index at a time, and knows where.</summary>
public abstract class Placed
{
    internal Cluster? Cluster;
    internal int Place;
}

/// <summary>What a search has found. Not the item itself: to put one into a list its type would be looked at, which of a million lies far away in memory.</summary>
public readonly record struct Found(Placed Item);

/// <summary>
/// Approximate nearest neighbours by inner product: an inverted file (Jégou, Douze, Schmid, Product quantization for nearest
/// neighbor search, 2011) whose rows are rounded to a byte a dimension. Clusters split in two when they are full, so there is
/// no training and no moment when the whole is built anew: adding one takes a nearest centroid and a row's copy, removing one
/// takes a single write. One writer, any number of readers, who never wait.
/// </summary>
public sealed class NearIndex
{
    /// <summary>Rows at which a cluster splits: reading so many takes about as long as finding the nearest of a thousand centroids.</summary>
    public const int Fullest = 1024;

    /// <summary>Rows that a search reads at least and at most, as multiples of what it wants; and rows in a row that may bring nothing before it ends: clusters may be small, or empty where all have left.</summary>
    private const int LeastReads = 12, MostReads = 60, Patience = 6 * Fullest;

    private readonly RowCode _code;
    private readonly int _width;
    private Map _map;

    /// <param name="reach">How far each dimension may lie from 0; what is beyond is taken for being there.</param>
    public NearIndex(ReadOnlySpan<float> reach)
    {
        (_width, _code) = (reach.Length, new RowCode(reach));
        _map = new Map([new Cluster(new Rows(_code.Bytes))], new float[_width], [0]);
    }

    /// <summary>How many are in it.</summary>
    public int Count { get; private set; }

    public int Clusters => _map.Clusters.Length;

    /// <summary>Bytes of rows, places and centroids, what is held free for more included.</summary>
    public long Bytes => _map.Clusters.Sum(cluster => cluster.Rows.HeldBytes) + (4L * _map.Centroids.Length);

    /// <summary>The writer's: puts one in.</summary>
    /// <exception cref="InvalidOperationException">It lies in an index already, or its row is not made of numbers.</exception>
    public void Add(Placed item, ReadOnlySpan<float> row)
    {
        if (item.Cluster is not null) throw new InvalidOperationException("It lies in an index already.");
        if (!float.IsFinite(TensorPrimitives.Sum(row))) throw new InvalidOperationException("A row must be made of numbers.");
        var map = _map;
        var cluster = map.Clusters[map.NearestTo(row)];
        Span<sbyte> code = stackalloc sbyte[_code.Bytes];
        _code.Write(row, code);
        cluster.Add(item, code);
        Count++;
        if (cluster.Rows.Count >= Fullest) Relieve(cluster);
    }

    /// <summary>The writer's: takes one out. A search that is under way may still find it.</summary>
    /// <returns>Whether it was in.</returns>
    public bool Remove(Placed item)
    {
        if (item.Cluster is not { } cluster || Array.IndexOf(_map.Clusters, cluster) < 0) return false;
        cluster.Remove(item);
        Count--;
        return true;
    }

    /// <summary>The writer's: changes one number of a row where it lies; it stays in its cluster.</summary>
    public void Touch(Placed item, int dimension, float value)
    {
        if (item.Cluster is { } cluster) cluster.Rows.Of(item.Place)[dimension] = _code.Of(dimension, value);
    }

    /// <summary>The nearest to a query, as far as a search over the most promising clusters finds them. Of two that are equally near, whichever it met first.</summary>
    /// <param name="query">As many floats as a row.</param>
    /// <param name="most">How many are wanted.</param>
    /// <param name="taken">Which of them may be taken; asked only of what is near enough.</param>
    /// <param name="into">Where they go: the nearest first. Cleared before.</param>
    public void Search(ReadOnlySpan<float> query, int most, Func<Placed, bool>? taken, List<Found> into)
    {
        into.Clear();
        if (most <= 0) return;
        var map = Volatile.Read(ref _map);
        var scratch = Scratch.OfThread;
        Span<short> asked = stackalloc short[_code.Bytes];
        _code.Ask(query, asked);
        scratch.Begin(map, query);
        var (read, barren) = (0, 0);
        while ((scratch.Found < most || read < LeastReads * most || (barren < Patience && read < MostReads * most)) && scratch.NextCluster() is { } place)
        {
            var rows = map.Clusters[place].Rows;
            barren = scratch.Scan(rows, asked, most, taken) ? 0 : barren + rows.Count;
            read += rows.Count;
        }
        scratch.Nearest(into);
    }

    /// <summary>Splits a full cluster, unless what has left it makes room enough.</summary>
    private void Relieve(Cluster cluster)
    {
        if (cluster.Compact() < Fullest * 3 / 4) return;
        var map = _map;
        var place = Array.IndexOf(map.Clusters, cluster);
        var (left, right, centroids) = new Split(_code).Of(cluster.Rows);
        // Readers see either the whole or both halves.
        Volatile.Write(ref _map, map.With(place, left, right, centroids));
    }

    /// <summary>The clusters at one moment and where their middles lie.</summary>
    /// <param name="Centroids">One row of floats each.</param>
    /// <param name="HalfNorms">Half the squared length of each: nearest by distance is the greatest product less this.</param>
    internal sealed record Map(Cluster[] Clusters, float[] Centroids, float[] HalfNorms)
    {
        public int Width => Centroids.Length / Clusters.Length;

        public ReadOnlySpan<float> Centroid(int place) => Centroids.AsSpan(place * Width, Width);

        public int NearestTo(ReadOnlySpan<float> row)
        {
            var (nearest, best) = (0, float.NegativeInfinity);
            for (var place = 0; place < Clusters.Length; place++)
            {
                var score = TensorPrimitives.Dot(Centroid(place), row) - HalfNorms[place];
                if (score > best) (nearest, best) = (place, score);
            }
            return nearest;
        }

        public Map With(int place, Cluster left, Cluster right, (float[] Left, float[] Right) centroids)
        {
            var (clusters, middles, norms) = (Clusters.ToList(), new float[Centroids.Length + Width], HalfNorms.ToList());
            (clusters[place], norms[place]) = (left, HalfNorm(centroids.Left));
            clusters.Add(right);
            norms.Add(HalfNorm(centroids.Right));
            Centroids.CopyTo(middles, 0);
            centroids.Left.CopyTo(middles, place * Width);
            centroids.Right.CopyTo(middles, Centroids.Length);
            return new Map([.. clusters], middles, [.. norms]);
        }

        private static float HalfNorm(ReadOnlySpan<float> centroid) => TensorPrimitives.SumOfSquares(centroid) / 2;
    }

    /// <summary>What a thread needs for one search after another, as large as the largest was.</summary>
    private sealed class Scratch
    {
        [ThreadStatic] private static Scratch? t_scratch;

        private readonly PriorityQueue<int, float> _clusters = new();
        // Numbers of places and not what lies there: moving references about in a heap costs half as much again.
        private readonly PriorityQueue<long, int> _nearest = new();
        private readonly List<Rows> _read = [];
        private (int, float)[] _scores = [];
        private Found[] _sorted = [];

        public static Scratch OfThread => t_scratch ??= new Scratch();

        public int Found => _nearest.Count;

        public void Begin(Map map, ReadOnlySpan<float> query)
        {
            _clusters.Clear();
            _nearest.Clear();
            _read.Clear();
            if (_scores.Length != map.Clusters.Length) _scores = new (int, float)[map.Clusters.Length];
            for (var place = 0; place < _scores.Length; place++) _scores[place] = (place, -TensorPrimitives.Dot(map.Centroid(place), query));
            _clusters.EnqueueRange(_scores);
        }

        public int? NextCluster() => _clusters.TryDequeue(out var place, out _) ? place : null;

        /// <returns>Whether any of its rows is among the nearest so far.</returns>
        public bool Scan(Rows rows, ReadOnlySpan<short> asked, int most, Func<Placed, bool>? taken)
        {
            var (count, brought, begins) = (rows.Count, false, (long)_read.Count << 32);
            _read.Add(rows);
            var least = Least(most);
            for (var place = 0; place < count; place++)
            {
                var score = RowCode.Product(rows.Of(place), asked);
                if (score <= least || rows.Items[place] is not { } item || (taken is not null && !taken(item))) continue;
                if (_nearest.Count < most) _nearest.Enqueue(begins + place, score);
                else _nearest.DequeueEnqueue(begins + place, score);
                (least, brought) = (Least(most), true);
            }
            return brought;
        }

        public void Nearest(List<Found> into)
        {
            if (_sorted.Length < _nearest.Count) _sorted = new Found[_nearest.Count];
            var count = _nearest.Count;
            for (var place = count - 1; place >= 0; place--)
            {
                var found = _nearest.Dequeue();
                // Some may have been taken out meanwhile.
                if (_read[(int)(found >> 32)].Items[(int)found] is { } item) _sorted[place] = new Found(item);
            }
            foreach (var found in _sorted.AsSpan(0, count))
                if (found != default) into.Add(found);
            Array.Clear(_sorted, 0, count);
            _read.Clear();
        }

        private int Least(int most) => _nearest.Count == most && _nearest.TryPeek(out _, out var farthest) ? farthest : int.MinValue;
    }
}
