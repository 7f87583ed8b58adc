using Groundswell.Core.Audience;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Retrieval;

/// <summary>
/// Where videos and tastes meet: [content vector · genre mix · quality], so that one dot product of a viewer's query with a
/// video's row ranks taste and quality at once.
/// </summary>
/// <param name="genres">Genres of the taxonomy.</param>
public sealed class JointSpace(int genres)
{
    /// <summary>Weight of the viewer's affinities and of quality beside a unit taste vector.</summary>
    private const float GenreWeight = 2, QualityWeight = 0.5f;

    /// <summary>Floats of a row and of a query.</summary>
    public int Width { get; } = ContentAnalysis.VectorLength + genres + 1;

    /// <summary>How far a row's numbers may lie from 0: what is beyond counts as being there. Of a caption with one word alone, half of the vector is one number.</summary>
    public float[] Reach() => [.. Enumerable.Repeat(0.75f, ContentAnalysis.VectorLength), .. Enumerable.Repeat(1f, genres), 3];

    /// <summary>A video's row, into <paramref name="row"/> of <see cref="Width"/> floats.</summary>
    public void Fill(VideoState video, Span<float> row)
    {
        row.Clear();
        if (video.Analysis is { } analysis)
        {
            analysis.Vector.AsSpan().CopyTo(row);
            analysis.Genres.Weights.AsSpan()[..Math.Min(genres, analysis.Genres.Weights.Length)].CopyTo(row[ContentAnalysis.VectorLength..]);
        }
        row[^1] = Quality(video.Evidence.Totals);
    }

    /// <summary>A viewer's query, into <paramref name="query"/> of <see cref="Width"/> floats.</summary>
    /// <param name="taste">Unit vector in content space; empty while nothing is known.</param>
    /// <param name="affinities">By genre, in [−1, 1].</param>
    public void Ask(ReadOnlySpan<float> taste, ReadOnlySpan<float> affinities, Span<float> query)
    {
        query.Clear();
        taste.CopyTo(query);
        for (var genre = 0; genre < Math.Min(genres, affinities.Length); genre++) query[ContentAnalysis.VectorLength + genre] = GenreWeight * affinities[genre];
        query[^1] = QualityWeight;
    }

    /// <summary>Mean points shrunk to the level of an average video by 20 pseudo-views, scaled to about [0, 1].</summary>
    public static float Quality(EvidenceTotals totals) => (float)((totals.Points + 40) / (totals.Views + 20) / 10);
}
