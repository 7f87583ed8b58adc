using Groundswell.Core.Audience;
using Groundswell.Core.Creators;

namespace Groundswell.Core.Videos;

/// <summary>The gate's present view of one video: what verdicts, pacing and the studio go by, whatever its stage.</summary>
public static class Assessment
{
    public static GateVerdict Of(VideoState video, Surroundings around, Rules rules, DateTimeOffset now)
    {
        if (video.Niche is { } niche) return NicheJudge.Assess(video, niche, around, rules, now);
        var batch = TestBatch.Size(around.WeeklyViewers, rules.TestBatch);
        // Whoever opens shop today has not met their audience: three friends are not everybody there is to please.
        var audience = Math.Max(batch, around.WeeklyViewers);
        return Gate.Judge(video.OnTrial, Prior(video, around, batch, rules, now), around.Peers.Gate, batch, audience, rules.Gate);
    }

    /// <summary>What is believed before the first view: the peers of its length and genre, moved by its creator's record.</summary>
    public static ScorePrior Prior(VideoState video, Surroundings around, int batch, Rules rules, DateTimeOffset now) =>
        Authority.Move(around.Peers.PriorFor(video.Analysis?.Genres.Leading), around.Creator, batch, rules.Authority, now);
}
