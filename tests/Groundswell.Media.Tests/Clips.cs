using System.Diagnostics;

namespace Groundswell.Media.Tests;

/// <summary>Where test videos come from: ffmpeg's own generators, and a folder of real clips beside the checkout where there is one.</summary>
internal static class Clips
{
    /// <summary>Runs ffmpeg and fails the test with what it said where it fails.</summary>
    public static void Ffmpeg(params string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, error);
    }

    /// <summary>What ffprobe says of one file, as lines of <c>key=value</c>.</summary>
    public static string Ffprobe(string path, params string[] arguments)
    {
        var start = new ProcessStartInfo("ffprobe", ["-v", "error", "-of", "default=nw=1", .. arguments, path]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        return process.StandardOutput.ReadToEnd();
    }

    /// <summary>A test picture with a tone, the first argument being the generator's settings, such as <c>size=320x240:rate=25:duration=2</c>.</summary>
    public static string Render(WorkFolder folder, string name, string settings, params string[] encoding)
    {
        var path = folder.File(name);
        Ffmpeg(["-f", "lavfi", "-i", "testsrc2=" + settings, "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000",
            "-shortest", .. encoding.Length > 0 ? encoding : ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"], path]);
        return path;
    }

    /// <summary>Names of the real clips in one of their folders; a single placeholder where the folder is absent.</summary>
    public static TheoryData<string> Names(string folder) =>
        Shared(folder) is { } path ? new TheoryData<string>(Directory.GetFiles(path).Select(file => Path.GetFileName(file)).Order()) : new TheoryData<string>("absent");

    /// <summary>The full path of a real clip; skips the test where there is none.</summary>
    public static string Named(string folder, string name)
    {
        var path = Shared(folder);
        Assert.SkipWhen(path is null, $"No shared/clips/{folder} folder stands beside the checkout.");
        return Path.Combine(path!, name);
    }

    private static string? Shared(string folder)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, "shared", "clips", folder);
            if (Directory.Exists(candidate)) return candidate;
        }
        return null;
    }
}

/// <summary>A folder that ends with its test.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("groundswell-media-");

    public string Path => _folder.FullName;
    public string File(string name) => System.IO.Path.Combine(Path, name);
    public void Dispose() => _folder.Delete(recursive: true);
}
