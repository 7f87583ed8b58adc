using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>
/// For a viewer nobody knows yet: the most widely finished video of each genre they have not met, nor have before them on the way,
/// the most popular genres first, to learn most per slot.
/// </summary>
internal sealed class ProbeSource : ISource
{
    public SlotSource Source => SlotSource.Probe;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        if (!context.Probing) yield break;
        var met = context.Viewer.Recent.Select(view => view.Genre).OfType<int>().ToHashSet();
        foreach (var served in context.Viewer.ServedInSession.Keys)
            if (context.Shelf.Find(served)?.State.Analysis?.Genres.Leading is { } genre) met.Add(genre);
        foreach (var leaders in context.Shelf.Standing.Leaders)
        {
            if (met.Contains(leaders.Genre)) continue;
            foreach (var cell in leaders.Best)
            {
                if (!GenreLeaders.MayLead(cell) || !MayBeNew(cell.State, context)) continue;
                yield return new Candidate(cell, cell.State, Source);
                break;
            }
        }
    }

    private static bool MayBeNew(VideoState video, FeedContext context) =>
        context.IsOldEnough(video) && context.Viewer.ViewOf(video.Id) is null && !context.Viewer.ServedInSession.ContainsKey(video.Id)
        && !context.Request.Exclude.Contains(video.Id);
}
