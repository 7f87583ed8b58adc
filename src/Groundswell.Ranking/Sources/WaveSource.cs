using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>
/// Videos in a wave, like-minded viewers first: whoever's taste is near, and whoever's cohort looks promising by Thompson
/// sampling of its own score (Thompson, 1933). Where a cohort has clearly had enough of a video the wave stops, while it goes
/// on elsewhere; a video in a niche is proposed to nobody else. With more of them than candidates are wanted, those nearest to
/// the viewer's taste; and of waves that have only begun, a few that need viewers most.
/// </summary>
internal sealed class WaveSource : ISource
{
    private const double Near = 0.15;

    /// <summary>Openings that a page proposes, and that it looks at: where none of so many suits the viewer, another page will do.</summary>
    private const int MostOpenings = 8, MostLookedAt = 500;

    public SlotSource Source => SlotSource.Wave;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        var draws = context.Chance.For("wave");
        foreach (var cell in context.Shelf.Standing.Openings.Take(MostLookedAt).Where(cell => Goes(cell) && IsOpening(cell, context)).Take(MostOpenings))
            yield return new Candidate(cell, cell.State, Source) { InOpening = true };
        foreach (var cell in context.Nearest(context.Shelf.Near.Widening, context.Wanted, Goes))
            yield return new Candidate(cell, cell.State, Source);

        bool Goes(VideoCell cell)
        {
            var (video, promise) = (cell.State, context.Opinion.Of(cell));
            return video.Stage == VideoStage.Widening && video.IsFor(context.Cohort) && context.IsOldEnough(video) && promise != CohortOpinion.HadEnough
                && (context.AffinityTo(video) >= Near || draws.For(cell.Id.Value).Hits(promise)) && HasRoom(cell, video, context);
        }
    }

    private static bool HasRoom(VideoCell cell, VideoState video, FeedContext context) =>
        SizeOf(video, context) is not { } size || cell.HasInFlightAtMost(size - video.InStage.Impressions - 1, context.Request.Now);

    private static bool IsOpening(VideoCell cell, FeedContext context) =>
        Openings.Left(cell.State, context.Catalogue.Audience.Weekly, context.Rules) is > 0 and var left
        && cell.HasInFlightAtMost(left - 1, context.Request.Now);

    private static int? SizeOf(VideoState video, FeedContext context) => video.Niche is { } niche
        ? Niche.WaveSize(video.Wave, context.Catalogue.Cohorts.ViewersIn(niche), context.Rules)
        : Wave.Size(video.Wave, context.BatchSize, context.Catalogue.Audience.Weekly, context.Rules.Waves);
}
