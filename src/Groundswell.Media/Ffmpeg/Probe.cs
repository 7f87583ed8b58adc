using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Groundswell.Media.Ffmpeg;

/// <summary>What the header of a media file says.</summary>
/// <param name="Container">Short name of the container, such as <c>mov</c>, <c>matroska</c>, <c>mpegts</c>.</param>
/// <param name="Duration">Length by the container, or null where it does not say.</param>
/// <param name="Video">The moving picture to use, or null where there is none.</param>
/// <param name="Audio">The sound track to use, or null where there is none.</param>
public sealed record Probe(string Container, TimeSpan? Duration, VideoTrack? Video, AudioTrack? Audio)
{
    /// <summary>
    /// Reads the JSON of <c>ffprobe -show_format -show_streams</c>; null where it lists no container. The video track is the
    /// one with the largest picture among those that move, the sound track the one marked default, else the first.
    /// </summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static Probe? Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("format", out var format) || format.Text("format_name") is not { } name) return null;
        ImmutableArray<JsonElement> streams =
            document.RootElement.TryGetProperty("streams", out var list) ? [.. list.EnumerateArray()] : [];
        return new Probe(
            name.Split(',')[0],
            format.Seconds("duration"),
            streams.Where(IsMoving).Select(VideoTrack.Parse).MaxBy(track => (long)track.Width * track.Height),
            streams.Where(IsAudible).OrderByDescending(IsDefault).Select(AudioTrack.Parse).FirstOrDefault());
    }

    private static bool IsMoving(JsonElement stream) =>
        stream.Text("codec_type") == "video"
            && !stream.Flag("attached_pic") && !stream.Flag("still_image") && !stream.Flag("timed_thumbnails");

    private static bool IsAudible(JsonElement stream) =>
        stream.Text("codec_type") == "audio" && stream.Text("codec_name") is not null && stream.Whole("sample_rate") > 0;

    private static bool IsDefault(JsonElement stream) => stream.Flag("default");
}

/// <summary>A moving picture in a file.</summary>
/// <param name="Index">Position among the file's streams.</param>
/// <param name="Width">Displayed width in pixels: pixel aspect and rotation applied.</param>
/// <param name="Height">Displayed height in pixels, likewise.</param>
/// <param name="RotationDegrees">Clockwise turn that displays the coded picture upright: 0, 90, 180 or 270.</param>
/// <param name="Nominal">The lowest rate that hits every frame's time; far above <paramref name="Average"/> for a variable rate.</param>
/// <param name="Duration">Length of this track, or null where only the container has one.</param>
/// <param name="Matrix">ffmpeg's name of the YUV matrix, or null where the file does not say.</param>
/// <param name="Transfer">ffmpeg's name of the transfer curve, likewise.</param>
public sealed record VideoTrack(
    int Index,
    string Codec,
    int Width,
    int Height,
    int RotationDegrees,
    FrameRate Average,
    FrameRate Nominal,
    TimeSpan? Duration,
    bool IsInterlaced,
    string? Matrix,
    string? Transfer)
{
    /// <summary>Frames per second of the file: the average where it is plausible, else the nominal rate, else 0.</summary>
    public double FramesPerSecond => Average.IsPlausible ? Average.Value : Nominal.IsPlausible ? Nominal.Value : 0;

    internal static VideoTrack Parse(JsonElement stream)
    {
        var rotation = Rotation(stream);
        var (width, height) = (stream.Whole("width"), stream.Whole("height"));
        var aspect = FrameRate.Parse(stream.Text("sample_aspect_ratio")?.Replace(':', '/'));
        if (aspect.Numerator > 0 && aspect.Denominator > 0) width = (int)Math.Round(width * aspect.Value);
        if (rotation is 90 or 270) (width, height) = (height, width);
        return new VideoTrack(
            stream.Whole("index"),
            stream.Text("codec_name") ?? "unknown",
            width,
            height,
            rotation,
            FrameRate.Parse(stream.Text("avg_frame_rate")),
            FrameRate.Parse(stream.Text("r_frame_rate")),
            stream.Seconds("duration") ?? TaggedDuration(stream),
            stream.Text("field_order") is "tt" or "bb" or "tb" or "bt",
            Known(stream.Text("color_space")),
            Known(stream.Text("color_transfer")));
    }

    /// <summary>ffprobe gives the display matrix as a counter-clockwise angle from −180 to 180.</summary>
    private static int Rotation(JsonElement stream)
    {
        if (!stream.TryGetProperty("side_data_list", out var sideData)) return 0;
        var angle = sideData.EnumerateArray()
            .Select(data => data.TryGetProperty("rotation", out var rotation) ? rotation.GetDouble() : 0)
            .FirstOrDefault(rotation => rotation != 0);
        return ((int)Math.Round(-angle / 90) * 90 % 360 + 360) % 360;
    }

    /// <summary>Matroska keeps the length of a track in a tag, as hours:minutes:seconds with nine decimals.</summary>
    private static TimeSpan? TaggedDuration(JsonElement stream) =>
        stream.TryGetProperty("tags", out var tags) && tags.Text("DURATION") is { Length: > 16 } text
            && TimeSpan.TryParse(text.AsSpan(0, 16), CultureInfo.InvariantCulture, out var duration) && duration > TimeSpan.Zero
            ? duration
            : null;

    private static string? Known(string? name) => name is "unknown" or "reserved" ? null : name;
}

/// <summary>A sound track in a file.</summary>
/// <param name="Index">Position among the file's streams.</param>
/// <param name="SampleRate">Samples per second.</param>
public sealed record AudioTrack(int Index, string Codec, int SampleRate)
{
    internal static AudioTrack Parse(JsonElement stream) =>
        new(stream.Whole("index"), stream.Text("codec_name") ?? "unknown", stream.Whole("sample_rate"));
}

/// <summary>Frames per second as the exact fraction that containers store; 0/0 where unknown.</summary>
public readonly record struct FrameRate(int Numerator, int Denominator)
{
    public double Value => Denominator == 0 ? 0 : (double)Numerator / Denominator;

    /// <summary>Above 0 and at most 240, the highest rate of a slow-motion phone; clocks such as 1000/1 are not rates.</summary>
    public bool IsPlausible => Value is > 0 and <= 240;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    internal static FrameRate Parse(string? text) =>
        text?.Split('/') is [var numerator, var denominator]
            && int.TryParse(numerator, CultureInfo.InvariantCulture, out var over)
            && int.TryParse(denominator, CultureInfo.InvariantCulture, out var under)
            ? new FrameRate(over, under)
            : default;
}

/// <summary>ffprobe's JSON: most numbers are text, absent where unknown.</summary>
internal static class ProbeJson
{
    internal static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal static int Whole(this JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value)) return 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
            : int.TryParse(value.ToString(), CultureInfo.InvariantCulture, out number) ? number
            : 0;
    }

    /// <summary>Times beyond a day are damage, and read as unknown.</summary>
    internal static TimeSpan? Seconds(this JsonElement element, string name) =>
        double.TryParse(element.Text(name), CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 86_400
            ? TimeSpan.FromSeconds(seconds)
            : null;

    internal static bool Flag(this JsonElement stream, string name) =>
        stream.TryGetProperty("disposition", out var disposition) && disposition.Whole(name) == 1;
}
