using System.Collections.Immutable;
using Groundswell.Core.Genres;

namespace Groundswell.Core.Audience;

/// <summary>Viewers of like taste.</summary>
/// <param name="Id">From 1; it stays while the cluster is drawn anew and is never given to another.</param>
/// <param name="Size">Sampled tastes that were nearest to it when it was drawn.</param>
/// <param name="Genres">What sets it apart, the most telling genre first, at most three; empty for a bit of everything.</param>
/// <param name="Centroid">A unit vector, as a <see cref="TastePoint"/>.</param>
public sealed record TasteCluster(int Id, int Size, ImmutableArray<int> Genres, ImmutableArray<float> Centroid)
{
    /// <summary>For people: <c>Music, calm</c>.</summary>
    public string Title(Taxonomy taxonomy)
    {
        var titles = Genres.Where(genre => genre < taxonomy.Count).Select((genre, place) => place == 0 ? taxonomy[genre].Title : Lower(taxonomy[genre].Title)).ToArray();
        return titles.Length == 0 ? "A bit of everything" : string.Join(", ", titles);
    }

    /// <summary>In the middle of a title, but for abbreviations.</summary>
    private static string Lower(string title) =>
        string.Join(' ', title.Split(' ').Select(word => word is [_, >= 'A' and <= 'Z', ..] ? word : word.ToLowerInvariant()));
}

/// <summary>What to call clusters: the genres that set each apart from the others.</summary>
internal static class ClusterGenres
{
    private const int Usual = 2, Most = 3;

    /// <summary>With more telling genres than this a cluster likes a bit of everything.</summary>
    private const int Everything = 6;

    /// <summary>A genre names a cluster when it stands out at least this much of what the most telling one does.</summary>
    private const double Telling = 0.5;

    /// <summary>A genre stands out when a cluster wants it so much more than the mean of all clusters does; of a unit vector.</summary>
    private const double StandsOut = 0.1;

    /// <summary>For each centroid its telling genres; a third one where two clusters would have the same name.</summary>
    /// <param name="genres">How many of a centroid's numbers are genres.</param>
    public static ImmutableArray<ImmutableArray<int>> Of(IReadOnlyList<float[]> centroids, int genres)
    {
        var mean = new double[genres];
        foreach (var centroid in centroids)
            for (var genre = 0; genre < genres; genre++) mean[genre] += centroid[genre] / centroids.Count;
        var ranked = centroids.Select(centroid => Ranked(centroid, mean)).ToArray();
        var usual = ranked.Select(all => Named(all, Usual)).ToArray();
        return
        [
            .. ranked.Select((all, place) =>
            {
                var same = usual.Where((other, at) => at != place && other.SequenceEqual(usual[place])).Any();
                return same ? Named(all, Most) : usual[place];
            }),
        ];
    }

    private static (int Genre, double Lift)[] Ranked(float[] centroid, double[] mean) =>
    [
        .. mean.Select((usual, genre) => (Genre: genre, Lift: centroid[genre] - usual))
            .Where(pair => centroid[pair.Genre] > 0 && pair.Lift >= StandsOut)
            .OrderByDescending(pair => pair.Lift).ThenBy(pair => pair.Genre),
    ];

    private static ImmutableArray<int> Named((int Genre, double Lift)[] ranked, int most)
    {
        var telling = ranked.Count(pair => pair.Lift >= Telling * ranked[0].Lift);
        if (telling > Everything) return [];
        return [.. ranked.Take(most == Most ? Most : Math.Min(most, telling)).Select(pair => pair.Genre)];
    }
}
