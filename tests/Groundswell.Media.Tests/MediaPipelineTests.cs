using System.Text.Json;
using Groundswell.Core.Genres;
using Groundswell.Core.Videos;
using Groundswell.Media.Analysis;
using Groundswell.Media.Ffmpeg;

namespace Groundswell.Media.Tests;

public class MediaPipelineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ProcessAsync_PublishesAVideoAPosterAndAStrip()
    {
        using var folder = new WorkFolder();
        var upload = Clips.Render(folder, "upload.mp4", "size=640x360:rate=25:duration=3");
        var output = folder.File("video");

        var accepted = (await ProcessAsync(upload, output, "A quiet #dog")).ShouldBeOfType<MediaOutcome.Accepted>();

        Directory.GetFileSystemEntries(output).Select(Path.GetFileName).Order().ShouldBe(["poster.jpg", "strip.jpg", "video.mp4"]);
        accepted.Facts.ShouldBe(new MediaFacts(
            3000, 640, 360, HasAudio: true, "mov", "h264", "aac", FrameRate: 25, RotationDegrees: 0, new FileInfo(upload).Length));
        accepted.Analysis.Vector.Length.ShouldBe(ContentAnalysis.VectorLength);
        accepted.Analysis.Text.Hashtags.ShouldBe(["dog"]);
        Clips.Ffprobe(Path.Combine(output, "strip.jpg"), "-show_entries", "stream=width,height").ShouldBe("width=900\nheight=160\n");
        Clips.Ffprobe(Path.Combine(output, "poster.jpg"), "-show_entries", "stream=width,height").ShouldBe("width=640\nheight=360\n");
    }

    [Fact]
    public async Task ProcessAsync_SaysTheSameOfTheSameFile()
    {
        using var folder = new WorkFolder();
        var upload = Clips.Render(folder, "upload.mp4", "size=320x240:rate=30:duration=1");

        var first = await ProcessAsync(upload, folder.File("first"), "caption");
        var second = await ProcessAsync(upload, folder.File("second"), "caption");

        JsonSerializer.Serialize(second.ShouldBeOfType<MediaOutcome.Accepted>())
            .ShouldBe(JsonSerializer.Serialize(first.ShouldBeOfType<MediaOutcome.Accepted>()));
    }

    [Fact]
    public async Task ProcessAsync_ReportsEachPhaseInOrder()
    {
        using var folder = new WorkFolder();
        var upload = Clips.Render(folder, "upload.mp4", "size=320x240:rate=30:duration=1");
        var seen = new Recorded();

        await Pipeline().ProcessAsync(upload, folder.File("video"), CaptionInput.Of(""), seen, Token);

        seen.Reports.Select(report => report.Phase).Distinct().ShouldBe([MediaPhase.Probing, MediaPhase.Transcoding, MediaPhase.Analysing]);
        seen.Reports.ShouldAllBe(report => report.Fraction >= 0 && report.Fraction <= 1);
    }

    [Fact]
    public async Task ProcessAsync_ThrowsOnlyWhenCancelledAndPublishesNothing()
    {
        using var folder = new WorkFolder();
        var upload = Clips.Render(folder, "upload.mp4", "size=1280x720:rate=30:duration=10");
        using var cancel = new CancellationTokenSource();
        var whenTranscoding = new Triggered(report => { if (report.Phase == MediaPhase.Transcoding) cancel.Cancel(); });

        await Should.ThrowAsync<OperationCanceledException>(() =>
            Pipeline().ProcessAsync(upload, folder.File("video"), CaptionInput.Of(""), whenTranscoding, cancel.Token));

        Directory.GetFileSystemEntries(folder.File("video")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ProcessAsync_ClearsWhatACrashLeftBehind()
    {
        using var folder = new WorkFolder();
        var leftover = Directory.CreateDirectory(Path.Combine(folder.File("video"), ".work"));
        await File.WriteAllTextAsync(Path.Combine(leftover.FullName, "video.mp4"), "half a video", Token);
        var upload = Clips.Render(folder, "upload.mp4", "size=64x64:rate=10:duration=1");

        (await ProcessAsync(upload, folder.File("video"))).ShouldBeOfType<MediaOutcome.Accepted>();
    }

    [Theory]
    [InlineData("sleep 600", MediaRejectionCode.Timeout)]
    [InlineData("kill -SEGV $$", MediaRejectionCode.Undecodable)]
    [InlineData("exit 0", MediaRejectionCode.Undecodable)]
    public async Task ProcessAsync_TurnsAHungOrCrashedToolIntoARejection(string script, MediaRejectionCode code)
    {
        using var folder = new WorkFolder();
        var upload = Clips.Render(folder, "upload.mp4", "size=64x64:rate=10:duration=1");
        var tools = Directory.CreateDirectory(folder.File("tools")).FullName;
        File.CreateSymbolicLink(Path.Combine(tools, "ffprobe"), OnPath("ffprobe"));
        await File.WriteAllTextAsync(Path.Combine(tools, "ffmpeg"), "#!/bin/sh\n" + script + "\n", Token);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(tools, "ffmpeg"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var impatient = new MediaLimits { TranscodeBaseTimeout = TimeSpan.FromSeconds(5), TranscodeTimeoutPerSecond = 1 };

        var outcome = await ProcessAsync(upload, folder.File("video"), pipeline: Pipeline(impatient, tools));

        outcome.ShouldBeOfType<MediaOutcome.Refused>().Rejection.Code.ShouldBe(code);
    }

    [Theory]
    [MemberData(nameof(OddFiles))]
    public async Task ProcessAsync_EndsEveryOddFileAsAVideoOrAsTheRightRejection(string name)
    {
        using var folder = new WorkFolder();
        var outcome = await ProcessAsync(Clips.Named("odd", name), folder.File("video"), name);

        MediaRejectionCode? expected = name switch
        {
            "ax_sample_audio_only.mp4" or "mb_multiple-aac-tracks.mp4" => MediaRejectionCode.NoVideo,
            "mp_bitmap.mp4" => MediaRejectionCode.TooSmall,
            _ => null,
        };
        if (expected is { } code) outcome.ShouldBeOfType<MediaOutcome.Refused>().Rejection.Code.ShouldBe(code);
        else ShouldBeWatchable(outcome, folder.File("video"));
    }

    [Fact]
    public async Task ProcessAsync_TurnsARotatedUploadUpright()
    {
        using var folder = new WorkFolder();
        var outcome = await ProcessAsync(Clips.Named("odd", "mb_rotate-buck-bunny.mp4"), folder.File("video"));

        var facts = outcome.ShouldBeOfType<MediaOutcome.Accepted>().Facts;
        (facts.Width, facts.Height, facts.RotationDegrees).ShouldBe((1080, 1920, 90));
        Clips.Ffprobe(folder.File("video/video.mp4"), "-select_streams", "v", "-show_entries", "stream=width,height:stream_side_data=rotation")
            .ShouldBe("width=720\nheight=1280\n");
    }

    [Theory]
    [MemberData(nameof(RealClips))]
    public async Task ProcessAsync_MakesAVideoOfTheFirstSecondsOfEveryRealClip(string name)
    {
        using var folder = new WorkFolder();
        var start = folder.File("start" + Path.GetExtension(name));
        Clips.Ffmpeg("-i", Clips.Named("clips", name), "-t", "2", "-map", "0:v:0", "-map", "0:a:0?", "-c", "copy", start);

        ShouldBeWatchable(await ProcessAsync(start, folder.File("video"), name), folder.File("video"));
    }

    public static TheoryData<string> OddFiles => Clips.Names("odd");
    public static TheoryData<string> RealClips => Clips.Names("clips");

    private static void ShouldBeWatchable(MediaOutcome outcome, string directory)
    {
        var accepted = outcome.ShouldBeOfType<MediaOutcome.Accepted>();
        accepted.Facts.DurationMs.ShouldBeGreaterThan(500);
        MathF.Sqrt(accepted.Analysis.Vector.Sum(value => value * value)).ShouldBe(1, 1e-4);
        (accepted.Analysis.Audio is not null).ShouldBe(accepted.Facts.HasAudio);
        var video = Path.Combine(directory, "video.mp4");
        Clips.Ffprobe(video, "-select_streams", "v", "-show_entries", "stream=codec_name,profile,pix_fmt")
            .ShouldBe("codec_name=h264\nprofile=High\npix_fmt=yuv420p\n");
        double.Parse(Clips.Ffprobe(video, "-select_streams", "v", "-show_entries", "stream=duration").Replace("duration=", ""))
            .ShouldBe(accepted.Facts.DurationMs / 1000.0, 0.002);
    }

    private static Task<MediaOutcome> ProcessAsync(string upload, string output, string caption = "", MediaPipeline? pipeline = null) =>
        (pipeline ?? Pipeline()).ProcessAsync(upload, output, CaptionInput.Of(caption), new Recorded(), Token);

    private static MediaPipeline Pipeline(MediaLimits? limits = null, string? tools = null)
    {
        limits ??= new MediaLimits();
        return new MediaPipeline(FfmpegTool.Find(limits, TimeProvider.System, tools), limits, new ContentAnalyser(Taxonomy.Default, BlockedTerms.None));
    }

    private static string OnPath(string tool) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(directory => Path.Combine(directory, tool)).First(File.Exists);

    private sealed class Recorded : IProgress<MediaProgress>
    {
        public List<MediaProgress> Reports { get; } = [];
        public void Report(MediaProgress value) => Reports.Add(value);
    }

    private sealed class Triggered(Action<MediaProgress> trigger) : IProgress<MediaProgress>
    {
        public void Report(MediaProgress value) => trigger(value);
    }
}
