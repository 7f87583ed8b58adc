using System.Diagnostics;
using Groundswell.Cluster.RuleBook;
using Groundswell.Lab.Simulations;
using Groundswell.Storage;
using Groundswell.Transfer.Backups;
using Groundswell.Transfer.Files;
using Groundswell.Transfer.Ledgers;

namespace Groundswell.Cli;

/// <summary>What the long commands say while they work, and how they end: a sentence and an exit code.</summary>
internal static class Lines
{
    public const int Ok = 0;
    public const int Failed = 1;

    /// <summary>Ctrl-C, as shells report it; here SIGTERM ends so too.</summary>
    public const int Stopped = 130;

    /// <summary>Runs a command's work; what an operator can mend becomes a sentence.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> work, string whenStopped)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            return Stop(whenStopped);
        }
        catch (Exception expected) when (expected is StoreUnavailableException or UnreadableFileException or BackupException or RulesRefusedException or IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            System.Console.Error.WriteLine();
            return Fail(Sentence(expected));
        }
    }

    /// <summary>What went wrong and what to do next; what the runtime says of files names no next step.</summary>
    private static string Sentence(Exception expected) => expected switch
    {
        FileNotFoundException { FileName: { } name } => $"There is no file '{name}': name one that is there.",
        DirectoryNotFoundException => $"{expected.Message} Make the folder first, or name another.",
        UnauthorizedAccessException => $"{expected.Message} Name another path, or let this user use it.",
        _ => expected.Message,
    };

    /// <param name="left">What there is now.</param>
    public static int Stop(string left = "")
    {
        System.Console.Error.WriteLine();
        System.Console.Error.WriteLine($"groundswell: stopped. {left}".TrimEnd());
        return Stopped;
    }

    public static int Fail(string problem)
    {
        System.Console.Error.WriteLine($"groundswell: {problem}");
        return Failed;
    }

    public static IProgress<TransferProgress> Rows() => new Told<TransferProgress>((progress, elapsed) =>
        $"{progress.Doing} {progress.Rows:N0} rows, {progress.Rows / elapsed.TotalSeconds:N0} rows/s, {progress.Share:P0}", progress => progress.Doing);

    public static IProgress<BackupProgress> Files() => new Told<BackupProgress>((progress, elapsed) =>
        $"{progress.Doing} {progress.Files:N0} files, {progress.Bytes / 1048576.0:N0} MB, {progress.Bytes / 1048576.0 / elapsed.TotalSeconds:N0} MB/s", progress => progress.Doing);

    public static IProgress<SimulationProgress> Worlds() => new Told<SimulationProgress>((progress, elapsed) =>
        $"day {progress.Lived.TotalDays:N1} of {progress.Whole.TotalDays:N0}, {progress.Views:N0} views, {progress.Views / elapsed.TotalSeconds:N0} views/s, {progress.Share:P0}", _ => "simulating");

    /// <summary>A line for each step.</summary>
    public static IProgress<string> Steps() => new Step();

    /// <summary>Written at once, which <see cref="Progress{T}"/> does not: else a step could be told after the sentence that all has stopped.</summary>
    private sealed class Step : IProgress<string>
    {
        public void Report(string value) => System.Console.Error.WriteLine($"… {value}");
    }

    /// <summary>One line on standard error, written over at most four times a second; what is being done begins a new one.</summary>
    private sealed class Told<T>(Func<T, TimeSpan, string> sentence, Func<T, string> phase) : IProgress<T>
    {
        private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);
        private readonly Lock _gate = new();
        private string _phase = "";
        private long _began, _told;

        public void Report(T value)
        {
            lock (_gate)
            {
                if (phase(value) != _phase)
                {
                    if (_phase.Length > 0) System.Console.Error.WriteLine();
                    (_phase, _began, _told) = (phase(value), Stopwatch.GetTimestamp(), 0);
                }
                if (_told != 0 && Stopwatch.GetElapsedTime(_told) < Between) return;
                _told = Stopwatch.GetTimestamp();
                System.Console.Error.Write($"\r{sentence(value, Stopwatch.GetElapsedTime(_began) + TimeSpan.FromMilliseconds(1))}   ");
            }
        }
    }
}
