using System.Globalization;
using Groundswell.Cluster;
using Groundswell.Core.Audience;
using Groundswell.Core.Videos;

namespace Groundswell.Server.Videos;

/// <summary>What is happening to a video right now, in one sentence for its creator.</summary>
internal static class Headlines
{
    public static string For(VideoState video, Engine engine) => video.Stage switch
    {
        VideoStage.Uploaded => "It has arrived and is being converted and analysed.",
        VideoStage.Processed => "It is converted; the review is next.",
        VideoStage.Reviewed => "It passed review; the duplicate check is next.",
        VideoStage.Testing or VideoStage.Reviving when video.Niche is { } niche => $"It stops for most viewers; its test goes on among {engine.Catalogue.Cohorts.Titles(niche, engine.Taxonomy)}.",
        VideoStage.Testing => Testing(video, engine),
        VideoStage.Reviving => $"It is on trial again: {Viewers(video.InStage.Views)} watched so far.",
        VideoStage.Widening when video.Niche is { } niche =>
            $"It stops for most viewers and goes on among {engine.Catalogue.Cohorts.Titles(niche, engine.Taxonomy)}: {Viewers(video.InStage.Views)} watched in wave {video.Wave}.",
        VideoStage.Widening => $"It passed its test and is in wave {video.Wave}: {Viewers(video.InStage.Views)} watched since then.",
        VideoStage.Open => $"It passed every gate and is open to whoever it suits, with {video.Evidence.Totals.Views} views so far.",
        _ => video.LastReason is { } reason ? ReasonText.For(reason) : video.Stage.Title(),
    };

    private static string Testing(VideoState video, Engine engine)
    {
        var verdict = engine.JudgeOf(video).Assess(video, engine.Catalogue.Around(video), engine.Now);
        return video.OnTrial.Views == 0
            ? $"It waits for the first of its {verdict.Batch} test viewers."
            : string.Create(CultureInfo.InvariantCulture,
                $"{(video.OnTrial.Views == 1 ? "1 viewer has" : $"{video.OnTrial.Views} viewers have")} watched it, of at most {2 * verdict.Batch}: {verdict.Score.Mean:0.00} points a view against a gate of {verdict.Gate:0.00}. {Sure(verdict, engine.InForce.Of(video, engine.Now).Rules.Gate)}");
    }

    private static string Viewers(int count) => count switch { 0 => "nobody has", 1 => "one viewer has", _ => $"{count} viewers have" };

    /// <summary>How sure the engine is, and when that is enough.</summary>
    private static string Sure(GateVerdict verdict, GateRules rules) => verdict.Probability >= 0.5
        ? string.Create(CultureInfo.InvariantCulture, $"The engine is {verdict.Probability:0 %} sure that it is above, and widens it at {rules.WidenAt:0 %}.")
        : string.Create(CultureInfo.InvariantCulture, $"The engine is {1 - verdict.Probability:0 %} sure that it is below, and pauses it at {1 - rules.PauseAt:0 %}.");
}
