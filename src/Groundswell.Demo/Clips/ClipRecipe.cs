using System.Collections.Immutable;

namespace Groundswell.Demo.Clips;

/// <summary>Why a clip is in the demo: most are there to be watched, a few so that every stage of a video's life has inhabitants.</summary>
public enum ClipPurpose
{
    Regular,

    /// <summary>Another clip again, slightly cropped and brightened: the duplicate check should hold it.</summary>
    NearDuplicate,

    /// <summary>Strobing, almost black, or captioned with a blocked word: machine review should pass it to a person.</summary>
    NeedsReviewer,

    /// <summary>Harmless and boring: the test batch should stop it.</summary>
    Dull,
}

/// <summary>
/// One clip that ffmpeg renders from its own generators: no network, no files, the same pixels for the same recipe.
/// <paramref name="HiddenQuality"/> (0 to 1) is how well made it is; only synthetic viewers may know it.
/// </summary>
public sealed record ClipRecipe(
    string Name,
    string Genre,
    int DurationMs,
    string Caption,
    ImmutableArray<string> Hashtags,
    string SoundTitle,
    string CreatorHandle,
    ClipPurpose Purpose,
    double HiddenQuality,
    Scene Scene)
{
    /// <summary>The arguments of one ffmpeg run that writes the clip as MP4 (H.264 432×768 at 24 frames/s, AAC about −18 LUFS).</summary>
    public IReadOnlyList<string> FfmpegArguments(string outputPath) => Rendering.Arguments(Scene, DurationMs, outputPath);
}

/// <summary>
/// What is seen and heard: <paramref name="Picture"/> and <paramref name="Sound"/> are filter chains without labels
/// (https://ffmpeg.org/ffmpeg-filters.html), <paramref name="Stills"/> are small images that the picture reads as [0:v], [1:v] …
/// </summary>
public sealed record Scene(string Picture, string Sound, ImmutableArray<Still> Stills);
