using System.Collections.Immutable;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Creators;
using Groundswell.Core.Ledger;
using Groundswell.Core.Trends;

namespace Groundswell.Core.Videos;

/// <summary>What a verdict on one video depends on besides the video.</summary>
/// <param name="Peers">What tested videos of its length say.</param>
/// <param name="WeeklyViewers">Viewers of the last seven days.</param>
/// <param name="Trend">The strongest lift of what the video is about, in whatever region.</param>
/// <param name="Seen">Ledger position up to which all this is known.</param>
public sealed record Surroundings(CreatorState Creator, PeerFit Peers, int WeeklyViewers, TopicLift Trend, long Seen = 0)
{
    /// <summary>The clusters of taste in force.</summary>
    public CohortMap Cohorts { get; init; } = CohortMap.Empty;
}

/// <summary>
/// Decides the next step of a video that is past review: test, waves, cool-down, pause and revival. Pure: the same video,
/// surroundings, rules and time give the same move.
/// </summary>
/// <param name="version">What its moves are signed with; the rules' own version unless told.</param>
public sealed class VideoJudge(Rules rules, Chance chance, string? version = null)
{
    private readonly string _version = version ?? rules.Version;

    /// <summary>The move that is due now, or null when the video stays as it is.</summary>
    public VideoMoved? Judge(VideoState video, Surroundings around, DateTimeOffset now) => Due(video, around, now) is { } move ? move with { Seen = around.Seen, WeeklyViewers = around.WeeklyViewers } : null;

    private VideoMoved? Due(VideoState video, Surroundings around, DateTimeOffset now) => video.Stage switch
    {
        VideoStage.Testing or VideoStage.Reviving => video.Niche is { } niche ? JudgeNiche(video, niche, around, now) : JudgeTrial(video, around, now),
        VideoStage.Widening => CoolDown(video, now) ?? (video.Niche is { } niche ? JudgeNiche(video, niche, around, now) : JudgeWave(video, around, now)),
        VideoStage.Open => CoolDown(video, now),
        VideoStage.Paused => JudgeRevival(video, around, now),
        _ => null,
    };

    /// <summary>The gate's present view of a video: what the studio shows, whatever its stage.</summary>
    public GateVerdict Assess(VideoState video, Surroundings around, DateTimeOffset now) => Assessment.Of(video, around, rules, now);

    private VideoMoved? JudgeTrial(VideoState video, Surroundings around, DateTimeOffset now)
    {
        var verdict = Assess(video, around, now);
        return verdict.Decision switch
        {
            GateDecision.Pause => Stop(video, verdict.Final ? ReasonCode.BatchEndedBelow : ReasonCode.GateMissed, verdict, around, now),
            GateDecision.Widen => Widen(video, 1, verdict.Final ? ReasonCode.BatchEndedAbove : ReasonCode.GateCleared, verdict, around, now),
            _ => null,
        };
    }

    private VideoMoved? JudgeWave(VideoState video, Surroundings around, DateTimeOffset now)
    {
        var verdict = Assess(video, around, now);
        if (verdict.Probability <= rules.Gate.PauseAt && video.InStage.Views >= verdict.Batch)
            return Stop(video, ReasonCode.WaveMissed, verdict, around, now);
        if (Wave.Size(video.Wave, verdict.Batch, around.WeeklyViewers, rules.Waves) is { } size && video.InStage.Impressions < size
            && !Wave.IsClear(video.InStage.Views, size, verdict.Probability, rules.Waves)) return null;
        return verdict.Score.Mean > verdict.Gate
            ? Widen(video, video.Wave + 1, ReasonCode.WaveCleared, verdict, around, now)
            : Stop(video, ReasonCode.WaveMissed, verdict, around, now);
    }

    private VideoMoved? JudgeNiche(VideoState video, ImmutableArray<int> niche, Surroundings around, DateTimeOffset now) =>
        NicheJudge.Next(video, niche, around, rules, now) is { } step ? Move(video, step, around, now) : null;

