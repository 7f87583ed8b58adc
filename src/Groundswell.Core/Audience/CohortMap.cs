using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Viewers;

namespace Groundswell.Core.Audience;

/// <summary>A cohort whose evidence says something about another.</summary>
/// <param name="Nearness">How much, in (0, 1); see <see cref="CohortMap.Nearness"/>.</param>
public readonly record struct Kin(Cohort Cohort, double Nearness);

/// <summary>
/// The clusters in force and what is remembered of earlier ones, whose numbers stand in evidence for good: a fold over the
/// ledger. Immutable, replaced as a whole; what it computes it keeps.
/// </summary>
public sealed class CohortMap(CohortsDrawn? drawn, ImmutableArray<TasteCluster> retired)
{
    public const int MostRetired = 200;
    private const int NearestClusters = 3;

    /// <summary>
    /// What a cohort of the same taste is worth in another region or of another activity: more than the usual neighbouring
    /// taste (0.61), less than the same cohort (1); in the middle.
    /// </summary>
    private const double Elsewhere = 0.8;

    /// <summary>The squared distance of unit vectors 45° apart.</summary>
    private static readonly double Widest = 2 - Math.Sqrt(2);

    private readonly Lookup _lookup = new(drawn, retired);

    public static CohortMap Empty { get; } = new(null, []);

    /// <summary>The last draw; null while there are no clusters and everybody is undecided.</summary>
    public CohortsDrawn? Drawn { get; } = drawn;

    /// <summary>Clusters of earlier draws that went on in no later one, by id; the last <see cref="MostRetired"/>.</summary>
    public ImmutableArray<TasteCluster> Retired { get; } = retired;

    [JsonIgnore] public bool HasClusters => _lookup.Current.Length > 0;

    /// <summary>The map after another draw.</summary>
    public CohortMap Fold(CohortsDrawn next)
    {
        var kept = next.Clusters.Select(cluster => cluster.Id).ToHashSet();
        var gone = Retired.Concat(Drawn?.Clusters ?? []).Where(cluster => !kept.Contains(cluster.Id)).OrderBy(cluster => cluster.Id).ToArray();
        return new CohortMap(next, [.. gone.TakeLast(MostRetired)]);
    }

    /// <summary>A viewer's cohort as of now.</summary>
    /// <param name="taste">Their <see cref="TastePoint"/>; empty for the undecided.</param>
    public Cohort Of(ReadOnlySpan<float> taste, Region? region, Activity activity)
    {
        var nearest = taste.IsEmpty ? -1 : TasteClusters.Nearest(taste, _lookup.Centroids);
        return Cohort.Of(nearest < 0 ? 0 : _lookup.Current[nearest].Id, region, activity);
    }

    /// <summary>The cohort of a viewer whose profile may be used.</summary>
    public Cohort Of(ViewerState viewer, Rules rules) =>
        Of(TastePoint.Of(viewer.Taste, rules.Cohorts, rules.Taste), viewer.Region, viewer.Activity(rules.Cohorts));

    /// <summary>The cluster of a cohort, in force or retired; null for the undecided and for clusters that are forgotten.</summary>
    public TasteCluster? ClusterOf(Cohort cohort) => cohort.Cluster is { } id ? _lookup.Known.GetValueOrDefault(id) : null;

    /// <summary>Viewers a week of some clusters, by the share of tastes that each had at the draw; a cluster that is not in force has none.</summary>
    public int ViewersIn(ImmutableArray<int> clusters)
    {
        if (Drawn is not { } drawn) return 0;
        var tastes = 0L;
        foreach (var cluster in drawn.Clusters)
            if (clusters.Contains(cluster.Id)) tastes += cluster.Size;
        return (int)(drawn.WeeklyViewers * tastes / Math.Max(1, drawn.Tastes));
    }

    /// <summary>Some clusters in words, for the middle of a sentence: <c>“Music, calm” and “Cooking”</c>.</summary>
    public string Titles(ImmutableArray<int> clusters, Taxonomy taxonomy)
    {
        var titles = clusters.Select(cluster => $"“{TasteTitle(Cohort.Of(cluster, null, Activity.Regular), taxonomy)}”").ToArray();
        return titles.Length < 2 ? string.Concat(titles) : $"{string.Join(", ", titles[..^1])} and {titles[^1]}";
    }

