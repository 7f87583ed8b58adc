using Groundswell.Media.Ffmpeg;
using Groundswell.Media.Renditions;

namespace Groundswell.Media.Tests.Renditions;

public class TranscoderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TranscodeAsync_WritesAStreamableFileWithoutMetadata()
    {
        using var folder = new WorkFolder();
        var upload = Clips.Render(folder, "upload.mov", "size=1920x1080:rate=60:duration=3",
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-metadata", "location=+51.5-000.1/", "-metadata", "title=Home");

        var rendition = (await Transcode(folder, upload)).ShouldBeOfType<RenditionVerdict.Made>().Rendition;

        (rendition.Width, rendition.Height, rendition.Frames, rendition.HasAudio).ShouldBe((1280, 720, 90, true));
        var bytes = await File.ReadAllBytesAsync(rendition.Path, Token);
        bytes.AsSpan().IndexOf("moov"u8).ShouldBeLessThan(bytes.AsSpan().IndexOf("mdat"u8));
        var report = Clips.Ffprobe(rendition.Path, "-show_entries", "stream=profile,pix_fmt,color_space,channels:format_tags");
        report.ShouldContain("profile=High\npix_fmt=yuv420p\ncolor_space=bt709");
        report.ShouldContain("channels=2");
        report.ShouldNotContain("location");
        report.ShouldNotContain("Home");
        Clips.Ffprobe(rendition.Path, "-select_streams", "v", "-skip_frame", "nokey", "-show_entries", "frame=pts_time", "-of", "csv=p=0")
            .Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries).ShouldBe(["0.000000", "2.000000"]);
    }

    [Fact]
    public async Task TranscodeAsync_CutsSoundThatOutlastsThePicture()
    {
        using var folder = new WorkFolder();
        Clips.Ffmpeg("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=10:duration=2", "-f", "lavfi", "-i", "sine=duration=5",
            "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", folder.File("long.mp4"));
        Clips.Ffmpeg("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=10:duration=2", "-f", "lavfi", "-i", "sine=duration=1",
            "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", folder.File("short.mp4"));

        foreach (var name in (string[])["long.mp4", "short.mp4"])
        {
            var rendition = (await Transcode(folder, folder.File(name))).ShouldBeOfType<RenditionVerdict.Made>().Rendition;
            rendition.Frames.ShouldBe(20);
            var seconds = Clips.Ffprobe(rendition.Path, "-show_entries", "format=duration").Replace("duration=", "");
            double.Parse(seconds).ShouldBe(2, 0.1);
        }
    }

    [Theory]
    [InlineData("upload.mp4", "+faststart")]
    [InlineData("upload.mkv", "")]
    public async Task TranscodeAsync_RefusesAnUploadThatBrokeOff(string name, string movFlags)
    {
        using var folder = new WorkFolder();
        string[] encoding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"];
        var upload = Clips.Render(folder, name, "size=320x240:rate=25:duration=4", movFlags.Length > 0 ? [.. encoding, "-movflags", movFlags] : encoding);
        await using (var file = File.OpenWrite(upload)) file.SetLength(file.Length / 2);

        (await Transcode(folder, upload)).ShouldBeOfType<RenditionVerdict.Refused>().Rejection.Code.ShouldBe(MediaRejectionCode.Truncated);
    }

    [Fact]
    public async Task TranscodeAsync_RefusesASingleFrame()
    {
        using var folder = new WorkFolder();
        Clips.Ffmpeg("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=10", "-frames:v", "1", "-c:v", "libx264", "-pix_fmt", "yuv420p", folder.File("still.mp4"));

        (await Transcode(folder, folder.File("still.mp4"))).ShouldBeOfType<RenditionVerdict.Refused>().Rejection.Code.ShouldBe(MediaRejectionCode.NoVideo);
    }

    [Fact]
    public async Task TranscodeAsync_CanShowHighDynamicRange()
    {
        using var folder = new WorkFolder();
        Clips.Ffmpeg("-f", "lavfi", "-i", "testsrc2=size=128x128:rate=10:duration=1", "-c:v", "libx265", "-x265-params", "log-level=none",
            "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "arib-std-b67", "-colorspace", "bt2020nc", folder.File("hlg.mp4"));

        (await Transcode(folder, folder.File("hlg.mp4"))).ShouldBeOfType<RenditionVerdict.Made>().Rendition.Frames.ShouldBe(10);
    }

    private static async Task<RenditionVerdict> Transcode(WorkFolder folder, string upload)
    {
        var limits = new MediaLimits();
        var tool = FfmpegTool.Find(limits, TimeProvider.System);
        var probed = (await new Prober(tool, limits).ProbeAsync(upload, folder.Path, Token)).ShouldBeOfType<ProbeVerdict.Acceptable>();
        return await new Transcoder(tool, limits).TranscodeAsync(upload, probed, folder.File("out.mp4"), folder.Path, new Progress<double>(), Token);
    }
}
