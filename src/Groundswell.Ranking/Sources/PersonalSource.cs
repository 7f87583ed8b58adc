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
    public SlotSource Source => SlotSource.Personal;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        var shelf = context.Shelf;
        var scores = context.Nearness;
        // As many more as the filters may remove again, so that a long list of exclusions cannot empty a page.
        var nearest = new NearestRows(context.Rules.Feed.Candidates + context.Request.Exclude.Count + context.Viewer.ServedInSession.Count);
        for (var row = 0; row < scores.Length; row++)
        {
            if (!nearest.Wants(scores[row])) continue;
            var video = shelf.Cells[row].State;
            if (video.Stage != VideoStage.Open || video.Creator == context.Request.OwnCreator) continue;
            if (context.Viewer.ViewOf(video.Id) is not null && !context.Request.Rewatch) continue;
            nearest.Offer(row, scores[row]);
        }
        return nearest.Rows.Select(row => new Candidate(shelf.Cells[row], shelf.Cells[row].State, Source));
    }
}
