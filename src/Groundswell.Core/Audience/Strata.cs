using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Groundswell.Core.Audience;

/// <summary>The active audience by cohort, the largest first: what panels are drawn in the image of. Immutable.</summary>
public sealed class Strata
{
    private readonly FrozenDictionary<int, int> _places;
    private readonly ImmutableArray<long> _viewersBefore;

    private Strata(KeyValuePair<int, int>[] ordered)
    {
        Cohorts = [.. ordered.Select(pair => new Cohort(pair.Key))];
        _places = ordered.Select((pair, place) => (pair.Key, place)).ToFrozenDictionary(pair => pair.Key, pair => pair.place);
        var before = ImmutableArray.CreateBuilder<long>(ordered.Length + 1);
        before.Add(0);
        foreach (var (_, viewers) in ordered) before.Add(before[^1] + viewers);
        _viewersBefore = before.MoveToImmutable();
    }

    public static Strata None { get; } = new([]);

    /// <summary>Cohorts with active viewers.</summary>
    public ImmutableArray<Cohort> Cohorts { get; }

    public int Count => Cohorts.Length;

    public long Viewers => _viewersBefore[^1];

    /// <param name="viewers">Active viewers by cohort number.</param>
    public static Strata Of(IEnumerable<KeyValuePair<int, int>> viewers) =>
        new([.. viewers.Where(pair => pair.Value > 0).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)]);

    /// <summary>Where a cohort stands by size, from 0; null when it has no active viewer.</summary>
    public int? PlaceOf(Cohort cohort) => _places.TryGetValue(cohort.Number, out var place) ? place : null;

    /// <summary>Active viewers of the cohort at a place.</summary>
    public long ViewersAt(int place) => _viewersBefore[place + 1] - _viewersBefore[place];

    /// <summary>The share of the audience that is in cohorts before a place.</summary>
    public double ShareBefore(int place) => Viewers == 0 ? 0 : (double)_viewersBefore[place] / Viewers;
}
