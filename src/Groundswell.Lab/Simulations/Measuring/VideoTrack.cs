using Groundswell.Core.Videos;
using Groundswell.Lab.Simulations.World;

namespace Groundswell.Lab.Simulations.Measuring;

/// <summary>A stage that a video entered.</summary>
internal readonly record struct Step(DateTimeOffset At, VideoStage Stage, int Wave);

/// <summary>A niche as it truly is.</summary>
/// <param name="TrueScore">Expected points of a view among its viewers.</param>
/// <param name="Gate">What it had to be above.</param>
internal sealed record FoundNiche(double TrueScore, double Gate);

/// <summary>What became of one upload.</summary>
internal sealed class VideoTrack(HiddenVideo video, DateTimeOffset uploadedAt)
{
    public HiddenVideo Video { get; } = video;
    public DateTimeOffset UploadedAt { get; } = uploadedAt;
    public List<Step> Steps { get; } = [];
    public int Impressions { get; set; }

    /// <summary>Impressions it had when its first verdict came, of whatever source.</summary>
    public int TrialImpressions { get; set; }
    public DateTimeOffset? VerdictAt { get; set; }

    /// <summary>The engine's score at the first verdict.</summary>
    public double? Score { get; set; }

    /// <summary>Its test went on among a few.</summary>
    public bool NicheSought { get; set; }

    /// <summary>Where it widened among a few; null where it did not.</summary>
    public FoundNiche? Niche { get; set; }

    /// <summary>Made by an attacker: no upload to find.</summary>
    public bool IsDriven { get; init; }

    /// <summary>It reached the second wave, or was opened to all: the engine chose it.</summary>
    public bool Reached { get; set; }

    public bool IsPaused => Steps is [.., { Stage: VideoStage.Paused }];

    /// <summary>The stage at an age; null before the video was there.</summary>
    public VideoStage? At(TimeSpan age)
    {
        VideoStage? stage = null;
        foreach (var step in Steps)
        {
            if (step.At - UploadedAt > age) break;
            stage = step.Stage;
        }
        return stage;
    }
}
