using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Groundswell.Media.Ffmpeg;

/// <summary>
/// Runs ffmpeg and ffprobe as jailed children: no shell, no standard input, an almost empty environment, low priority, and
/// limits on wall time, processor time, address space and written bytes (the last three where <c>prlimit</c> of util-linux
/// is installed). Safe for concurrent use.
/// </summary>
public sealed class FfmpegTool
{
    private const int StderrTailBytes = 4096;

    private readonly MediaLimits _limits;
    private readonly TimeProvider _time;
    private readonly string _ffmpeg;
    private readonly string _ffprobe;
    private readonly string? _prlimit;
    private readonly string? _nice;

    private FfmpegTool(MediaLimits limits, TimeProvider time, string ffmpeg, string ffprobe, string? prlimit, string? nice)
    {
        (_limits, _time, _ffmpeg, _ffprobe, _prlimit, _nice) = (limits, time, ffmpeg, ffprobe, prlimit, nice);
    }

    /// <summary>Whether processor time, memory and file size of the children are limited by the system.</summary>
    public bool IsJailed => _prlimit is not null;

    /// <summary>Finds the tools.</summary>
    /// <param name="directory">The directory that holds ffmpeg and ffprobe, or null to search PATH.</param>
    /// <exception cref="FileNotFoundException">ffmpeg or ffprobe is in none of the searched directories.</exception>
    public static FfmpegTool Find(MediaLimits limits, TimeProvider time, string? directory = null)
    {
        var variable = Environment.GetEnvironmentVariable("PATH") ?? "";
        ImmutableArray<string> path = [.. variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)];
        ImmutableArray<string> searched = directory is null ? path : [directory];
        return new FfmpegTool(
            limits,
            time,
            Locate("ffmpeg", searched) ?? throw NotFound("ffmpeg", searched),
            Locate("ffprobe", searched) ?? throw NotFound("ffprobe", searched),
            Locate("prlimit", path),
            Locate("nice", path));
    }

    /// <summary>
    /// Runs a tool to its end, handing on its standard output in pieces as they arrive. Ends of every kind are a
    /// <see cref="ToolRun"/>; only cancellation throws, after the child and its children are dead.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ToolRun> RunAsync(ToolCall call, Action<ReadOnlySpan<byte>> onOutput, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start(call);
        using var wall = new CancellationTokenSource(call.WallTime, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wall.Token, cancellationToken);
        await using var killing = either.Token.Register(() => process.Kill(entireProcessTree: true));

        // The pumps take no token: a killed child closes its pipes, and what it said before is worth having.
        var stderr = ReadTailAsync(process.StandardError.BaseStream);
        var withinCap = await PumpAsync(process.StandardOutput.BaseStream, onOutput, call.OutputCap);
        if (!withinCap) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        var tail = await stderr;

        cancellationToken.ThrowIfCancellationRequested();
        var ending = !withinCap ? ToolEnding.OutputTooLarge
            : wall.IsCancellationRequested && process.ExitCode != 0 ? ToolEnding.TimedOut
            : ToolEnding.Exited;
        return new ToolRun(ending, process.ExitCode, tail);
    }

    private Process Start(ToolCall call)
    {
        var command = CommandLine(call);
        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = call.WorkDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in command[1..]) start.ArgumentList.Add(argument);
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = call.WorkDirectory;
        start.Environment["LANG"] = "C.UTF-8";
        // A build of ffmpeg may load OpenBLAS, which makes threads at once and, where the jail leaves no room for them, tries for ever.
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        process.StandardInput.Close();
        return process;
    }

    private ImmutableArray<string> CommandLine(ToolCall call)
    {
        var command = ImmutableArray.CreateBuilder<string>();
        if (_prlimit is not null)
        {
            var cpuSeconds = Math.Max(1, (long)Math.Ceiling(call.WallTime.TotalSeconds * _limits.Threads));
            command.Add(_prlimit);
            command.Add(string.Create(CultureInfo.InvariantCulture, $"--cpu={cpuSeconds}"));
            command.Add(string.Create(CultureInfo.InvariantCulture, $"--as={_limits.MaxAddressSpace}"));
            command.Add(string.Create(CultureInfo.InvariantCulture, $"--fsize={_limits.MaxOutputBytes}"));
            command.Add("--core=0");
        }
        if (_nice is not null) command.AddRange(_nice, "-n", "10");
        command.Add(call.Tool == MediaTool.Ffmpeg ? _ffmpeg : _ffprobe);
        if (call.Tool == MediaTool.Ffmpeg) command.Add("-nostdin");
        command.AddRange(call.Arguments);
        return command.ToImmutable();
    }

    private static async Task<bool> PumpAsync(Stream output, Action<ReadOnlySpan<byte>> onOutput, long cap)
    {
        var buffer = new byte[64 << 10];
        long total = 0;
        while (await output.ReadAsync(buffer) is var read and > 0)
        {
            total += read;
            if (total > cap) return false;
            onOutput(buffer.AsSpan(0, read));
        }
        return true;
    }

    private static async Task<string> ReadTailAsync(Stream stderr)
    {
        var buffer = new byte[2 * StderrTailBytes];
        var kept = 0;
        while (await stderr.ReadAsync(buffer.AsMemory(kept)) is var read and > 0)
        {
            kept += read;
            if (kept <= StderrTailBytes) continue;
            buffer.AsSpan(kept - StderrTailBytes, StderrTailBytes).CopyTo(buffer);
            kept = StderrTailBytes;
        }
        return Encoding.UTF8.GetString(buffer, 0, kept);
    }

    private static string? Locate(string name, ImmutableArray<string> directories) =>
        directories.Select(directory => Path.GetFullPath(Path.Combine(directory, name))).FirstOrDefault(File.Exists);

    private static FileNotFoundException NotFound(string name, ImmutableArray<string> searched) =>
        new($"{name} was not found in {string.Join(", ", searched)}. "
            + "Install ffmpeg (Debian: apt-get install ffmpeg) or configure its directory.", name);
}
