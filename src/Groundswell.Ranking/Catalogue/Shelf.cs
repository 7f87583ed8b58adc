using System.Collections.Immutable;
using System.Numerics.Tensors;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// The servable videos at one moment, as flat arrays: what a feed request reads. Each row is a video in the joint space
/// [content vector · genre mix · quality], so that one dot product with a viewer's query ranks taste and quality at once.
/// The set of videos of a shelf never changes; the states in its cells do.
/// </summary>
public sealed class Shelf
{
    private readonly float[] _rows;
    private readonly int _genres;
    private readonly ILookup<VideoStage, VideoCell> _byStage;
    private readonly ILookup<CreatorId, VideoCell> _byCreator;

    /// <param name="standing">How videos stand with the audience, as of now or a moment ago.</param>
    internal Shelf(VideoCell[] cells, int genres, Dictionary<VideoId, VideoCell> all, Standing standing)
    {
        Cells = cells;
        All = all;
        Standing = standing;
        _genres = genres;
        Width = ContentAnalysis.VectorLength + genres + 1;
        _rows = new float[cells.Length * Width];
        for (var row = 0; row < cells.Length; row++) Fill(row);
        _byStage = cells.ToLookup(cell => cell.State.Stage);
        WideningRows = RowsOf(standing.Widening);
        PastTheirTest = cells.Count(cell => cell.State.Stage is VideoStage.Open or VideoStage.Widening);
        _byCreator = all.Values.ToLookup(cell => cell.State.Creator);
    }

    public static Shelf Empty { get; } = new([], 1, [], Standing.Nothing);

    /// <summary>Servable videos.</summary>
    public VideoCell[] Cells { get; }

    /// <summary>Every public video: also paused ones and the library.</summary>
    public IReadOnlyDictionary<VideoId, VideoCell> All { get; }

    /// <summary>How they stand with the audience.</summary>
    public Standing Standing { get; }

    /// <summary>The row of each of <see cref="Standing.Widening"/>; −1 for what is not served any more.</summary>
    public ImmutableArray<int> WideningRows { get; }

    /// <summary>How many videos there are to show besides those on trial.</summary>
    public int PastTheirTest { get; }

    /// <summary>Videos that were in a stage when the shelf was made.</summary>
    public IEnumerable<VideoCell> In(VideoStage stage) => _byStage[stage];

    /// <summary>A creator's public videos.</summary>
    public IEnumerable<VideoCell> Of(CreatorId creator) => _byCreator[creator];

    /// <summary>Floats of a row and of a query.</summary>
    public int Width { get; }

    /// <summary>Dot product of every row with a query of <see cref="Width"/> floats, into <paramref name="scores"/> of one float per cell.</summary>
    public void Score(ReadOnlySpan<float> query, Span<float> scores)
    {
        for (var row = 0; row < Cells.Length; row++) scores[row] = TensorPrimitives.Dot(query, Row(row));
    }

    /// <summary>Cosine of a vector in content space with a video's.</summary>
    public static float Similarity(ReadOnlySpan<float> left, ReadOnlySpan<float> right) =>
        left.IsEmpty || right.IsEmpty ? 0 : TensorPrimitives.Dot(left, right);

    /// <summary>Both are ordered by id.</summary>
    private ImmutableArray<int> RowsOf(ImmutableArray<VideoCell> cells)
    {
        var rows = ImmutableArray.CreateBuilder<int>(cells.Length);
        var row = 0;
        foreach (var cell in cells)
        {
            while (row < Cells.Length && Cells[row].State.Id.Value < cell.State.Id.Value) row++;
            rows.Add(row < Cells.Length && Cells[row] == cell ? row : -1);
        }
        return rows.MoveToImmutable();
    }

    private ReadOnlySpan<float> Row(int row) => _rows.AsSpan(row * Width, Width);

    private void Fill(int row)
    {
        var state = Cells[row].State;
        var target = _rows.AsSpan(row * Width, Width);
        if (state.Analysis is { } analysis)
        {
            analysis.Vector.AsSpan().CopyTo(target);
            analysis.Genres.Weights.AsSpan()[..Math.Min(_genres, analysis.Genres.Weights.Length)].CopyTo(target[ContentAnalysis.VectorLength..]);
        }
        target[^1] = Quality(state.Evidence.Totals);
    }

    /// <summary>Mean points shrunk to the level of an average video by 20 pseudo-views, scaled to about [0, 1].</summary>
    private static float Quality(EvidenceTotals totals) => (float)((totals.Points + 40) / (totals.Views + 20) / 10);
}
