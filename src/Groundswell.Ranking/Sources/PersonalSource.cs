using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>The open videos nearest to the viewer's taste in the joint space of content, genre and quality; while nothing is known of it, the best.</summary>
internal sealed class PersonalSource : ISource
{
    public SlotSource Source => SlotSource.Personal;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        // Where quality alone counts the best lie everywhere, and an index by nearness finds none of them sooner.
        var best = context.HasTaste ? [] : context.Shelf.Standing.Best.Where(MayBeNew).Take(context.Wanted).ToList();
        var nearest = best.Count == context.Wanted ? best : context.Nearest(context.Shelf.Near.Open, context.Wanted, MayBeNew);
        return nearest.Select(cell => new Candidate(cell, cell.State, Source));

        bool MayBeNew(VideoCell cell)
        {
            var video = cell.State;
            return video.Stage == VideoStage.Open && context.IsOldEnough(video) && video.Creator != context.Request.OwnCreator && (context.Request.Rewatch || context.Viewer.ViewOf(cell.Id) is null);
        }
    }
}
