using System.Collections.Immutable;
using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>
/// Videos in a wave, like-minded viewers first: whoever's taste is near, and whoever's cohort looks promising by Thompson
/// sampling of its own score (Thompson, 1933). Where a cohort has clearly had enough of a video the wave stops, while it goes
/// on elsewhere. With more of them than candidates are wanted, those nearest to the viewer's taste.
/// </summary>
internal sealed class WaveSource : ISource
{
    private const double Near = 0.15;

    public SlotSource Source => SlotSource.Wave;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        var (shelf, promises, draws) = (context.Shelf, context.Opinion.Promise, context.Chance.For("wave"));
        var wanted = Wanted(context);
        var nearest = new NearestRows(wanted);
        for (var place = 0; place < promises.Length; place++)
        {
            var row = shelf.WideningRows[place];
            if (row < 0 || promises[place] == CohortOpinion.HadEnough) continue;
            var cell = shelf.Cells[row];
            var video = cell.State;
            if (video.Stage != VideoStage.Widening) continue;
            if (context.AffinityTo(video) < Near && !draws.For(video.Id.Value).Hits(promises[place])) continue;
            if (!HasRoom(cell, video, context)) continue;
            nearest.Offer(row, promises.Length > wanted ? context.Nearness[row] : 0);
        }
        return nearest.Rows.Select(row => new Candidate(shelf.Cells[row], shelf.Cells[row].State, Source));
    }

    /// <summary>As many more as the filters may remove again.</summary>
    private static int Wanted(FeedContext context) => context.Rules.Feed.Candidates + context.Request.Exclude.Count + context.Viewer.ServedInSession.Count;

    private static bool HasRoom(VideoCell cell, VideoState video, FeedContext context) =>
        Wave.Size(video.Wave, context.BatchSize, context.Catalogue.Audience.Weekly, context.Rules.Waves) is not { } size
        || video.InStage.Impressions + cell.InFlight(context.Request.Now) < size;
}
