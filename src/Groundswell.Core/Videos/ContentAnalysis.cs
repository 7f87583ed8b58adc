using System.Collections.Immutable;
using Groundswell.Core.Duplicates;
using Groundswell.Core.Genres;

namespace Groundswell.Core.Videos;

/// <summary>What the machine saw, heard and read in one video.</summary>
/// <param name="Vector">Content vector: <see cref="VectorLength"/> numbers, unit length. Similar clips have a high dot product.</param>
/// <param name="Genres">Genre distribution from caption words, hashtags and features.</param>
/// <param name="AnalyserVersion">Changes whenever equal input may give other output.</param>
public sealed record ContentAnalysis(
    VisualFeatures Visual,
    AudioFeatures? Audio,
    TextFeatures Text,
    ImmutableArray<float> Vector,
    GenreMix Genres,
    Fingerprint Fingerprint,
    string AnalyserVersion)
{
    public const int VectorLength = 64;
}

/// <summary>Features of the picture over frames sampled evenly in time. All shares and levels are in [0, 1].</summary>
/// <param name="HueHistogram">Share of saturated pixels in each of 12 hue bins of 30°, from red; sums to 1, or all 0 for a grey video.</param>
/// <param name="Motion">Mean absolute luma difference between neighbouring sampled frames.</param>
/// <param name="ShotsPerMinute">Detected cuts per minute of video.</param>
/// <param name="BlackShare">Share of the duration that is black.</param>
/// <param name="FrozenShare">Share of the duration in which the picture does not change.</param>
/// <param name="FlashesPerSecond">Highest number of opposing large luminance changes in any one second (WCAG 2.3.1 calls more than 3 unsafe).</param>
/// <param name="EdgeDensity">Mean gradient magnitude: 0 flat colour, 1 noise.</param>
public sealed record VisualFeatures(
    float MeanLuma,
    float LumaDeviation,
    float Saturation,
    ImmutableArray<float> HueHistogram,
    float Motion,
    float ShotsPerMinute,
    float BlackShare,
    float FrozenShare,
    float FlashesPerSecond,
    float EdgeDensity);

/// <summary>Features of the sound track; absent when there is none.</summary>
/// <param name="LoudnessLufs">Integrated loudness, EBU R 128, in LUFS; −70 for silence.</param>
/// <param name="PeakDbfs">Highest sample peak in dBFS.</param>
/// <param name="SilenceShare">Share of the duration below −50 dBFS.</param>
/// <param name="BandShares">Energy shares of 8 frequency bands from low to high; sum to 1, or all 0 for silence.</param>
/// <param name="OnsetsPerSecond">Sudden rises in energy per second.</param>
public sealed record AudioFeatures(
    float LoudnessLufs,
    float PeakDbfs,
    float SilenceShare,
    ImmutableArray<float> BandShares,
    float OnsetsPerSecond);

/// <summary>What the caption says. Words and hashtags are lower case, without '#', in order of appearance, each once.</summary>
/// <param name="BlockedTerms">Words or hashtags found on the installation's block list.</param>
public sealed record TextFeatures(ImmutableArray<string> Words, ImmutableArray<string> Hashtags, ImmutableArray<string> BlockedTerms);
