using System.Collections.Immutable;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;

namespace Groundswell.Demo.People;

/// <summary>
/// Someone who watches. <paramref name="HiddenTaste"/> has one weight a genre of the taxonomy from −1 (dislikes) over 0 (indifferent)
/// to 1 (loves); the engine never sees it. <paramref name="Patience"/> (0 to 1) stretches how long a dull start is forgiven; the
/// propensities are chances at a clip of full appeal. <paramref name="PreferredHours"/> are 24 weights, hour 0 first.
/// </summary>
public sealed record SyntheticViewer(
    string Key,
    ImmutableArray<double> HiddenTaste,
    double Patience,
    double LikePropensity,
    double CommentPropensity,
    double SharePropensity,
    double RewatchPropensity,
    double SessionsPerWeek,
    ImmutableArray<double> PreferredHours,
    TimeSpan SessionLengthMean,
    DateOnly IsNewAt)
{
    /// <summary>How much the viewer cares for a mixture of genres, from −1 to 1.</summary>
    public double AffinityTo(GenreMix mix)
    {
        var affinity = 0.0;
        for (var i = 0; i < HiddenTaste.Length; i++) affinity += HiddenTaste[i] * mix.Weights[i];
        return affinity;
    }
}

/// <summary>Draws a crowd whose tastes are sparse: a few loves, some likes, the rest between a shrug and a dislike.</summary>
public static class Viewers
{
    public const int DefaultCount = 300;

    /// <summary>
    /// Viewers who arrive over the given days: a third on the first, the others spread evenly. Loves and likes fall on
    /// <paramref name="genres"/> (the genres that have clips); other genres of the taxonomy stay indifferent.
    /// </summary>
    public static ImmutableArray<SyntheticViewer> Crowd(ulong seed, Taxonomy taxonomy, IReadOnlyList<string> genres, DateOnly firstDay, int days, int count = DefaultCount)
    {
        var chance = new Chance(seed).For("viewers");
        int[] offered = [.. genres.Select(name => taxonomy.IndexOf(name) ?? throw new ArgumentException($"The taxonomy has no genre '{name}'.", nameof(genres)))];
        return [.. Enumerable.Range(0, count).Select(i => Draw($"viewer-{i + 1:000}", taxonomy.Count, offered, firstDay, days, chance.For(i)))];
    }

    private static SyntheticViewer Draw(string key, int genres, int[] offered, DateOnly firstDay, int days, Chance chance) => new(
        key,
        Taste(genres, offered, chance.For("taste")),
        Patience: Math.Clamp(0.5 + 0.2 * chance.For("patience").Normal(), 0.05, 0.95),
        LikePropensity: Skewed(0.22, chance.For("like")),
        CommentPropensity: Skewed(0.05, chance.For("comment")),
        SharePropensity: Skewed(0.04, chance.For("share")),
        RewatchPropensity: Skewed(0.16, chance.For("rewatch")),
        SessionsPerWeek: Math.Clamp(1 + chance.For("sessions").Exponential(7), 1, 28),
        PreferredHours: Hours(chance.For("hours")),
        SessionLengthMean: TimeSpan.FromSeconds(60 + chance.For("length").Exponential(180)),
        IsNewAt: chance.For("new").Hits(1 / 3.0) ? firstDay : firstDay.AddDays(chance.For("day").Below(Math.Max(1, days))));

    private static ImmutableArray<double> Taste(int genres, int[] offered, Chance chance)
    {
        var weights = new double[genres];
        var order = offered.OrderBy(genre => chance.For("order").For(genre).Unit()).ToArray();
        var loved = 1 + chance.For("loved").Below(3);
        var liked = loved + 2 + chance.For("liked").Below(3);
        for (var rank = 0; rank < order.Length; rank++)
        {
            var luck = chance.For("weight").For(order[rank]).Unit();
            weights[order[rank]] = rank < loved ? 0.75 + 0.25 * luck : rank < liked ? 0.25 + 0.25 * luck : 0.1 - 0.9 * luck;
        }
        return [.. weights];
    }

    // Most people do little and a few do much: an exponential around the mean, capped.
    private static double Skewed(double mean, Chance chance) => Math.Min(0.8, chance.Exponential(mean));

    // A lunch hump and an evening hump, each viewer's evening at an hour of their own; nights nearly empty.
    private static ImmutableArray<double> Hours(Chance chance)
    {
        var evening = 20.5 + 1.6 * chance.For("evening").Normal();
        var lunch = 0.2 + 0.6 * chance.For("lunch").Unit();
        return [.. Enumerable.Range(0, 24).Select(hour => 0.03 + Hump(hour, evening, 2) + lunch * Hump(hour, 12.5, 1.2) + 0.3 * Hump(hour, 7.5, 1))];
    }

    private static double Hump(int hour, double middle, double width)
    {
        var distance = Math.Abs(hour + 0.5 - middle);
        distance = Math.Min(distance, 24 - distance);
        return Math.Exp(-distance * distance / (2 * width * width));
    }
}
