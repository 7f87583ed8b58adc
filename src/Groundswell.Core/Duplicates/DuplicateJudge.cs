namespace Groundswell.Core.Duplicates;

/// <summary>When an upload counts as a copy of a known video.</summary>
public sealed record DuplicateRules
{
    /// <summary>Most bits of 64 in which the hashes of one frame differ, 0 to 31. Default 10.</summary>
    public int MaxDistance { get; init; } = 10;

    /// <summary>Least share of the upload's informative frames that must match, above 0 to 1. Default 0.75.</summary>
    public double MinMatchedShare { get; init; } = 0.75;

    /// <summary>Fewer informative frames than this prove nothing, 1 to 16. Default 3.</summary>
    public int MinInformativeFrames { get; init; } = 3;
}

/// <summary>A video to compare with.</summary>
/// <param name="DurationMs">Length in milliseconds.</param>
public sealed record KnownVideo(VideoId Video, Fingerprint Fingerprint, int DurationMs);
