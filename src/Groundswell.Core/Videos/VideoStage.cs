namespace Groundswell.Core.Videos;

/// <summary>Where a video stands in its life. Which moves are allowed is in <see cref="VideoLife"/>; why each was made is in the journal.</summary>
public enum VideoStage
{
    /// <summary>The bytes are stored.</summary>
    Uploaded,

    /// <summary>Probed, transcoded and analysed.</summary>
    Processed,

    /// <summary>Waits for a person.</summary>
    HumanReview,

    /// <summary>Passed review by machine or person; the duplicate check is next.</summary>
    Reviewed,

    /// <summary>A duplicate, linked to its original.</summary>
    Held,
    Rejected,

    /// <summary>In its first, small and diverse test batch.</summary>
    Testing,

    /// <summary>In a wave: like-minded viewers first.</summary>
    Widening,

    /// <summary>Past every gate: shown to whoever it suits.</summary>
    Open,

    /// <summary>Cooled down: search, profile and following only.</summary>
    Library,

    /// <summary>Below the gate.</summary>
    Paused,

    /// <summary>Paused once, on trial again.</summary>
    Reviving,
    Deleted,
}

public static class VideoStages
{
    /// <summary>Stages whose videos the For You feed may show.</summary>
    public static bool IsServable(this VideoStage stage) =>
        stage is VideoStage.Testing or VideoStage.Widening or VideoStage.Open or VideoStage.Reviving;

    /// <summary>Stages that only a video which passed review and the duplicate check can be in: profile, following and sharing show them.</summary>
    public static bool IsPublic(this VideoStage stage) => stage.IsServable() || stage is VideoStage.Library or VideoStage.Paused;

    public static string Title(this VideoStage stage) => stage switch
    {
        VideoStage.Uploaded => "Uploaded",
        VideoStage.Processed => "Analysed",
        VideoStage.HumanReview => "With a reviewer",
        VideoStage.Reviewed => "Reviewed",
        VideoStage.Held => "Held as duplicate",
        VideoStage.Rejected => "Rejected",
        VideoStage.Testing => "Test batch",
        VideoStage.Widening => "Widening",
        VideoStage.Open => "Open",
        VideoStage.Library => "Library",
        VideoStage.Paused => "Paused",
        VideoStage.Reviving => "Revived",
        VideoStage.Deleted => "Deleted",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };
}
