using System.Collections.Immutable;

namespace Groundswell.Media.Ffmpeg;

public enum MediaTool { Ffmpeg, Ffprobe }

/// <summary>One run of a tool.</summary>
/// <param name="Arguments">Passed one by one, never through a shell.</param>
/// <param name="WorkDirectory">Current directory of the child: a directory of its own, which the caller deletes.</param>
/// <param name="WallTime">The child is killed after this time.</param>
public sealed record ToolCall(MediaTool Tool, ImmutableArray<string> Arguments, string WorkDirectory, TimeSpan WallTime)
{
    /// <summary>
    /// Most bytes read from standard output before the child is killed. Default 4 MiB: JSON and progress lines are far
    /// smaller.
    /// </summary>
    public long OutputCap { get; init; } = 4 << 20;
}

public enum ToolEnding { Exited, TimedOut, OutputTooLarge }

/// <summary>How a run ended.</summary>
/// <param name="ExitCode">As the system reports it; 128 + n for a child that ended by signal n.</param>
/// <param name="StderrTail">The last 4 KiB of standard error.</param>
public sealed record ToolRun(ToolEnding Ending, int ExitCode, string StderrTail)
{
    public bool Succeeded => Ending == ToolEnding.Exited && ExitCode == 0;
}
