using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Creators;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// Waves that have only begun: some slots are kept for them, or in a large catalogue whatever has proven itself would be worth
/// more to every viewer, and they would never end.
/// </summary>
internal static class Openings
{
    /// <summary>Those that wait for viewers, the longest waiting first, every creator's first before anybody's second.</summary>
    public static ImmutableArray<VideoCell> InOrder(IEnumerable<VideoCell> widening, int weeklyViewers, CohortMap cohorts, Rules rules)
    {
        var waiting = new Dictionary<VideoId, VideoCell>();
        foreach (var cell in widening)
            if (Left(cell.State, weeklyViewers, cohorts, rules) > 0) waiting[cell.Id] = cell;
        return [.. Pacing.FirstLooks(waiting.Values.Select(cell => Waiting(cell.State)), int.MaxValue).Select(test => waiting[test.Video])];
    }

    /// <summary>Views that a wave lacks before it may end early.</summary>
    public static int Left(VideoState video, int weeklyViewers, CohortMap cohorts, Rules rules) =>
        video.Stage == VideoStage.Widening && SizeOf(video, weeklyViewers, cohorts, rules) is { } size
            ? (int)Math.Ceiling(rules.Waves.ClearShare * size) - video.InStage.Views
            : 0;

    /// <summary>Impressions that a video's wave may take, among everybody or in its niche; null where it is as wide as they are.</summary>
    public static int? SizeOf(VideoState video, int weeklyViewers, CohortMap cohorts, Rules rules) => video.Niche is { } niche
        ? Niche.WaveSize(video.Wave, cohorts.ViewersIn(niche), rules)
        : Wave.Size(video.Wave, TestBatch.Size(weeklyViewers, rules.TestBatch), weeklyViewers, rules.Waves);

    private static RunningTest Waiting(VideoState video) => new(video.Id, video.Creator, CreatorRecord.None, video.StageAt, video.InStage.Views, 0);
}
