using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>
/// Videos in a wave, like-minded viewers first: whoever's taste is near, and whoever's cohort looks promising by Thompson
/// sampling of its own score (Thompson, 1933).
/// </summary>
internal sealed class WaveSource : ISource
{
    private const double Near = 0.15;
    private const double CohortPriorViews = 8;

    public SlotSource Source => SlotSource.Wave;

    public IEnumerable<Candidate> Propose(FeedContext context) =>
        from cell in context.Shelf.In(VideoStage.Widening)
        let video = cell.State
        where video.Stage == VideoStage.Widening && HasRoom(cell, video, context)
        where context.AffinityTo(video) >= Near || CohortPromises(video, context)
        select new Candidate(cell, video, Source);

    private static bool HasRoom(VideoCell cell, VideoState video, FeedContext context) =>
        Wave.Size(video.Wave, context.BatchSize, context.Catalogue.Audience.Weekly, context.Rules.Waves) is not { } size
        || video.InStage.Impressions + cell.InFlight(context.Request.Now) < size;

    private static bool CohortPromises(VideoState video, FeedContext context)
    {
        var overall = video.Evidence.Totals.MeanPoints;
        var cohort = ScorePosterior.Of(
            video.Evidence.Cohorts.GetValueOrDefault(context.Cohort.Number), new ScorePrior(overall, 40, CohortPriorViews));
        var drawn = cohort.Mean + (cohort.Deviation * context.Chance.For("wave").For(video.Id.Value).Normal());
        return drawn > overall;
    }
}
