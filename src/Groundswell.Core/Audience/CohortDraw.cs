using System.Collections.Immutable;
using Groundswell.Core.Chances;
using Groundswell.Core.Ledger;

namespace Groundswell.Core.Audience;

/// <summary>What a new division of the audience is drawn from.</summary>
/// <param name="Tastes">The known tastes, as <see cref="TastePoint"/>s; see <see cref="TasteSample"/>.</param>
/// <param name="WeeklyViewers">Viewers of the last seven days.</param>
/// <param name="Genres">How many of a taste's numbers are genres.</param>
public sealed record DrawnFrom(IReadOnlyList<float[]> Tastes, int WeeklyViewers, int Genres);

/// <summary>
/// Divides the audience into clusters of like taste, when it is time, and keeps the names of those that are still there.
/// The result is a fact of the ledger: assigning viewers, evidence and titles all go by it, so nothing is ever fitted twice.
/// </summary>
public static class CohortDraw
{
    private const int FreshStarts = 4;

    /// <summary>Mean cosine that a fresh start has to win by: what is gained must be worth that viewers find themselves elsewhere.</summary>
    private const double WorthMoving = 0.02;

    /// <summary>How many clusters an audience has: one while it is small, one more for each further so many viewers, up to a cap.</summary>
    public static int Count(int weeklyViewers, int tastes, CohortRules rules) =>
        Math.Clamp(Math.Min(weeklyViewers, tastes) / rules.ViewersPerCluster, 1, rules.MostClusters);

    /// <summary>
    /// Whether clusters are to be drawn now: at first as soon as there would be two; later every so often or when the audience has
    /// grown much, but never from so few tastes that fewer clusters would come of it than the audience is worth.
    /// </summary>
    public static bool IsDue(CohortsDrawn? last, int tastes, int weeklyViewers, CohortRules rules, DateTimeOffset now)
    {
        var count = Count(weeklyViewers, tastes, rules);
        if (count < 2) return false;
        if (last is null) return true;
        if (now - last.At < rules.RedrawAfter && weeklyViewers < rules.RedrawGrowth * last.WeeklyViewers) return false;
        return count >= Math.Min(last.Clusters.Length, Count(weeklyViewers, int.MaxValue, rules));
    }

    /// <summary>The clusters as they are now. The same tastes in the same order, last draw and chance give the same.</summary>
    /// <param name="by">Version of the rules.</param>
    public static CohortsDrawn Draw(CohortsDrawn? last, DrawnFrom from, CohortRules rules, string by, Chance chance, DateTimeOffset now)
    {
        var version = (last?.Version ?? 0) + 1;
        // A longer taxonomy than the last draw's makes longer tastes: then nothing is comparable, and all begins anew.
        TasteCluster[] old = last is null ? [] : [.. last.Clusters.Where(cluster => cluster.Centroid.Length == from.Tastes[0].Length)];
        float[][] previous = [.. old.OrderByDescending(cluster => cluster.Size).ThenBy(cluster => cluster.Id).Select(cluster => cluster.Centroid.ToArray())];
        var fit = TasteClusters.Fit(
            from.Tastes, Count(from.WeeklyViewers, from.Tastes.Count, rules), previous, FreshStarts, WorthMoving, chance.For("cohorts").For(version));
        float[][] centroids = [.. fit.Centroids.Select(Rounded)];
        var same = ClusterIdentity.Match([.. old.Select(cluster => cluster.Centroid.ToArray())], centroids, rules.SameWithin);
        var genres = ClusterGenres.Of(centroids, from.Genres);
        var lastId = last?.LastId ?? 0;
        var clusters = centroids
            .Select((centroid, place) => new TasteCluster(same[place] is { } index ? old[index].Id : ++lastId, fit.Sizes[place], genres[place], [.. centroid]))
            .ToArray();
        return new CohortsDrawn(now, version, [.. clusters.OrderBy(cluster => cluster.Id)], lastId, from.Tastes.Count, from.WeeklyViewers, by);
    }

    /// <summary>Four digits after the point: a tenth of a degree at most, and half of the room in the ledger.</summary>
    private static float[] Rounded(float[] centroid) => [.. centroid.Select(x => MathF.Round(x, 4))];
}
