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

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        var proposed = 0;
        foreach (var cell in context.Catalogue.Tests.Queue.InOrder(context.Chance.For("pacing"), context.Rules.Pacing))
        {
            // Which of the proposed is shown, their value to the viewer decides too: so those in niches stand back here.
            if (proposed == Most || (proposed > 0 && cell.State.Niche is not null)) yield break;
            if (!Panels.Takes(VideoStage.Testing, cell, context)) continue;
            proposed++;
            yield return new Candidate(cell, cell.State, Source);
        }
    }
}

/// <summary>Whether a batch would take this viewer now.</summary>
internal static class Panels
{
    public static bool Takes(VideoStage stage, VideoCell cell, FeedContext context)
    {
        var video = cell.State;
        if (video.Stage != stage || !video.IsFor(context.Cohort) || !context.IsOldEnough(video)) return false;
        var (now, seen) = (context.Request.Now, video.InStage.Impressions);
        var guest = new PanelGuest(
            video.Id, context.Viewer.Id, context.Cohort, context.ViewsADay, context.Viewer.Follows.Contains(video.Creator), video.TestedAt ?? now, now);
        if (!context.Panel.Asks(guest, seen, context.PanelChance)) return false;
        var onTheWay = cell.InFlight(now);
        if (onTheWay >= context.Rules.Pacing.InFlight(context.BatchSize, context.Rules.Gate.FirstLook(context.BatchSize))) return false;
        if (seen + onTheWay >= 2 * context.BatchSize) return false;
        if (video.Niche is not null) return context.Panel.HasRoomFor(guest, Followers(cell, video, now), seen + onTheWay);
        return context.Panel.Admits(
            guest,
            new PanelSoFar(
                seen, onTheWay, video.Panel.GetValueOrDefault(context.Cohort.Number) + cell.InFlight(context.Cohort, now),
                Followers(cell, video, now), video.Panel),
            context.PanelChance);
    }

    private static int Followers(VideoCell cell, VideoState video, DateTimeOffset now) =>
        video.Evidence.FollowerViews - video.FollowerViewsAtTrial + cell.InFlightToFollowers(now);
}
