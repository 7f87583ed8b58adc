using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>Open videos of a rising hashtag, sound or challenge, everywhere or where the viewer is, the strongest first.</summary>
internal sealed class TrendingSource : ISource
{
    private const int Most = 20;

    public SlotSource Source => SlotSource.Trending;

    public IEnumerable<Candidate> Propose(FeedContext context) => !context.Catalogue.Trends.Any ? [] : (
        from cell in context.Shelf.Standing.Rising
        let video = cell.State
        let lift = context.Catalogue.Trends.LiftOf(video, context.Region).Lift
        where video.Stage == VideoStage.Open && lift > 1 && context.Viewer.ViewOf(video.Id) is null && context.IsOldEnough(video)
        orderby lift descending, video.Id.Value
        select new Candidate(cell, video, Source)).Take(Most);
}
