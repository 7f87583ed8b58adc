using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// Waves that have only begun: some slots are kept for them, or in a large catalogue whatever has proven itself would be worth
/// more to every viewer, and the best would wait for days behind it.
/// </summary>
internal static class Openings
{
    /// <summary>
    /// Those that wait for viewers, in the order in which slots are kept for them: where few views may end the wave. First
    /// whatever is clear already but for its number of views, then the surest; every creator's first before anybody's second.
    /// </summary>
    public static ImmutableArray<VideoCell> InOrder(IEnumerable<VideoCell> widening, Func<VideoState, Surroundings> around, Rules rules, DateTimeOffset now)
    {
        var waiting = new List<(VideoCell Cell, VideoState Video, double Sure, int Left)>();
        foreach (var cell in widening)
        {
            var video = cell.State;
            var surroundings = around(video);
            if (Left(video, surroundings.WeeklyViewers, rules) is > 0 and var left)
                waiting.Add((cell, video, Math.Min(Assessment.Of(video, surroundings, rules, now).Probability, rules.Waves.ClearAt), left));
        }
        var ordered = waiting.OrderByDescending(one => one.Sure).ThenBy(one => one.Left).ThenBy(one => one.Video.StageAt).ThenBy(one => one.Video.Id.Value);
        return [.. Pacing.InTurns(ordered, one => one.Video.Creator).Select(one => one.Cell)];
    }

    /// <summary>Views that a wave among everybody lacks before it may end early.</summary>
    public static int Left(VideoState video, int weeklyViewers, Rules rules) =>
        video is { Stage: VideoStage.Widening, Niche: null } && Wave.Size(video.Wave, TestBatch.Size(weeklyViewers, rules.TestBatch), weeklyViewers, rules.Waves) is { } size
            ? (int)Math.Ceiling(rules.Waves.ClearShare * size) - video.InStage.Views
            : 0;
}
