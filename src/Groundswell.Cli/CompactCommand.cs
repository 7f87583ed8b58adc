using System.Collections.Immutable;
using System.CommandLine;
using Groundswell.Cluster;
using Groundswell.Cluster.Retention;

namespace Groundswell.Cli;

/// <summary><c>groundswell ledger compact</c>: saves every projection and deletes the entries that the rules no longer keep.</summary>
internal static class CompactCommand
{
    public static Command Create()
    {
        var stopped = new StoppedStore();
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would go." };
        var kept = RetentionOption.Create("How many days heartbeats, impressions, play starts and served pages are kept; 90 when left out.");
        var compact = new Command("compact", "Delete what was only of passing interest, once all that follows from it is saved.") { stopped.Data, stopped.Store, kept, dry };
        compact.SetAction(async (parsed, cancellation) =>
        {
            var rules = parsed.GetValue(kept) is { } days ? RetentionRules.KeepingFor(TimeSpan.FromDays(days)) : RetentionRules.Default;
            var before = Size(stopped.FolderOf(parsed));
            var code = await stopped.WithEngineAsync(parsed, engine => CompactAsync(engine, rules, parsed.GetValue(dry), cancellation));
            // Only now: while the store is open, its write-ahead log lies beside it.
            if (code == 0 && before is not null)
                System.Console.WriteLine($"store: {Megabytes(before)} before, {Megabytes(Size(stopped.FolderOf(parsed)))} after; new entries fill the room, VACUUM gives it back");
            return code;
        });
        return compact;
    }

    private static async Task<int> CompactAsync(Engine engine, RetentionRules rules, bool dry, CancellationToken cancellation)
    {
        ImmutableSortedDictionary<string, long> counts;
        LastCompaction? done;
        try
        {
            using var line = new ProgressLine();
            var compaction = new Compaction(engine, rules, TimeSpan.Zero, line);
            counts = compaction.Count(cancellation);
            done = dry ? null : await compaction.RunAloneAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Lines.Stop("Nothing is lost, and the next run does what is left.");
        }
        foreach (var (kind, entries) in counts) System.Console.WriteLine($"{kind,-12} {entries,14:N0} {(dry ? "would go" : "deleted")}");
        if (done is not null)
            System.Console.WriteLine($"{done.Entries:N0} entries deleted; everything is saved up to position {done.Baseline:N0}, {done.Viewers:N0} viewers anew");
        return 0;
    }

    /// <summary>Bytes of the embedded store's files; null for another store, and where there is none.</summary>
    private static long? Size(string? folder) => Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) : null;

    private static string Megabytes(long? bytes) => $"{bytes / 1e6:N1} MB";
}
