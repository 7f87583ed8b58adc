using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>Videos of followed creators: also from the library when the viewer asked for the following feed.</summary>
internal sealed class FollowingSource : ISource
{
    public SlotSource Source => SlotSource.Following;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        if (context.Viewer.Follows.Count == 0) return [];
        var cells = context.Request.Mode == FeedMode.Following ? context.Shelf.All.Values.AsEnumerable() : context.Shelf.Cells;
        return
            from cell in cells
            let video = cell.State
            where context.Viewer.Follows.Contains(video.Creator)
            orderby video.UploadedAt descending, video.Id.Value
            select new Candidate(cell, video, Source);
    }
}