    public string Title(Cohort cohort, Taxonomy taxonomy) => cohort.Title(taxonomy, ClusterOf(cohort)?.Title(taxonomy));

    public string TasteTitle(Cohort cohort, Taxonomy taxonomy) => cohort.TasteTitle(taxonomy, ClusterOf(cohort)?.Title(taxonomy));

    /// <summary>
    /// How much one cohort's evidence says about another, from 0 (nothing) to 1 (the same): a Gaussian kernel over the distance of
    /// their clusters' centroids, as wide as clusters in force are apart from their nearest neighbours on average, but no wider
    /// than 45°, beyond which tastes have little in common; less where region or activity differ. 0 when either taste is unknown.
    /// </summary>
    public double Nearness(Cohort one, Cohort other)
    {
        if (one == other) return 1;
        var taste = one.Cluster is { } left && other.Cluster is { } right ? _lookup.Nearness(left, right)
            : one.LeadingGenre is { } genre && genre == other.LeadingGenre ? 1 : 0;
        return taste * (one.Region == other.Region ? 1 : Elsewhere) * (one.Activity == other.Activity ? 1 : Elsewhere);
    }

    /// <summary>
    /// The few cohorts nearest to one: its other half by activity, the same without a region, and its taste's nearest neighbours,
    /// retired ones too, whose evidence would else be lost; the nearest first. Empty without clusters. For priors on hot paths, where looking at all cohorts would cost too much.
    /// </summary>
    public ImmutableArray<Kin> KinOf(Cohort cohort) =>
        cohort.Cluster is null || !HasClusters ? [] : _lookup.Kin.GetOrAdd(cohort, static (of, map) => map.FindKin(of), this);

    private ImmutableArray<Kin> FindKin(Cohort of)
    {
        var other = of.Activity == Activity.New ? Activity.Regular : Activity.New;
        var near = _lookup.Known.Values.Where(cluster => cluster.Id != of.Cluster)
            .OrderByDescending(cluster => _lookup.Nearness(of.Cluster ?? 0, cluster.Id)).ThenBy(cluster => cluster.Id).Take(NearestClusters)
            .Select(cluster => Cohort.Of(cluster.Id, null, of.Activity));
        return
        [
            .. near.Append(Cohort.Of(of.Cluster ?? 0, of.Region, other)).Append(of.WithoutRegion()).Where(kin => kin != of)
                .Select(kin => new Kin(kin, Nearness(of, kin))).Where(kin => kin.Nearness > 0)
                .OrderByDescending(kin => kin.Nearness).ThenBy(kin => kin.Cohort.Number),
        ];
    }

    /// <summary>What follows from the clusters.</summary>
    private sealed class Lookup
    {
        private readonly double _width;

        public Lookup(CohortsDrawn? drawn, ImmutableArray<TasteCluster> retired)
        {
            Current = drawn?.Clusters ?? [];
            Centroids = [.. Current.Select(cluster => cluster.Centroid.ToArray())];
            Known = retired.Concat(Current).ToFrozenDictionary(cluster => cluster.Id);
            _width = Centroids.Length < 2 ? 0 : Math.Min(Widest, Centroids.Average(one => Centroids.Where(other => other != one).Min(other => Squared(one, other))));
        }

        public ImmutableArray<TasteCluster> Current { get; }
        public float[][] Centroids { get; }
        public FrozenDictionary<int, TasteCluster> Known { get; }
        public ConcurrentDictionary<Cohort, ImmutableArray<Kin>> Kin { get; } = [];

        public double Nearness(int one, int other)
        {
            if (one == other) return 1;
            if (!Known.TryGetValue(one, out var left) || !Known.TryGetValue(other, out var right) || _width <= 0) return 0;
            return Math.Exp(-Squared(left.Centroid.AsSpan(), right.Centroid.AsSpan()) / (2 * _width));
        }

        private static double Squared(ReadOnlySpan<float> left, ReadOnlySpan<float> right) =>
            left.Length == right.Length ? Math.Max(0, 2 - (2 * TastePoint.Dot(left, right))) : double.PositiveInfinity;
    }
}
