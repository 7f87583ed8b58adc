using System.Collections.Immutable;
using System.Globalization;
using Groundswell.Media.Analysis;
using Groundswell.Media.Ffmpeg;

namespace Groundswell.Media.Renditions;

/// <summary>The still picture that stands for a video before it plays.</summary>
public sealed class Poster(FfmpegTool tool, MediaLimits limits)
{
    /// <summary>Width in pixels: twice a feed tile on a phone of usual density.</summary>
    public const int WidestPixels = 720;

    /// <summary>Mean luma outside of these bounds is a fade or a flash, which stands for nothing.</summary>
    private const float Darkest = 0.08f;
    private const float Brightest = 0.92f;

    /// <summary>
    /// The sampled frame to show: most detail (edge density times contrast), fades and flashes only where there is nothing
    /// else, the earlier one on a tie.
    /// </summary>
    public static int Choose(ImmutableArray<RgbFrame> frames) =>
        Enumerable.Range(0, frames.Length).MaxBy(i => (IsExposed(frames[i]), DetailOf(frames[i])));

    /// <summary>Writes <paramref name="outputPath"/> (JPEG) from the rendition; false where ffmpeg could not.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<bool> WriteAsync(
        Rendition rendition, Samples samples, string outputPath, string workDirectory, CancellationToken cancellationToken)
    {
        var frame = samples.FrameIndices[Choose(samples.Frames)];
        var call = new ToolCall(
            MediaTool.Ffmpeg,
            [
                "-v", "error", "-y", "-threads", limits.Threads.ToString(CultureInfo.InvariantCulture), "-ss", rendition.SeekTo(frame),
                .. UploadInput.Arguments(rendition.Path, limits),
                "-frames:v", "1", "-vf", $"scale=w='min({WidestPixels},iw)':h=-2:flags=lanczos:out_range=pc,format=yuvj420p", "-q:v", "4",
                "-map_metadata", "-1", "-fflags", "+bitexact", "-flags", "+bitexact", "-f", "image2", "-update", "1",
                "file:" + Path.GetFullPath(outputPath),
            ],
            workDirectory,
            limits.ProbeTimeout);
        var run = await tool.RunAsync(call, _ => { }, cancellationToken);
        return run.Succeeded && File.Exists(outputPath);
    }

    private static bool IsExposed(RgbFrame frame) => frame.Luma().Average() is >= Darkest and <= Brightest;

    private static double DetailOf(RgbFrame frame) => VisualAnalysis.EdgeDensityOf(frame) * ContrastOf(frame);

    private static double ContrastOf(RgbFrame frame)
    {
        var luma = frame.Luma();
        var mean = luma.Average();
        return Math.Sqrt(luma.Average(value => (value - mean) * (value - mean)));
    }
}
