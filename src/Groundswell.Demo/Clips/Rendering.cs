using System.Globalization;

namespace Groundswell.Demo.Clips;

/// <summary>How a scene becomes an ffmpeg command line.</summary>
internal static class Rendering
{
    public const int Width = 432;
    public const int Height = 768;
    public const int FramesPerSecond = 24;

    // loudnorm: EBU R 128 in one pass, heard as stereo; it hands out odd frame sizes, which ffmpeg 5.1's AAC encoder refuses without asetnsamples.
    private const string Loudness =
        "loudnorm=I=-18:TP=-2:LRA=11:dual_mono=true,aresample=44100,aformat=channel_layouts=mono,pan=stereo|c0=c0|c1=c0,asetnsamples=n=1024:p=0";

    private static readonly string[] Encoding =
    [
        "-r", "24", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "27", "-maxrate", "1000k", "-bufsize", "1600k",
        "-pix_fmt", "yuv420p", "-g", "48", "-keyint_min", "48", "-sc_threshold", "0",
        "-c:a", "aac", "-b:a", "80k", "-movflags", "+faststart", "-map_metadata", "-1", "-fflags", "+bitexact", "-threads", "1",
    ];

    public static IReadOnlyList<string> Arguments(Scene scene, int durationMs, string outputPath)
    {
        var seconds = (durationMs / 1000.0).ToString("0.###", CultureInfo.InvariantCulture);
        // One thread a clip: handing such small pictures between threads costs a fifth more than it saves, and clips render side by side.
        string[] opening = ["-hide_banner", "-nostdin", "-v", "error", "-y", "-filter_threads", "1", "-filter_complex_threads", "1"];
        string[] graph = ["-filter_complex", Graph(scene, seconds), "-map", "[v]", "-map", "[a]", "-t", seconds];
        return [.. opening, .. scene.Stills.SelectMany(still => still.InputArguments), .. graph, .. Encoding, outputPath];
    }

    private static string Graph(Scene scene, string seconds) =>
        $"{scene.Picture},setsar=1,format=yuv420p[v];" +
        $"{scene.Sound},atrim=duration={seconds},aformat=channel_layouts=mono,{Loudness}[a]";
}
