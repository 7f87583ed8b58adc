using System.Collections.Immutable;
using System.Globalization;
using Groundswell.Media.Ffmpeg;

namespace Groundswell.Media.Renditions;

/// <summary>The one streamable file made from an upload: H.264 and AAC in MP4, constant frame rate.</summary>
/// <param name="Width">Pixels, even.</param>
/// <param name="Height">Pixels, even.</param>
/// <param name="Frames">Number of frames, at least 2.</param>
/// <param name="Duration">Length of the picture: <paramref name="Frames"/> at <paramref name="Rate"/>.</param>
public sealed record Rendition(string Path, int Width, int Height, FrameRate Rate, int Frames, TimeSpan Duration, bool HasAudio)
{
    /// <summary>The time at which a seek lands on the frame of this index: a quarter frame before it is shown.</summary>
    public string SeekTo(int frame) => Math.Max(0, (frame - 0.25) / Rate.Value).ToString("0.######", CultureInfo.InvariantCulture);
}

/// <summary>What transcoding led to.</summary>
public abstract record RenditionVerdict
{
    private RenditionVerdict() { }

    public sealed record Made(Rendition Rendition) : RenditionVerdict;

    public sealed record Refused(MediaRejection Rejection) : RenditionVerdict;
}

/// <summary>How an upload becomes a rendition: size, rate and the filters that lead there. Pure.</summary>
/// <param name="Filters">ffmpeg filter chain for the picture.</param>
/// <param name="SampleRate">Of the sound in Hz: 44100 or 48000, whichever the upload divides; 0 without sound.</param>
public sealed record RenditionPlan(int Width, int Height, FrameRate Rate, string Filters, int SampleRate)
{
    /// <summary>Longest side in pixels: 720p, what a phone shows full screen at 2 Mbit/s.</summary>
    public const int LongestSide = 1280;

    /// <summary>Seconds between key frames: a seek or a segment may begin at each.</summary>
    public const int KeyFrameSeconds = 2;

    private static readonly FrameRate Fastest = new(30, 1);

    /// <summary>Plans the rendition of a picture with its sound.</summary>
    public static RenditionPlan For(VideoTrack picture, AudioTrack? sound)
    {
        var scale = Math.Min(1.0, (double)LongestSide / Math.Max(picture.Width, picture.Height));
        var (width, height) = (Even(picture.Width * scale), Even(picture.Height * scale));
        var rate = RateFor(picture);
        return new RenditionPlan(width, height, rate, FiltersFor(picture, width, height, rate), SampleRateFor(sound));
    }

    /// <summary>A steady rate up to 30 is kept; a faster or a varying one becomes 30, so that no burst of frames is lost.</summary>
    private static FrameRate RateFor(VideoTrack picture)
    {
        var (average, nominal) = (picture.Average, picture.Nominal);
        var steady = average.IsPlausible && Math.Abs(nominal.Value - average.Value) <= 0.01 * average.Value;
        return steady && average.Value <= Fastest.Value ? average : Fastest;
    }

    /// <summary>ffmpeg turns the picture upright before the first filter.</summary>
    private static string FiltersFor(VideoTrack picture, int width, int height, FrameRate rate)
    {
        var filters = ImmutableArray.CreateBuilder<string>();
        if (picture.IsInterlaced) filters.Add("bwdif=mode=send_frame:deint=interlaced");
        filters.Add($"fps={rate}:start_time=0");
        if (picture.Transfer is "smpte2084" or "arib-std-b67") filters.Add(ToStandardRange);
        filters.Add($"scale={width}:{height}:flags=bicubic:in_color_matrix={MatrixOf(picture)}:out_color_matrix=bt709:out_range=tv");
        filters.Add("setsar=1");
        filters.Add("format=yuv420p");
        return string.Join(',', filters);
    }

    /// <summary>
    /// High dynamic range (PQ, HLG) to BT.709: linear light, BT.709 primaries, Hable's curve ("Uncharted 2: HDR Lighting",
    /// 2010), back to video levels. Needs an ffmpeg with zimg, as distributions build it.
    /// </summary>
    private const string ToStandardRange =
        "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p";

    /// <summary>Files that do not say follow the broadcast habit: BT.709 from 720 lines up, BT.601 below.</summary>
    private static string MatrixOf(VideoTrack picture) => picture switch
    {
        { Transfer: "smpte2084" or "arib-std-b67" } => "bt709",
        { Matrix: not null } => "auto",
        _ => Math.Min(picture.Width, picture.Height) >= 720 ? "bt709" : "bt601",
    };

    private static int SampleRateFor(AudioTrack? sound) => sound switch
    {
        null => 0,
        { SampleRate: var rate } when 44_100 % rate == 0 => 44_100,
        _ => 48_000,
    };

    private static int Even(double side) => Math.Max(2, (int)(side / 2 + 1e-6) * 2);
}
