using System.Collections.Immutable;

namespace Groundswell.Ranking.Learning;

/// <summary>
/// One video put before one viewer, as the model may know it at that moment. Ids are whatever identifies a thing for good;
/// 0 is unknown.
/// </summary>
/// <param name="Topic">What the video is about: its leading genre, or a log's tag.</param>
/// <param name="Kind">How it was made, as far as that is known.</param>
/// <param name="Surface">Where it is shown: a feed's mode, or a log's tab.</param>
/// <param name="Seconds">Its length; 0 where it is not known.</param>
/// <param name="Uploaded">When it came; null where that is not known.</param>
/// <param name="Traits">What else is known of the viewer and may be used, one key each.</param>
public readonly record struct Exposure(
    ulong Viewer, ulong Video, ulong Creator, ulong Sound, ulong Topic, ulong Kind, ulong Surface,
    double Seconds, DateTimeOffset? Uploaded, ImmutableArray<ulong> Traits, DateTimeOffset At)
{
    /// <summary>Log-odds that the viewer's taste adds to whatever earns points, by content; 0 where it says nothing.</summary>
    public float Taste { get; init; }

    /// <summary>Hashtags, of which the first few count.</summary>
    public ImmutableArray<ulong> Hashtags { get; init; } = [];
}
