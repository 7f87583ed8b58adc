using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>Videos in their test batch that still want a viewer like this one, in the order of <see cref="Pacing"/>.</summary>
internal sealed class TestBatchSource : ISource
{
    private const int Most = 12;

    public SlotSource Source => SlotSource.TestBatch;

    public IEnumerable<Candidate> Propose(FeedContext context) =>
        context.Catalogue.Tests.InOrder(context.Chance.For("pacing"), context.Rules.Pacing)
            .Where(cell => Panels.Takes(VideoStage.Testing, cell, context))
            .Take(Most).Select(cell => new Candidate(cell, cell.State, Source));
}

/// <summary>Whether a batch would take this viewer now.</summary>
internal static class Panels
{
    public static bool Takes(VideoStage stage, VideoCell cell, FeedContext context)
    {
        var video = cell.State;
        if (video.Stage != stage) return false;
        var onTheWay = cell.InFlight(context.Request.Now);
        if (onTheWay >= context.Rules.Pacing.InFlight(context.BatchSize, context.Rules.Gate.FirstLook(context.BatchSize))) return false;
        if (video.InStage.Impressions + onTheWay >= 2 * context.BatchSize) return false;
        return TestBatch.Admits(
            video.InStage.Impressions, video.ShownInTrial(context.Cohort.Number), video.Evidence.FollowerViews - video.FollowerViewsAtTrial,
            context.Viewer.Follows.Contains(video.Creator), context.BatchSize,
            context.Request.Now - (video.TestedAt ?? context.Request.Now), context.Rules.TestBatch);
    }
}
