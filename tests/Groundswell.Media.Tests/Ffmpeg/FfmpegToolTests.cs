using System.Collections.Immutable;
using System.Text;
using Groundswell.Media.Ffmpeg;

namespace Groundswell.Media.Tests.Ffmpeg;

public class FfmpegToolTests
{
    private static readonly ImmutableArray<string> Endless = ["-v", "error", "-re", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=10", "-f", "null", "-"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_KillsAChildThatTakesTooLong()
    {
        using var folder = new WorkFolder();
        var run = await Tool().RunAsync(new ToolCall(MediaTool.Ffmpeg, Endless, folder.Path, TimeSpan.FromSeconds(1)), _ => { }, Token);

        run.Ending.ShouldBe(ToolEnding.TimedOut);
        run.Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_KillsAChildThatSaysTooMuch()
    {
        using var folder = new WorkFolder();
        long received = 0;
        var call = new ToolCall(
            MediaTool.Ffmpeg, ["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=640x480", "-f", "rawvideo", "-"], folder.Path, TimeSpan.FromMinutes(1))
        {
            OutputCap = 1 << 20,
        };

        var run = await Tool().RunAsync(call, bytes => received += bytes.Length, Token);

        run.Ending.ShouldBe(ToolEnding.OutputTooLarge);
        received.ShouldBeLessThanOrEqualTo(1 << 20);
    }

    [Fact]
    public async Task RunAsync_ThrowsWhenCancelled()
    {
        using var folder = new WorkFolder();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Should.ThrowAsync<OperationCanceledException>(() =>
            Tool().RunAsync(new ToolCall(MediaTool.Ffmpeg, Endless, folder.Path, TimeSpan.FromMinutes(1)), _ => { }, cancel.Token));
    }

    [Fact]
    public async Task RunAsync_KeepsTheLastFourKibibytesOfComplaints()
    {
        using var folder = new WorkFolder();
        var call = new ToolCall(
            MediaTool.Ffmpeg, ["-v", "debug", "-f", "lavfi", "-i", "testsrc2=duration=2", "-f", "null", "-"], folder.Path, TimeSpan.FromMinutes(1));

        var run = await Tool().RunAsync(call, _ => { }, Token);

        run.Succeeded.ShouldBeTrue();
        Encoding.UTF8.GetByteCount(run.StderrTail).ShouldBe(4096);
    }

    [Fact]
    public async Task RunAsync_KeepsAChildWithinItsAddressSpace()
    {
        using var folder = new WorkFolder();
        var tool = Tool(new MediaLimits { MaxAddressSpace = 512L << 20 });
        Assert.SkipUnless(tool.IsJailed, "prlimit is not installed.");
        var call = new ToolCall(
            MediaTool.Ffmpeg, ["-v", "error", "-f", "lavfi", "-i", "color=size=8000x8000:rate=1:duration=1", "-c:v", "libx264", "-f", "null", "-"], folder.Path, TimeSpan.FromMinutes(1));

        var run = await tool.RunAsync(call, _ => { }, Token);

        (run.Ending, run.Succeeded).ShouldBe((ToolEnding.Exited, false));
    }

    [Fact]
    public async Task RunAsync_KeepsAChildWithinItsFileSize()
    {
        using var folder = new WorkFolder();
        var tool = Tool(new MediaLimits { MaxOutputBytes = 1L << 20 });
        Assert.SkipUnless(tool.IsJailed, "prlimit is not installed.");
        var call = new ToolCall(
            MediaTool.Ffmpeg, ["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=640x480:duration=60", "-f", "rawvideo", folder.File("raw")], folder.Path, TimeSpan.FromMinutes(1));

        (await tool.RunAsync(call, _ => { }, Token)).Succeeded.ShouldBeFalse();
        new FileInfo(folder.File("raw")).Length.ShouldBeLessThanOrEqualTo(1 << 20);
    }

    [Fact]
    public void Find_SaysWhatToInstallWhereTheToolsAreMissing()
    {
        using var folder = new WorkFolder();
        Should.Throw<FileNotFoundException>(() => FfmpegTool.Find(new MediaLimits(), TimeProvider.System, folder.Path))
            .Message.ShouldContain("apt-get install ffmpeg");
    }

    private static FfmpegTool Tool(MediaLimits? limits = null) => FfmpegTool.Find(limits ?? new MediaLimits(), TimeProvider.System);
}
