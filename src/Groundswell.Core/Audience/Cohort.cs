using Groundswell.Core.Genres;

namespace Groundswell.Core.Audience;

/// <summary>How settled a viewer is; a part of what a <see cref="Cohort"/> is made of.</summary>
public enum Activity { New, Regular }

/// <summary>
/// A stratum of the audience: a cluster of like tastes, the region that viewers share, and whether they are new or regular.
/// Panels of a test batch are drawn across cohorts, and evidence is kept per cohort.
/// </summary>
/// <param name="Number">
/// Packed, so that a ledger row stays small: 0 and 1 are undecided viewers, new and regular; from 256 on, twice
/// (677 × cluster + region), plus the activity, plus 254. Ledgers written before there were clusters hold numbers below 256:
/// twice (leading genre + 1), plus the activity. No number ever means two things.
/// </param>
public readonly record struct Cohort(int Number)
{
    private const int FirstPacked = 256;
    private const int Regions = Audience.Region.Most + 1;

    /// <param name="cluster">A <see cref="TasteCluster.Id"/>, or 0 while the taste is undecided.</param>
    public static Cohort Of(int cluster, Region? region, Activity activity)
    {
        var packed = checked((cluster * Regions) + (region?.Number ?? 0));
        return new Cohort(packed == 0 ? (int)activity : checked(FirstPacked - 2 + (2 * packed) + (int)activity));
    }

    public Activity Activity => (Activity)(Number & 1);

    /// <summary>The taste cluster; null while undecided, and in numbers from before there were clusters.</summary>
    public int? Cluster => Packed / Regions is > 0 and var cluster ? cluster : null;

    /// <summary>The region that the viewer shares; null for nearly everybody.</summary>
    public Region? Region => Packed % Regions is > 0 and var number ? new Region(number) : null;

    /// <summary>The leading genre of a cohort from before there were clusters.</summary>
    public int? LeadingGenre => Number is >= 2 and < FirstPacked ? (Number / 2) - 1 : null;

    /// <summary>The same viewers without what they say of their region. No property: a record prints those, and this one has the same.</summary>
    public Cohort WithoutRegion() => Region is null ? this : Of(Cluster ?? 0, null, Activity);

    private int Packed => Number < FirstPacked ? 0 : (Number - FirstPacked + 2) / 2;

    /// <summary>In words: taste, region where one is shared, activity.</summary>
    /// <param name="cluster">The cluster's title; null where it has none.</param>
    public string Title(Taxonomy taxonomy, string? cluster)
    {
        var place = Region is { } region ? $" · {region}" : "";
        return $"{TasteTitle(taxonomy, cluster)}{place} · {(Activity == Activity.New ? "new" : "regular")}";
    }

    /// <summary>The taste alone, in words.</summary>
    /// <param name="cluster">As for <see cref="Title"/>.</param>
    public string TasteTitle(Taxonomy taxonomy, string? cluster) => LeadingGenre is { } genre && genre < taxonomy.Count
        ? taxonomy[genre].Title
        : cluster ?? (Cluster is { } id ? $"Group {id}" : "Undecided");
}
