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
        compact.SetAction((parsed, cancellation) =>
        {
            var rules = parsed.GetValue(kept) is { } days ? RetentionRules.KeepingFor(TimeSpan.FromDays(days)) : RetentionRules.Default;
            return stopped.WithEngineAsync(parsed, (engine, folder) => CompactAsync(engine, rules, folder, parsed.GetValue(dry), cancellation));
        });
        return compact;
    }

    private static async Task<int> CompactAsync(Engine engine, RetentionRules rules, string? folder, bool dry, CancellationToken cancellation)
    {
        var before = Size(folder);
        try
        {
            await CompactAsync(engine, rules, dry, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            System.Console.Error.WriteLine("groundswell: stopped; nothing is lost, and the next run does what is left.");
            return 1;
        }
        if (folder is not null) System.Console.WriteLine($"store files: {Megabytes(before)} before, {Megabytes(Size(folder))} after; new entries fill the room, VACUUM gives it back");
        return 0;
    }

    private static async Task CompactAsync(Engine engine, RetentionRules rules, bool dry, CancellationToken cancellation)
    {
        LastCompaction? done;
        ImmutableSortedDictionary<string, long> counts;
        using (var line = new ProgressLine())
        {
            var compaction = new Compaction(engine, rules, TimeSpan.Zero, line);
            counts = compaction.Count(cancellation);
            done = dry ? null : await compaction.RunAloneAsync(cancellation);
        }
        foreach (var (kind, entries) in counts) System.Console.WriteLine($"{kind,-12} {entries,14:N0} entries {(dry ? "would go" : "to go")}");
        if (done is not null)
            System.Console.WriteLine($"{done.Entries:N0} entries deleted; everything is saved up to position {done.Baseline:N0}, {done.Viewers:N0} viewers anew");
    }

    private static long Size(string? folder) => folder is null ? 0 : new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);

    private static string Megabytes(long bytes) => $"{bytes / 1e6:N1} MB";
}
