using System.Buffers.Binary;
using System.Text;
using Groundswell.Media.Ffmpeg;

namespace Groundswell.Media.Tests.Ffmpeg;

public class ProberTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("empty.mp4", "", MediaRejectionCode.Empty)]
    [InlineData("text.mp4", "This is a letter, not a video.", MediaRejectionCode.NotMedia)]
    [InlineData("page.mp4", "<html><body>hello</body></html>", MediaRejectionCode.NotMedia)]
    [InlineData("list.m3u8", "#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n", MediaRejectionCode.Playlist)]
    [InlineData("list.mp4", "\uFEFF\n#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/\n", MediaRejectionCode.Playlist)]
    [InlineData("concat.mp4", "ffconcat version 1.0\nfile /etc/hostname\n", MediaRejectionCode.Playlist)]
    [InlineData("list.mpd", "<?xml version=\"1.0\"?><MPD></MPD>", MediaRejectionCode.Playlist)]
    public async Task ProbeAsync_RefusesWhatOnlyHasTheNameOfAVideo(string name, string content, MediaRejectionCode code)
    {
        using var folder = new WorkFolder();
        await File.WriteAllTextAsync(folder.File(name), content, new UTF8Encoding(false), Token);

        (await RefusalOf(folder, folder.File(name))).ShouldBe(code);
    }

    [Fact]
    public async Task ProbeAsync_DoesNotFollowAPlaylistThatHidesBehindAComment()
    {
        using var folder = new WorkFolder();
        var secret = Clips.Render(folder, "secret.ts", "size=64x64:rate=10:duration=1", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac");
        await File.WriteAllTextAsync(folder.File("list.mp4"), $"#comment\n#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n", Token);

        (await RefusalOf(folder, folder.File("list.mp4"))).ShouldBe(MediaRejectionCode.NotMedia);
    }

    [Fact]
    public async Task ProbeAsync_RefusesAPictureNamedAsAVideo()
    {
        using var folder = new WorkFolder();
        Clips.Ffmpeg("-f", "lavfi", "-i", "testsrc2=size=64x64", "-frames:v", "1", folder.File("still.png"));
        File.Move(folder.File("still.png"), folder.File("still.mp4"));

        (await RefusalOf(folder, folder.File("still.mp4"))).ShouldBe(MediaRejectionCode.NotMedia);
    }

    [Fact]
    public async Task ProbeAsync_TakesACoverPictureForNoVideo()
    {
        using var folder = new WorkFolder();
        Clips.Ffmpeg("-f", "lavfi", "-i", "testsrc2=size=64x64", "-frames:v", "1", folder.File("cover.png"));
        Clips.Ffmpeg("-f", "lavfi", "-i", "sine=duration=1", "-i", folder.File("cover.png"), "-map", "0", "-map", "1",
            "-c:a", "aac", "-c:v", "copy", "-disposition:v", "attached_pic", folder.File("song.mp4"));

        (await RefusalOf(folder, folder.File("song.mp4"))).ShouldBe(MediaRejectionCode.NoVideo);
    }

    [Fact]
    public async Task ProbeAsync_RefusesAHugeDeclaredPictureWithoutDecodingIt()
    {
        using var folder = new WorkFolder();
        var path = Clips.Render(folder, "huge.mov", "size=64x64:rate=10:duration=1", "-c:v", "mpeg4", "-an");
        var bytes = await File.ReadAllBytesAsync(path, Token);
        // In the sample entry the width and the height stand 28 bytes behind its name, 16 bits each.
        var size = bytes.AsSpan().IndexOf("mp4v"u8) + 28;
        BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(size)).ShouldBe((ushort)64);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(size), 0xFFFF_FFFF);
        await File.WriteAllBytesAsync(path, bytes, Token);

        // Either the declared size is believed and refused, or the coded one is and the file is an ordinary small video.
        var verdict = await Probe(folder, path);
        if (verdict is ProbeVerdict.Acceptable { Picture: var picture }) (picture.Width, picture.Height).ShouldBe((64, 64));
        else verdict.ShouldBeOfType<ProbeVerdict.Refused>().Rejection.Code.ShouldBeOneOf(MediaRejectionCode.TooLarge, MediaRejectionCode.Undecodable);
    }

    [Theory]
    [InlineData("size=64x64:rate=10:duration=2", MediaRejectionCode.TooLong)]
    [InlineData("size=160x64:rate=10:duration=1", MediaRejectionCode.TooLarge)]
    [InlineData("size=64x14:rate=10:duration=1", MediaRejectionCode.TooSmall)]
    public async Task ProbeAsync_RefusesWhatIsOutsideTheLimits(string settings, MediaRejectionCode code)
    {
        using var folder = new WorkFolder();
        var limits = new MediaLimits { MaxDuration = TimeSpan.FromSeconds(1.5), MaxSide = 128 };

        (await RefusalOf(folder, Clips.Render(folder, "upload.mp4", settings), limits)).ShouldBe(code);
    }

    [Fact]
    public async Task ProbeAsync_RefusesTooManyBytesWithoutReadingThem()
    {
        using var folder = new WorkFolder();
        await using (var file = File.Create(folder.File("sparse.mp4"))) file.SetLength(4L << 30);

        (await RefusalOf(folder, folder.File("sparse.mp4"))).ShouldBe(MediaRejectionCode.TooManyBytes);
    }

    [Fact]
    public async Task ProbeAsync_CountsTheLengthThatAHeaderLeavesOpen()
    {
        using var folder = new WorkFolder();
        var path = Clips.Render(folder, "live.webm", "size=64x64:rate=10:duration=2", "-c:v", "libvpx", "-an", "-live", "1");

        var verdict = await Probe(folder, path);

        var duration = verdict.ShouldBeOfType<ProbeVerdict.Acceptable>().Probe.Duration.ShouldNotBeNull();
        duration.TotalSeconds.ShouldBe(2, 0.2);
    }

    private static async Task<MediaRejectionCode> RefusalOf(WorkFolder folder, string path, MediaLimits? limits = null)
    {
        var rejection = (await Probe(folder, path, limits)).ShouldBeOfType<ProbeVerdict.Refused>().Rejection;
        rejection.Detail.ShouldEndWith(".");
        return rejection.Code;
    }

    private static Task<ProbeVerdict> Probe(WorkFolder folder, string path, MediaLimits? limits = null)
    {
        limits ??= new MediaLimits();
        return new Prober(FfmpegTool.Find(limits, TimeProvider.System), limits).ProbeAsync(path, folder.Path, Token);
    }
}
