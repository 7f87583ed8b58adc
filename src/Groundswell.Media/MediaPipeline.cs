using Groundswell.Core.Videos;
using Groundswell.Media.Analysis;
using Groundswell.Media.Ffmpeg;
using Groundswell.Media.Renditions;

namespace Groundswell.Media;

public enum MediaPhase { Probing, Transcoding, Analysing }

/// <param name="Fraction">Share of the phase that is done, in [0, 1].</param>
public sealed record MediaProgress(MediaPhase Phase, double Fraction);

/// <summary>What became of an upload.</summary>
public abstract record MediaOutcome
{
    private MediaOutcome() { }

    public sealed record Accepted(MediaFacts Facts, ContentAnalysis Analysis) : MediaOutcome;

    public sealed record Refused(MediaRejection Rejection) : MediaOutcome;
}

/// <summary>
/// From an uploaded file to a video: probe, transcode, analyse, and only then publish the files. Safe for concurrent use on
/// different output directories.
/// </summary>
public sealed class MediaPipeline(FfmpegTool tool, MediaLimits limits, ContentAnalyser analyser)
{
    public const string VideoFile = "video.mp4";
    public const string PosterFile = "poster.jpg";
    public const string StripFile = "strip.jpg";

    /// <summary>Beside the published files, hence on the same disk: publishing is a rename.</summary>
    private const string WorkDirectory = ".work";

    private readonly Prober _prober = new(tool, limits.Checked());
    private readonly Transcoder _transcoder = new(tool, limits);
    private readonly FrameSampler _sampler = new(tool, limits);
    private readonly Poster _poster = new(tool, limits);

    /// <summary>
    /// Makes a video of an upload. Whatever is wrong with the file, and whatever ffmpeg does with it, is a
    /// <see cref="MediaOutcome.Refused"/>, and leaves <paramref name="outputDirectory"/> as it was. Where it is accepted, the
    /// directory holds <see cref="PosterFile"/>, <see cref="StripFile"/> and, written last, <see cref="VideoFile"/>.
    /// </summary>
    /// <param name="outputDirectory">The video's own directory; created where absent. What a crash left behind is cleared.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was published.</exception>
    /// <exception cref="IOException">The upload cannot be read or the directory not be written: a fault of this machine.</exception>
    public async Task<MediaOutcome> ProcessAsync(
        string uploadPath,
        string outputDirectory,
        CaptionInput caption,
        IProgress<MediaProgress> progress,
        CancellationToken cancellationToken)
    {
        var work = Path.Combine(outputDirectory, WorkDirectory);
        if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
        Directory.CreateDirectory(work);
        try
        {
            return await ProcessInAsync(work, uploadPath, outputDirectory, caption, progress, cancellationToken);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private async Task<MediaOutcome> ProcessInAsync(
        string work,
        string uploadPath,
        string outputDirectory,
        CaptionInput caption,
        IProgress<MediaProgress> progress,
        CancellationToken cancellationToken)
    {
        progress.Report(new MediaProgress(MediaPhase.Probing, 0));
        var probed = await _prober.ProbeAsync(uploadPath, work, cancellationToken);
        if (probed is ProbeVerdict.Refused { Rejection: var unfit }) return new MediaOutcome.Refused(unfit);
        var upload = (ProbeVerdict.Acceptable)probed;

        var transcoding = new PhaseProgress(MediaPhase.Transcoding, progress);
        var made = await _transcoder.TranscodeAsync(
            uploadPath, upload, Path.Combine(work, VideoFile), work, transcoding, cancellationToken);
        if (made is RenditionVerdict.Refused { Rejection: var unreadable }) return new MediaOutcome.Refused(unreadable);
        var rendition = ((RenditionVerdict.Made)made).Rendition;

        var sampled = await _sampler.SampleAsync(rendition, work, new PhaseProgress(MediaPhase.Analysing, progress), cancellationToken);
        if (sampled is SamplingVerdict.Refused { Rejection: var opaque }) return new MediaOutcome.Refused(opaque);
        var samples = ((SamplingVerdict.Sampled)sampled).Samples;

        var analysis = analyser.Analyse(samples, caption);
        if (!await _poster.WriteAsync(rendition, samples, Path.Combine(work, PosterFile), work, cancellationToken))
            return new MediaOutcome.Refused(new(MediaRejectionCode.Undecodable, "No picture could be taken from the converted video."));
        await File.WriteAllBytesAsync(Path.Combine(work, StripFile), Strip.Draw(samples.Frames), cancellationToken);

        Publish(work, outputDirectory);
        return new MediaOutcome.Accepted(FactsOf(uploadPath, upload, rendition), analysis);
    }

    private static void Publish(string work, string outputDirectory)
    {
        foreach (var file in (string[])[PosterFile, StripFile, VideoFile])
            File.Move(Path.Combine(work, file), Path.Combine(outputDirectory, file), overwrite: true);
    }

    private static MediaFacts FactsOf(string uploadPath, ProbeVerdict.Acceptable upload, Rendition rendition) => new(
        (int)Math.Round(rendition.Duration.TotalMilliseconds),
        upload.Picture.Width,
        upload.Picture.Height,
        rendition.HasAudio,
        upload.Probe.Container,
        upload.Picture.Codec,
        upload.Probe.Audio?.Codec,
        upload.Picture.FramesPerSecond,
        upload.Picture.RotationDegrees,
        new FileInfo(uploadPath).Length);

    private sealed class PhaseProgress(MediaPhase phase, IProgress<MediaProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new MediaProgress(phase, value));
    }
}
