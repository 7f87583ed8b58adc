using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>What this viewer's cohort, and those near to it, have liked best; nothing for the undecided, who have nothing in common that a video could be liked for.</summary>
internal sealed class CohortSource : ISource
{
    private const int Most = 40;

    public SlotSource Source => SlotSource.Cohort;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        var proposed = 0;
        foreach (var cell in context.Shelf.Standing.LikedBy.Of(context.Cohort))
        {
            var video = cell.State;
            if (video.Stage != VideoStage.Open || context.Viewer.ViewOf(video.Id) is not null || !context.IsOldEnough(video)) continue;
            yield return new Candidate(cell, video, Source);
            if (++proposed == Most) yield break;
        }
    }
}
