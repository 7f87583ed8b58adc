using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>Videos in their test batch that still want a viewer like this one; the longest waiting first.</summary>
internal sealed class TestBatchSource : ISource
{
    private const int Most = 12;

    public SlotSource Source => SlotSource.TestBatch;

    public IEnumerable<Candidate> Propose(FeedContext context) =>
        Panels.Open(VideoStage.Testing, context).Take(Most).Select(cell => new Candidate(cell, cell.State, Source));
}

/// <summary>
/// The batches that would take this viewer, in the order in which their tests began: under more uploads than the audience
/// can test, tests that have begun still come to an end, and no upload waits behind a later one.
/// </summary>
internal static class Panels
{
    public static IEnumerable<VideoCell> Open(VideoStage stage, FeedContext context) =>
        from cell in context.Shelf.In(stage)
        let video = cell.State
        where video.Stage == stage && Takes(cell, video, context)
        orderby video.TestedAt, video.Id.Value
        select cell;

    private static bool Takes(VideoCell cell, VideoState video, FeedContext context)
    {
        var now = context.Request.Now;
        var (seen, onTheWay) = (video.InStage.Impressions, cell.InFlight(now));
        if (seen + onTheWay >= 2 * context.BatchSize) return false;
        return Panel.Admits(
            new PanelGuest(video.Id, context.Viewer.Id, context.Cohort, context.ViewsADay, context.Viewer.Follows.Contains(video.Creator), video.TestedAt ?? now, now),
            new PanelSoFar(
                seen, onTheWay, video.ShownInTrial(context.Cohort.Number) + cell.InFlight(context.Cohort, now),
                video.Evidence.FollowerViews - video.FollowerViewsAtTrial + cell.InFlightToFollowers(now), video.ShownInTrial()),
            context.Catalogue.Audience.Strata, context.BatchSize, context.Rules.TestBatch, context.PanelChance);
    }
}
