using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Groundswell.Media.Ffmpeg;

/// <summary>What reading a header led to.</summary>
public abstract record ProbeVerdict
{
    private ProbeVerdict() { }

    /// <param name="Picture">The moving picture of <paramref name="Probe"/>.</param>
    public sealed record Acceptable(Probe Probe, VideoTrack Picture) : ProbeVerdict;

    public sealed record Refused(MediaRejection Rejection) : ProbeVerdict;
}

/// <summary>Reads the header of a file and judges whether it may be transcoded.</summary>
public sealed class Prober(FfmpegTool tool, MediaLimits limits)
{
    private const int HeadBytes = 4096;

    /// <summary>Probes an upload; every fault of the file is a <see cref="ProbeVerdict.Refused"/>.</summary>
    /// <param name="workDirectory">A private directory for the child.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ProbeVerdict> ProbeAsync(string path, string workDirectory, CancellationToken cancellationToken)
    {
        if (await RefuseByBytesAsync(path, cancellationToken) is { } bytes) return new ProbeVerdict.Refused(bytes);
        var (run, json) = await ReadHeaderAsync(path, workDirectory, cancellationToken);
        if (run.Ending == ToolEnding.TimedOut) return Refuse(MediaRejectionCode.Timeout, "Reading the file took too long.", run);
        if (!run.Succeeded || Probe.Parse(json) is not { } probe)
            return Refuse(MediaRejectionCode.NotMedia, "The file is not a video in any of the accepted formats, or it is damaged.", run);
        if (probe.Video is null) return Refuse(MediaRejectionCode.NoVideo, "The file has no moving picture.");
        if (probe.Duration is null)
            probe = probe with { Duration = await CountDurationAsync(path, probe.Video, workDirectory, cancellationToken) };
        return Judge(probe, limits) is { } rejection
            ? new ProbeVerdict.Refused(rejection)
            : new ProbeVerdict.Acceptable(probe, probe.Video);
    }

    /// <summary>Judges a header against the limits: null where it passes.</summary>
    public static MediaRejection? Judge(Probe probe, MediaLimits limits) => probe switch
    {
        { Video: null } => new(MediaRejectionCode.NoVideo, "The file has no moving picture."),
        { Video: { Width: 0 } or { Height: 0 } } => new(MediaRejectionCode.Undecodable, "The picture in this file cannot be decoded."),
        { Video: { } video } when Math.Max(video.Width, video.Height) > limits.MaxSide =>
            new(MediaRejectionCode.TooLarge, $"The picture is {SizeOf(video)} pixels; at most {limits.MaxSide} a side are accepted."),
        { Video: { } video } when Math.Min(video.Width, video.Height) < limits.MinSide =>
            new(MediaRejectionCode.TooSmall, $"The picture is {SizeOf(video)} pixels; at least {limits.MinSide} a side are needed."),
        { Duration: { } duration } when duration > limits.MaxDuration => TooLong(limits),
        _ => null,
    };

    internal static MediaRejection TooLong(MediaLimits limits)
    {
        var seconds = limits.MaxDuration.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        return new(MediaRejectionCode.TooLong, $"The video is longer than the {seconds} seconds that are accepted.");
    }

    private static string SizeOf(VideoTrack video) => $"{video.Width}×{video.Height}";

    private async Task<MediaRejection?> RefuseByBytesAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, HeadBytes, useAsync: true);
        if (file.Length == 0) return new(MediaRejectionCode.Empty, "The file is empty.");
        if (file.Length > limits.MaxBytes)
            return new(MediaRejectionCode.TooManyBytes, $"The file has {file.Length} bytes; at most {limits.MaxBytes} are accepted.");
        var head = new byte[HeadBytes];
        var read = await file.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellationToken);
        return UploadInput.IsPlaylist(head.AsSpan(0, read))
            ? new(MediaRejectionCode.Playlist, "The file is a playlist, which names other files instead of holding a video.")
            : null;
    }

    private async Task<(ToolRun Run, ReadOnlyMemory<byte> Json)> ReadHeaderAsync(
        string path, string workDirectory, CancellationToken cancellationToken)
    {
        var json = new ArrayBufferWriter<byte>();
        var call = new ToolCall(
            MediaTool.Ffprobe,
            ["-v", "error", "-of", "json", "-show_format", "-show_streams", .. UploadInput.Arguments(path, limits)],
            workDirectory,
            limits.ProbeTimeout);
        var run = await tool.RunAsync(call, json.Write, cancellationToken);
        return (run, json.WrittenMemory);
    }

    /// <summary>Files written by recorders that never came back to the header: the length is the time of the last packet.</summary>
    private async Task<TimeSpan?> CountDurationAsync(
        string path, VideoTrack video, string workDirectory, CancellationToken cancellationToken)
    {
        var progress = new ProgressLines();
        var call = new ToolCall(
            MediaTool.Ffmpeg,
            [
                "-v", "error", "-progress", "pipe:1",
                .. UploadInput.Arguments(path, limits), "-map", $"0:{video.Index}", "-c", "copy", "-f", "null", "-",
            ],
            workDirectory,
            limits.ProbeTimeout);
        var run = await tool.RunAsync(call, progress.Read, cancellationToken);
        return run.Succeeded && progress.Position > TimeSpan.Zero ? progress.Position : null;
    }

    private static ProbeVerdict.Refused Refuse(MediaRejectionCode code, string detail, ToolRun? run = null) =>
        new(new MediaRejection(code, detail, run?.StderrTail));
}
