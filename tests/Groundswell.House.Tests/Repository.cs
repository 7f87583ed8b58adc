using System.Diagnostics;

namespace Groundswell.House.Tests;

/// <summary>The tree that these tests judge: what git tracks or would track. Paths are relative, with forward slashes.</summary>
internal static class Repository
{
    private static readonly string[] BinaryKinds =
        [".png", ".jpg", ".webp", ".ico", ".gif", ".mp4", ".webm", ".mp3", ".wav", ".onnx", ".woff2", ".ttf", ".zip", ".gz"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static IEnumerable<string> SourceFiles =>
        Files.Where(file => Path.GetExtension(file) is ".cs" or ".razor" && IsBelow(file, "src", "tests", "bench"));

    public static IEnumerable<string> TextFiles => Files.Where(file => !BinaryKinds.Contains(Path.GetExtension(file)));

    public static bool IsBelow(string file, params string[] folders) =>
        folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal));

    public static string FullPath(string file) => Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(FullPath(file));

    /// <summary>The lines of a file with their numbers, from 1.</summary>
    public static IEnumerable<(int Number, string Text)> Lines(string file) =>
        Read(file).Split('\n').Select((text, index) => (index + 1, text));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Groundswell.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder;
    }

    private static string[] ListFiles()
    {
        // A checkout may belong to another user than the one who tests it.
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            ArgumentList = { "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard" },
        };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        var listed = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, "git ls-files");
        return [.. listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct().Where(file => File.Exists(FullPath(file))).Order(StringComparer.Ordinal)];
    }
}
