using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Groundswell.Media.Ffmpeg;

namespace Groundswell.Media.Renditions;

/// <summary>Makes the rendition of an upload that passed the probe.</summary>
public sealed class Transcoder(FfmpegTool tool, MediaLimits limits)
{
    /// <summary>
    /// An upload may end this much before its header says and still count as whole: the last packets of a recording are
    /// often lost.
    /// </summary>
    private static readonly TimeSpan LostEnd = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// A video of just the accepted length may come out a few frames longer: what the encoder rounds is not held against
    /// it.
    /// </summary>
    private static readonly TimeSpan Overrun = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// What ffmpeg's Matroska and WebM reader says of a file that breaks off; those files seldom say how long a track is.
    /// </summary>
    private const string EndedEarly = "File ended prematurely";

    /// <summary>No titles, places or dates of the recording, no subtitles, and no name of the encoder.</summary>
    private static readonly ImmutableArray<string> WithoutMetadata =
        ["-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"];

    /// <summary>
    /// Writes <paramref name="outputPath"/>: H.264 High yuv420p BT.709 at crf 23, AAC stereo where there is sound, the index
    /// in front, no metadata. Sound that outlasts the picture is cut off. Faults of the upload are refusals.
    /// </summary>
    /// <param name="outputPath">An MP4 file to be written.</param>
    /// <param name="workDirectory">A private directory for the child and for what is made on the way.</param>
    /// <param name="progress">Told the share done, in [0, 1].</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<RenditionVerdict> TranscodeAsync(
        string uploadPath,
        ProbeVerdict.Acceptable upload,
        string outputPath,
        string workDirectory,
        IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        var expected = upload.Probe.Duration ?? limits.MaxDuration;
        var lines = new ProgressLines(position => progress.Report(Math.Min(1, position / expected)));
        var plan = RenditionPlan.For(upload.Picture, upload.Probe.Audio);
        var encoded = Path.Combine(workDirectory, "encoded.mp4");
        var call = new ToolCall(MediaTool.Ffmpeg, Arguments(uploadPath, upload, plan, encoded), workDirectory, limits.TimeoutFor(expected));
        var run = await tool.RunAsync(call, lines.Read, cancellationToken);
        if (run.Ending == ToolEnding.TimedOut) return Refuse(MediaRejectionCode.Timeout, "Converting the video took too long.", run);
        if (!run.Succeeded) return Refuse(MediaRejectionCode.Undecodable, "The picture in this file cannot be decoded.", run);
        if (run.StderrTail.Contains(EndedEarly, StringComparison.Ordinal))
            return Refuse(MediaRejectionCode.Truncated, "The file ends in the middle: the upload seems to have broken off.", run);
        var frames = await CountFramesAsync(encoded, workDirectory, cancellationToken);
        if (RefuseByLength(frames, upload, plan) is { } rejection) return new RenditionVerdict.Refused(rejection);
        var hasAudio = upload.Probe.Audio is not null;
        var rendition = new Rendition(outputPath, plan.Width, plan.Height, plan.Rate, frames, DurationOf(frames, plan), hasAudio);
        return await FinishAsync(encoded, rendition, workDirectory, cancellationToken);
    }

    private ImmutableArray<string> Arguments(string uploadPath, ProbeVerdict.Acceptable upload, RenditionPlan plan, string encoded)
    {
        var threads = limits.Threads.ToString(CultureInfo.InvariantCulture);
        // One second beyond the limit, so that a file whose header lies about its length shows by the length of what comes out.
        var cut = (limits.MaxDuration.TotalSeconds + 1).ToString(CultureInfo.InvariantCulture);
        var keyFrameInterval = Math.Ceiling(plan.Rate.Value * RenditionPlan.KeyFrameSeconds).ToString(CultureInfo.InvariantCulture);
        return
        [
            "-v", "error", "-y", "-progress", "pipe:1", "-stats_period", "0.5", "-threads", threads,
            .. UploadInput.Arguments(uploadPath, limits),
            "-map", $"0:{upload.Picture.Index}", "-t", cut,
            "-vf", plan.Filters,
            "-c:v", "libx264", "-profile:v", "high", "-preset", "veryfast", "-crf", "23", "-threads", threads,
            "-g", keyFrameInterval, "-force_key_frames", $"expr:gte(t,n_forced*{RenditionPlan.KeyFrameSeconds})",
            "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
            .. SoundArguments(upload.Probe.Audio, plan),
            .. WithoutMetadata, "-f", "mp4", "file:" + Path.GetFullPath(encoded),
        ];
    }

    private static ImmutableArray<string> SoundArguments(AudioTrack? sound, RenditionPlan plan) => sound is null
        ? ["-an"]
        :
        [
            "-map", $"0:{sound.Index}",
            "-af", "aresample=async=1:first_pts=0",
            "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", plan.SampleRate.ToString(CultureInfo.InvariantCulture),
        ];

    /// <summary>
    /// Moves the index to the front and cuts sound that outlasts the picture, without coding again. ffmpeg's
    /// <c>-shortest</c> would do it on the way, but overshoots by seconds.
    /// </summary>
    private async Task<RenditionVerdict> FinishAsync(
        string encoded, Rendition rendition, string workDirectory, CancellationToken cancellationToken)
    {
        // A quarter frame short of the next frame, which is not there, so that rounding never takes the last one away.
        var end = ((rendition.Frames - 0.25) / rendition.Rate.Value).ToString("0.######", CultureInfo.InvariantCulture);
        var call = new ToolCall(
            MediaTool.Ffmpeg,
            [
                "-v", "error", "-y", .. UploadInput.Arguments(encoded, limits), "-map", "0", "-c", "copy", "-t", end,
                .. WithoutMetadata, "-movflags", "+faststart", "-f", "mp4", "file:" + Path.GetFullPath(rendition.Path),
            ],
            workDirectory,
            limits.TimeoutFor(rendition.Duration));
        var run = await tool.RunAsync(call, _ => { }, cancellationToken);
        if (run.Ending == ToolEnding.TimedOut) return Refuse(MediaRejectionCode.Timeout, "Converting the video took too long.", run);
        return run.Succeeded
            ? new RenditionVerdict.Made(rendition)
            : Refuse(MediaRejectionCode.Undecodable, "The converted video could not be written.", run);
    }

    private MediaRejection? RefuseByLength(int frames, ProbeVerdict.Acceptable upload, RenditionPlan plan)
    {
        if (frames == 0) return new(MediaRejectionCode.Undecodable, "The picture in this file cannot be decoded.");
        if (frames == 1) return new(MediaRejectionCode.NoVideo, "The file holds a still picture, not a video.");
        var duration = DurationOf(frames, plan);
        if (duration > limits.MaxDuration + Overrun) return Prober.TooLong(limits);
        return upload.Picture.Duration is { } promised && duration < 0.9 * promised - LostEnd
            ? new(MediaRejectionCode.Truncated, $"The upload broke off: of {Seconds(promised)} seconds, {Seconds(duration)} could be read.")
            : null;
    }

    private static TimeSpan DurationOf(int frames, RenditionPlan plan) => TimeSpan.FromSeconds(frames / plan.Rate.Value);

    private async Task<int> CountFramesAsync(string path, string workDirectory, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>();
        var call = new ToolCall(
            MediaTool.Ffprobe,
            [
                "-v", "error", "-select_streams", "v:0", "-count_packets", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0",
                .. UploadInput.Arguments(path, limits),
            ],
            workDirectory,
            limits.ProbeTimeout);
        var run = await tool.RunAsync(call, output.Write, cancellationToken);
        var count = output.WrittenSpan.TrimEnd("\r\n,"u8);
        return run.Succeeded && int.TryParse(count, CultureInfo.InvariantCulture, out var frames) ? frames : 0;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);

    private static RenditionVerdict.Refused Refuse(MediaRejectionCode code, string detail, ToolRun? run = null) =>
        new(new MediaRejection(code, detail, run?.StderrTail));
}
