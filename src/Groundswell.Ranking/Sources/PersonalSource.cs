using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>
/// The videos nearest to the viewer's taste in the joint space of content, genre and quality, by exact search over the
/// shelf: one dot product a video.
/// </summary>
internal sealed class PersonalSource : ISource
{
    /// <summary>Weight of the viewer's affinities and of quality beside a unit taste vector.</summary>
    private const float GenreWeight = 2, QualityWeight = 0.5f;

    public SlotSource Source => SlotSource.Personal;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        var shelf = context.Shelf;
        var scores = new float[shelf.Cells.Length];
        shelf.Score(Query(context), scores);
        // As many more as the filters may remove again, so that a long list of exclusions cannot empty a page.
        var most = context.Rules.Feed.Candidates + context.Request.Exclude.Count + context.Viewer.ServedInSession.Count;
        var nearest = new PriorityQueue<int, Place>(most + 1, Place.FarthestFirst);
        for (var row = 0; row < scores.Length; row++)
        {
            // Most rows end here: nothing else about them is read. Cells lie by id, so a later row loses a tie.
            if (nearest.Count == most && nearest.TryPeek(out _, out var farthest) && scores[row] <= farthest.Score) continue;
            var video = shelf.Cells[row].State;
            if (video.Stage != VideoStage.Open || video.Creator == context.Request.OwnCreator) continue;
            if (context.Viewer.ViewOf(video.Id) is not null && !context.Request.Rewatch) continue;
            nearest.Enqueue(row, new Place(scores[row], row));
            if (nearest.Count > most) nearest.Dequeue();
        }
        return nearest.UnorderedItems.Select(item => new Candidate(shelf.Cells[item.Element], shelf.Cells[item.Element].State, Source));
    }

    /// <summary>A row's place in the search: the higher score first, the lower row on a tie.</summary>
    private readonly record struct Place(float Score, int Row)
    {
        public static IComparer<Place> FarthestFirst { get; } = Comparer<Place>.Create((left, right) =>
            left.Score != right.Score ? left.Score.CompareTo(right.Score) : right.Row.CompareTo(left.Row));
    }

    private static float[] Query(FeedContext context)
    {
        var query = new float[context.Shelf.Width];
        context.TasteVector.CopyTo(query, 0);
        for (var genre = 0; genre < context.Affinities.Length && ContentAnalysis.VectorLength + genre < query.Length - 1; genre++)
            query[ContentAnalysis.VectorLength + genre] = GenreWeight * (float)context.Affinities[genre];
        query[^1] = QualityWeight;
        return query;
    }
}
