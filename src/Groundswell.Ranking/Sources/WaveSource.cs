using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>
/// Videos in a wave, like-minded viewers first: whoever's taste is near, and whoever's cohort looks promising by Thompson
/// sampling of its own score (Thompson, 1933). Where a cohort has clearly had enough of a video the wave stops, while it goes
/// on elsewhere.
/// </summary>
internal sealed class WaveSource : ISource
{
    private const double Near = 0.15;

    public SlotSource Source => SlotSource.Wave;

    public IEnumerable<Candidate> Propose(FeedContext context) =>
        from cell in context.Shelf.In(VideoStage.Widening)
        let video = cell.State
        where video.Stage == VideoStage.Widening && HasRoom(cell, video, context) && Promises(video, context)
        select new Candidate(cell, video, Source);

    private static bool HasRoom(VideoCell cell, VideoState video, FeedContext context) =>
        Wave.Size(video.Wave, context.BatchSize, context.Catalogue.Audience.Weekly, context.Rules.Waves) is not { } size
        || video.InStage.Impressions + cell.InFlight(context.Request.Now) < size;

    private static bool Promises(VideoState video, FeedContext context)
    {
        var peers = context.Catalogue.Peers[video.Bucket];
        var cohort = CohortScore.Of(video.Evidence, context.Cohort, context.Catalogue.Cohorts, peers.Prior.Variance);
        if (cohort.Views >= context.Rules.Gate.LeastViews && cohort.ProbabilityAbove(peers.Gate) <= context.Rules.Gate.PauseAt) return false;
        if (context.AffinityTo(video) >= Near) return true;
        var drawn = cohort.Mean + (cohort.Deviation * context.Chance.For("wave").For(video.Id.Value).Normal());
        return drawn > video.Evidence.Totals.MeanPoints;
    }
}
