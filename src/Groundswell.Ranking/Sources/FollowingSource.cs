using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>
/// Videos of followed creators: also from the library when the viewer asked for the following feed. In the For You feed a
/// video on trial is left to its panel, which takes few followers and never the first places.
/// </summary>
internal sealed class FollowingSource : ISource
{
    public SlotSource Source => SlotSource.Following;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        if (context.Viewer.Follows.Count == 0) return [];
        var everything = context.Request.Mode == FeedMode.Following;
        return
            from creator in context.Viewer.Follows
            from cell in context.Shelf.Of(creator)
            let video = cell.State
            where everything || (video.Stage.IsServable() && video.Stage is not (VideoStage.Testing or VideoStage.Reviving))
            orderby video.UploadedAt descending, video.Id.Value
            select new Candidate(cell, video, Source);
    }
}
