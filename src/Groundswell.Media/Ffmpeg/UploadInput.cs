using System.Collections.Immutable;
using System.Globalization;

namespace Groundswell.Media.Ffmpeg;

/// <summary>
/// How a file from outside is opened: only as one of the containers that phones, browsers and editors write, only from the
/// disk, and only that file. The container list leaves out every format that names other files (HLS, DASH, concat, image
/// sequences), which would let an upload read files of the server or make it call other hosts.
/// </summary>
public static class UploadInput
{
    private const string Containers = "mov,matroska,flv,mpegts,avi,asf,mpeg,ogg";

    /// <summary>Arguments that open the file; decoding refuses frames above the pixel limit before it allocates them.</summary>
    public static ImmutableArray<string> Arguments(string path, MediaLimits limits) =>
    [
        "-protocol_whitelist", "file,pipe",
        "-format_whitelist", Containers,
        "-max_pixels", ((long)limits.MaxSide * limits.MaxSide).ToString(CultureInfo.InvariantCulture),
        "-i", "file:" + Path.GetFullPath(path),
    ];

    /// <summary>Whether the first bytes are those of a playlist: HLS, PLS, concat or DASH.</summary>
    public static bool IsPlaylist(ReadOnlySpan<byte> head)
    {
        var text = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        text = text.TrimStart(" \t\r\n"u8);
        return text.StartsWith("#EXTM3U"u8)
            || text.StartsWith("ffconcat"u8)
            || text.StartsWith("[playlist]"u8)
            || text.IndexOf("<MPD"u8) >= 0;
    }
}
