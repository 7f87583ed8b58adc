using System.Collections.Immutable;
using Groundswell.Core.Chances;

namespace Groundswell.Core.Audience;

/// <summary>One way to cut a set of tastes into clusters.</summary>
/// <param name="Centroids">Unit vectors of the tastes' length; fewer than asked for where tastes are few.</param>
/// <param name="Sizes">Tastes nearest to each.</param>
/// <param name="Likeness">Mean cosine of a taste with its nearest centroid, in [−1, 1]: the higher, the tighter the clusters.</param>
public sealed record TasteFit(ImmutableArray<float[]> Centroids, ImmutableArray<int> Sizes, double Likeness);

/// <summary>
/// Groups unit taste vectors by spherical k-means (Dhillon and Modha, 2001): mini-batches (Sculley, "Web-scale k-means
/// clustering", 2010) from a k-means++ start (Arthur and Vassilvitskii, 2007), then a few passes over everything. The same
/// tastes in the same order, start and chance give the same clusters.
/// </summary>
public static class TasteClusters
{
    private const int BatchSize = 256;
    private const int MostBatches = 60;
    private const int RoundsOfAll = 4;
    private const int Passes = 3;

    /// <summary>The best of several starts: from the previous centroids, which keeps a settled audience's clusters where they are, and fresh ones.</summary>
    /// <param name="tastes">Unit vectors of one length.</param>
    /// <param name="previous">Centroids of the last fit, nearest to whose clusters the new ones should stay; empty at first.</param>
    /// <param name="freshStarts">At least 1 while there is nothing previous.</param>
    /// <param name="betterBy">A fresh start wins over the previous clusters only where its likeness is better by this.</param>
    public static TasteFit Fit(
        IReadOnlyList<float[]> tastes, int count, IReadOnlyList<float[]> previous, int freshStarts, double betterBy, Chance chance)
    {
        if (count < 1 || tastes.Count == 0) return new TasteFit([], [], 0);
        TasteFit? best = null;
        if (previous.Count > 0)
        {
            var kept = previous.Count <= count ? previous : [.. previous.Take(count)];
            best = Run(tastes, Seeds(tastes, kept, count, chance.For("previous")), chance.For("previous"));
        }
        var bar = best is null ? double.NegativeInfinity : best.Likeness + betterBy;
        for (var start = 0; start < freshStarts; start++)
        {
            var key = chance.For("fresh").For(start);
            var fit = Run(tastes, Seeds(tastes, [], count, key), key);
            if (fit.Likeness <= bar) continue;
            (best, bar) = (fit, fit.Likeness);
        }
        return best ?? new TasteFit([], [], 0);
    }

    /// <summary>The index of the nearest centroid by cosine; the lowest on a tie, −1 without centroids.</summary>
    public static int Nearest(ReadOnlySpan<float> taste, IReadOnlyList<float[]> centroids)
    {
        var (nearest, most) = (-1, float.NegativeInfinity);
        for (var i = 0; i < centroids.Count; i++)
        {
            var likeness = TastePoint.Dot(taste, centroids[i]);
            if (likeness > most) (nearest, most) = (i, likeness);
        }
        return nearest;
    }

    /// <summary>k-means++: each further seed is a taste drawn with a weight of its squared distance to the nearest seed so far.</summary>
    private static float[][] Seeds(IReadOnlyList<float[]> tastes, IReadOnlyList<float[]> given, int count, Chance chance)
    {
        var seeds = given.Select(seed => (float[])seed.Clone()).ToList();
        if (seeds.Count == 0) seeds.Add((float[])tastes[chance.For("first").Below(tastes.Count)].Clone());
        var distance = new double[tastes.Count];
        Array.Fill(distance, double.PositiveInfinity);
        foreach (var seed in seeds) Closer(seed);
        while (seeds.Count < count)
        {
            var total = distance.Sum();
            if (total <= 1e-9) break; // every taste is a seed already
            var left = chance.For("seed").For(seeds.Count).Unit() * total;
            var drawn = 0;
            while (drawn < tastes.Count - 1 && (left -= distance[drawn]) >= 0) drawn++;
            seeds.Add((float[])tastes[drawn].Clone());
            Closer(seeds[^1]);
        }
        return [.. seeds];

        void Closer(float[] seed)
        {
            for (var i = 0; i < distance.Length; i++) distance[i] = Math.Min(distance[i], Math.Max(0, 2 - (2 * TastePoint.Dot(tastes[i], seed))));
        }
    }

    private static TasteFit Run(IReadOnlyList<float[]> tastes, float[][] centroids, Chance chance)
    {
        if (tastes.Count > BatchSize) RunBatches(tastes, centroids, chance.For("batch"));
        for (var pass = 0; pass < Passes; pass++) Recentre(tastes, ref centroids);
        var sizes = new int[centroids.Length];
        var likeness = 0.0;
        foreach (var taste in tastes)
        {
            var nearest = Nearest(taste, centroids);
            sizes[nearest]++;
            likeness += TastePoint.Dot(taste, centroids[nearest]);
        }
        return new TasteFit([.. centroids], [.. sizes], likeness / tastes.Count);
    }

    /// <summary>Each taste of a batch pulls its centroid by one over the tastes that centroid has had so far.</summary>
    private static void RunBatches(IReadOnlyList<float[]> tastes, float[][] centroids, Chance chance)
    {
        var had = new int[centroids.Length];
        var batch = new int[BatchSize];
        var nearest = new int[BatchSize];
        var batches = Math.Min(MostBatches, (RoundsOfAll * tastes.Count / BatchSize) + 1);
        for (var round = 0; round < batches; round++)
        {
            var key = chance.For(round);
            for (var i = 0; i < BatchSize; i++)
            {
                batch[i] = key.For(i).Below(tastes.Count);
                nearest[i] = Nearest(tastes[batch[i]], centroids);
            }
            for (var i = 0; i < BatchSize; i++) Pull(centroids[nearest[i]], tastes[batch[i]], 1f / ++had[nearest[i]]);
            foreach (var centroid in centroids) TastePoint.Normalise(centroid);
        }
    }

    /// <summary>Every centroid becomes the direction of its tastes' sum; one without tastes goes.</summary>
    private static void Recentre(IReadOnlyList<float[]> tastes, ref float[][] centroids)
    {
        var sums = centroids.Select(centroid => new float[centroid.Length]).ToArray();
        foreach (var taste in tastes)
        {
            var sum = sums[Nearest(taste, centroids)];
            for (var i = 0; i < sum.Length; i++) sum[i] += taste[i];
        }
        centroids = [.. sums.Where(sum => TastePoint.Normalise(sum))];
    }

    private static void Pull(float[] centroid, float[] taste, float share)
    {
        for (var i = 0; i < centroid.Length; i++) centroid[i] += share * (taste[i] - centroid[i]);
    }
}
