using System.Collections.Immutable;
using Groundswell.Core.Audience;

namespace Groundswell.Core.Videos;

/// <summary>A step of a video on its way through a niche.</summary>
/// <param name="Verdict">What decided.</param>
/// <param name="Niche">The clusters that it goes on among; null where it stops.</param>
public sealed record NicheStep(VideoStage To, int Wave, ReasonCode Why, GateVerdict Verdict, ImmutableArray<int>? Niche);

/// <summary>
/// What becomes of a video among the few who want it. Where the gate stops it for everybody, its test goes on in the clusters
/// that more likely than not are above the gate, within the test's own bound of twice a batch, until those are clear; then
/// it widens among them, wave by wave, and nowhere else.
/// </summary>
internal static class NicheJudge
{
    /// <summary>More likely than not: with less a test would go on for nearly every video that is paused, with more only for those that are clear already.</summary>
    private const double Promising = 0.5;

    /// <summary>How it goes on instead of stopping; null where it stops.</summary>
    /// <param name="all">The verdict by which it stops for everybody.</param>
    public static NicheStep? Instead(VideoState video, GateVerdict all, Surroundings around, Rules rules, DateTimeOffset now)
    {
        if (Find(video, around, rules, now) is not { } niche) return null;
        var verdict = Assess(video, niche, around, rules, now);
        var found = verdict.Decision == GateDecision.Widen;
        if (video.Stage == VideoStage.Widening) return found ? new NicheStep(VideoStage.Widening, 1, ReasonCode.NicheFound, verdict, niche) : null;
        // The numbers of the test as a whole stay with this step: they are what later videos are compared with.
        return found || (verdict.Decision == GateDecision.Continue && !IsSpent(video, around, rules))
            ? new NicheStep(video.Stage, 0, ReasonCode.NicheSought, all, niche)
            : null;
    }

    /// <summary>The next step of a video in a niche; null while it stays as it is.</summary>
    public static NicheStep? Next(VideoState video, ImmutableArray<int> niche, Surroundings around, Rules rules, DateTimeOffset now)
    {
        var verdict = Assess(video, niche, around, rules, now);
        if (!Niche.IsWorthAWave(verdict.Audience, rules)) return Stop(ReasonCode.NicheGone, verdict);
        return video.Stage == VideoStage.Widening ? InWave(video, niche, verdict, rules) : OnTrial(video, niche, verdict, around, rules, now);
    }

    /// <summary>What the gate says of a video among some clusters.</summary>
    public static GateVerdict Assess(VideoState video, ImmutableArray<int> niche, Surroundings around, Rules rules, DateTimeOffset now)
    {
        var viewers = around.Cohorts.ViewersIn(niche);
        var own = video.ByTaste.Of(niche);
        var prior = Assessment.Prior(video, around, TestBatch.Size(around.WeeklyViewers, rules.TestBatch), rules, now);
        var score = Niche.Score(own, video.OnTrial - own, prior, around.Peers, niche.Length, viewers);
        return Niche.Judge(score, around.Peers.Gate, viewers, rules);
    }

    /// <summary>The most promising clusters: as many as make a wave, and those besides that are clear by themselves.</summary>
    private static ImmutableArray<int>? Find(VideoState video, Surroundings around, Rules rules, DateTimeOffset now)
    {
        if (!rules.Gate.Sequential || rules.Gate.NicheClusters == 0 || around.Cohorts.Drawn is not { } drawn || around.Peers.TasteSpread <= 0) return null;
        var best = drawn.Clusters.Where(cluster => video.ByTaste.Of(cluster.Id).Views > 0)
            .Select(cluster => (cluster.Id, Verdict: Assess(video, [cluster.Id], around, rules, now)))
            .Where(one => one.Verdict.Probability > Promising).OrderByDescending(one => one.Verdict.Probability).ThenBy(one => one.Id)
            .Take(rules.Gate.NicheClusters).ToArray();
        var count = 0;
        while (count < best.Length && (!IsWorthAWave(count) || best[count].Verdict.Decision == GateDecision.Widen)) count++;
        return IsWorthAWave(count) ? [.. best[..count].Select(one => one.Id).Order()] : null;

        bool IsWorthAWave(int first) => Niche.IsWorthAWave(around.Cohorts.ViewersIn([.. best[..first].Select(one => one.Id)]), rules);
    }

    private static NicheStep? OnTrial(VideoState video, ImmutableArray<int> niche, GateVerdict verdict, Surroundings around, Rules rules, DateTimeOffset now) => verdict.Decision switch
    {
        GateDecision.Widen => new NicheStep(VideoStage.Widening, 1, ReasonCode.NicheFound, verdict, niche),
        GateDecision.Continue when !IsSpent(video, around, rules) && !IsTooLate(video, rules, now) => null,
        _ => Stop(ReasonCode.NicheMissed, verdict),
    };

    /// <summary>As any wave; the last one is as wide as the niche, and ends with time or when it turns sour.</summary>
    private static NicheStep? InWave(VideoState video, ImmutableArray<int> niche, GateVerdict verdict, Rules rules)
    {
        if (verdict.Probability <= rules.Gate.PauseAt && video.InStage.Views >= verdict.Batch) return Stop(ReasonCode.WaveMissed, verdict);
        if (Niche.WaveSize(video.Wave, verdict.Audience, rules) is not { } size) return null;
        if (video.InStage.Impressions < size && !Wave.IsClear(video.InStage.Views, size, verdict.Probability, rules.Waves)) return null;
        return verdict.Score.Mean > verdict.Gate
            ? new NicheStep(VideoStage.Widening, video.Wave + 1, ReasonCode.WaveCleared, verdict, niche)
            : Stop(ReasonCode.WaveMissed, verdict);
    }

    private static NicheStep Stop(ReasonCode why, GateVerdict verdict) => new(VideoStage.Paused, 0, why, verdict, null);

    /// <summary>Other tests come before this one; what they leave no slots for within the time that a widened video lasts is over.</summary>
    private static bool IsTooLate(VideoState video, Rules rules, DateTimeOffset now) => video.TestedAt is { } began && Wave.HasCooled(began, now, rules.Waves);

    private static bool IsSpent(VideoState video, Surroundings around, Rules rules) =>
        Math.Max(video.OnTrial.Impressions, video.OnTrial.Views) >= 2 * TestBatch.Size(around.WeeklyViewers, rules.TestBatch);
}
