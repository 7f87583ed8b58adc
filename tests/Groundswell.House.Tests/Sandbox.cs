using System.Diagnostics;

namespace Groundswell.House.Tests;

internal sealed record Ended(int ExitCode, string Output, string Errors)
{
    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>
/// A repository of nothing but the scripts, on a machine of nothing but what a test puts there: the PATH holds links to
/// the core tools and stand-ins that write down how they were called. Nothing can be installed from inside it.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private static readonly string[] CoreTools =
    [
        "bash", "env", "cat", "cut", "dirname", "basename", "readlink", "find", "sort", "xargs", "sha256sum", "mkdir", "rm", "mv", "cp",
        "chmod", "ls", "timeout", "id", "grep", "awk", "flock", "touch",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("groundswell-house-").FullName;

    public Sandbox()
    {
        Directory.CreateDirectory(Tools);
        foreach (var tool in CoreTools)
            if (Locate(tool) is { } path) File.CreateSymbolicLink(Path.Combine(Tools, tool), path);
        foreach (var file in new[] { "run", "test", ".ci/run", "scripts/needs.sh", "global.json" })
            Write(file, Repository.Read(file), executable: true);
        Write("src/Groundswell.Cli/Program.cs", "// first\n");
        Write("bench/Groundswell.Bench/Load.cs", "// first\n");
        Write("Groundswell.slnx", "<Solution />\n");
    }

    public string Root => Path.Combine(_folder, "repository");

    private string Tools => Path.Combine(_folder, "tools");

    private string CallLog => Path.Combine(_folder, "calls");

    /// <summary>What the stand-ins were asked to do, one call a line.</summary>
    public string[] Calls => File.Exists(CallLog) ? File.ReadAllLines(CallLog) : [];

    public void Write(string file, string text, bool executable = false)
    {
        var path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        WriteText(path, text, executable);
    }

    /// <summary>A stand-in for a program; it logs its call and then does what the script says.</summary>
    public void Put(string tool, string script = "") =>
        WriteText(Path.Combine(Tools, tool), $"#!{Locate("bash")}\nprintf '%s\\n' \"{tool} $*\" >>'{CallLog}'\n{script}\n", executable: true);

    public void PutMediaTools()
    {
        Put("ffmpeg");
        Put("ffprobe");
    }

    /// <summary>An SDK that "builds" a program which prints how it was started.</summary>
    public void PutSdk() => Put("dotnet", """
        case $1 in
            --version) echo 10.0.100 ;;
            publish)
                while [[ $1 != -o ]]; do shift; done
                mkdir -p "$2"
                printf '#!/usr/bin/env bash\necho "started $*"\n' >"$2/groundswell"
                chmod +x "$2/groundswell"
                ;;
        esac
        """);

    /// <summary>A package manager that brings the media tools, and the way to root for those who are not.</summary>
    public void PutPackageManager()
    {
        Put("sudo", "while [[ $1 == -* ]]; do shift; done\n\"$@\"");
        Put("apt-cache");
        Put("apt-get", $"if [[ $1 == install ]]; then cp '{Tools}/apt-cache' '{Tools}/ffmpeg'; cp '{Tools}/apt-cache' '{Tools}/ffprobe'; fi");
    }

    public Ended Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Root, script), arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Tools;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{script} did not start.");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit(TimeSpan.FromMinutes(1)).ShouldBeTrue($"{script} did not end");
        return new Ended(process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string? Locate(string tool) =>
        new[] { "/usr/bin/", "/bin/", "/usr/local/bin/" }.Select(folder => folder + tool).FirstOrDefault(File.Exists);

    private static void WriteText(string path, string text, bool executable)
    {
        File.WriteAllText(path, text);
        if (executable) File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }
}