    /// <summary>It is paused for everybody, or goes on among the few who want it.</summary>
    private VideoMoved Stop(VideoState video, ReasonCode why, GateVerdict verdict, Surroundings around, DateTimeOffset now) =>
        NicheJudge.Instead(video, verdict, around, rules, now) is { } step ? Move(video, step, around, now) : Move(video, VideoStage.Paused, 0, why, verdict, around, now);

    private VideoMoved Widen(VideoState video, int wave, ReasonCode why, GateVerdict verdict, Surroundings around, DateTimeOffset now) =>
        Wave.Size(wave, verdict.Batch, around.WeeklyViewers, rules.Waves) is null
            ? Move(video, VideoStage.Open, 0, why, verdict, around, now)
            : Move(video, VideoStage.Widening, wave, why, verdict, around, now);

    private VideoMoved? CoolDown(VideoState video, DateTimeOffset now)
    {
        if (video.PromotedAt is not { } promoted || !Wave.HasCooled(promoted, now, rules.Waves)) return null;
        var days = Reason.Of(ReasonCode.CooledDown, ("days", (now - promoted).TotalDays), ("views", video.Evidence.Totals.Views));
        return new VideoMoved(now, video.Id, video.Creator, video.Stage, VideoStage.Library, 0, days, _version);
    }

    private VideoMoved? JudgeRevival(VideoState video, Surroundings around, DateTimeOffset now)
    {
        if (video.Revivals >= rules.Revival.Most || now - video.StageAt < rules.Revival.Rest) return null;
        if (video.WithheldAt is { } withheld && Revival.SpellOf(withheld) == Revival.SpellOf(now)) return null;
        if (Revival.Trigger(around.Creator, around.Trend, rules.Revival, now) is not { } trigger) return null;
        var reason = trigger with { Numbers = trigger.Numbers.Add("attempt", video.Revivals + 1).Add("views", video.Evidence.Totals.Views) };
        return Revival.IsHeldOut(video.Creator, now, rules.Revival, chance)
            ? Revived(VideoStage.Paused, reason with { Code = ReasonCode.RevivalHeldOut, Trigger = trigger.Code })
            : Revived(VideoStage.Reviving, reason);

        VideoMoved Revived(VideoStage to, Reason why) => new(now, video.Id, video.Creator, video.Stage, to, 0, why, _version);
    }

    private VideoMoved Move(VideoState video, NicheStep step, Surroundings around, DateTimeOffset now) =>
        Move(video, step.To, step.Wave, step.Why, step.Verdict, around, now) with { Niche = step.Niche };

    /// <summary>With all that decided: whoever reads the move alone can work the score out and hold it against the bounds.</summary>
    private VideoMoved Move(VideoState video, VideoStage to, int wave, ReasonCode why, GateVerdict verdict, Surroundings around, DateTimeOffset now)
    {
        var ofPeers = around.Peers.PriorFor(video.Analysis?.Genres.Leading);
        var prior = Assessment.Prior(video, around, TestBatch.Size(around.WeeklyViewers, rules.TestBatch), rules, now);
        return new VideoMoved(
            now, video.Id, video.Creator, video.Stage, to, wave,
            Reason.Of(
                why,
                ("score", verdict.Score.Mean), ("gate", verdict.Gate), ("probability", verdict.Probability), ("widen_at", rules.Gate.WidenAt), ("pause_at", rules.Gate.PauseAt),
                ("views", verdict.Score.Views), ("batch", verdict.Batch), ("deviation", verdict.Score.Deviation), ("skew", verdict.Score.Skew), ("wave", wave),
                ("audience", verdict.Audience), ("shown", video.OnTrial.Impressions), ("points", video.OnTrial.Points),
                ("peers", around.Peers.Videos), ("prior", prior.Mean), ("prior_views", prior.PseudoViews), ("authority", prior.Mean - ofPeers.Mean)),
            _version);
    }
}
