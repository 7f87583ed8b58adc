using System.Diagnostics;
using System.Text.Json;
using Groundswell.Core.Ledger;
using Groundswell.Storage;
using Groundswell.Storage.Sqlite;

namespace Groundswell.Bench;

/// <param name="BareRowsPerS">SQLite's own calls in a loop, the same bytes, schema and settings, full commits.</param>
/// <param name="PreparedRowsPerS">The store given entries that are serialised already, in calls as large as a commit.</param>
/// <param name="RowsPerS">The store given entries, calls as large as a commit: serialised and hashed by the caller.</param>
/// <param name="CallRowsPerS">As devices call: <paramref name="EntriesACall"/> entries of one viewer, many calls at once.</param>
/// <param name="Ratio">Prepared to bare.</param>
/// <param name="LongestDeletionMs">The longest call that deleted among 1,000 entries: what an append may have to wait for.</param>
public sealed record LedgerFigures(
    int Rows, int Viewers, double BytesARow, double BareRowsPerS, double PreparedRowsPerS, double Ratio, double RowsPerS, int EntriesACall, double CallRowsPerS,
    double SerialiseUs, double EventKeyUs, double ReadFromDiskUs, double ReadFromMemoryUs, double KnownEventUs, double DeletedPerS, double LongestDeletionMs);

/// <summary>The ledger in this process, without the engine round it: rows a second, and where the time goes.</summary>
public static class LedgerBench
{
    private const int EntriesACall = 10;
    private const int Commit = 4_000;
    private const int Rounds = 3;

    /// <summary>Runs bare loop and store in turns and takes the best of each, since neighbours on the machine only ever slow them.</summary>
    /// <param name="rows">Entries a run, in whole commits; they are held in memory, about 3 kB each.</param>
    public static async Task<LedgerFigures> RunAsync(int rows, IProgress<string> progress, CancellationToken cancellation)
    {
        progress.Report("making signals");
        LedgerEntry[][] calls = [.. LedgerLoad.Calls(EntriesACall).Take(rows / Commit * Commit / EntriesACall)];
        LedgerEntry[] entries = [.. calls.SelectMany(call => call)];
        var serialise = Microseconds(entries.Length, () => Array.ForEach(entries, entry => JsonSerializer.SerializeToUtf8Bytes(entry, GroundswellJson.Ledger)));
        var hash = Microseconds(entries.Length, () => HashAll(entries));
        PreparedEntry[][] commits = [.. entries.Chunk(Commit).Select(PreparedEntry.Of)];
        var (bare, prepared, whole, called) = (0.0, 0.0, 0.0, 0.0);
        Reading? reading = null;
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report($"round {round + 1} of {Rounds}");
            bare = Math.Max(bare, Bare(commits));
            prepared = Math.Max(prepared, await OverAsync(entries.Length, async store =>
            {
                // Two calls in flight: the next group waits when one is committed, as it does under load.
                var ledger = (SqliteLedger)store.Ledger;
                await Parallel.ForEachAsync(commits, Two(cancellation), async (commit, token) => await ledger.AppendAsync(commit, token));
            }));
            whole = Math.Max(whole, await OverAsync(entries.Length, async store =>
                await Parallel.ForEachAsync(entries.Chunk(Commit), Two(cancellation), async (commit, token) => await store.Ledger.AppendAsync(commit, token))));
            called = Math.Max(called, await OverAsync(
                entries.Length,
                store => AppendCallsAsync(store.Ledger, calls, cancellation),
                async store => reading = round == Rounds - 1 ? await Reading.OfAsync(store.Ledger, calls, cancellation) : null));
        }
        if (reading is null) throw new InvalidOperationException("Nothing was read.");
        return new LedgerFigures(
            entries.Length, LedgerLoad.Viewers, Math.Round(commits.Average(commit => commit.Average(entry => entry.Body.Length))), Math.Round(bare), Math.Round(prepared),
            Math.Round(prepared / bare, 3), Math.Round(whole), EntriesACall, Math.Round(called), serialise, hash, reading.FromDiskUs, reading.FromMemoryUs,
            reading.KnownEventUs, reading.DeletedPerS, reading.LongestDeletionMs);
    }

    private static ParallelOptions Two(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = 2, CancellationToken = cancellation };

    private static double Bare(PreparedEntry[][] commits)
    {
        var folder = Directory.CreateTempSubdirectory("groundswell-bench-").FullName;
        using var inserts = new BareInserts(folder);
        var began = Stopwatch.GetTimestamp();
        foreach (var commit in commits) inserts.Commit(commit);
        var perSecond = commits.Sum(commit => commit.Length) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        inserts.Dispose();
        Directory.Delete(folder, recursive: true);
        return perSecond;
    }

    private static async Task<double> OverAsync(int rows, Func<IStore, Task> append, Func<IStore, Task>? then = null)
    {
        var folder = Directory.CreateTempSubdirectory("groundswell-bench-").FullName;
        await using var store = await SqliteStore.OpenAsync(folder, TimeProvider.System, new StoreOptions());
        var began = Stopwatch.GetTimestamp();
        await append(store);
        var perSecond = rows / Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (store.Ledger.Head != rows) throw new InvalidOperationException($"{store.Ledger.Head} of {rows} entries were appended.");
        if (then is not null) await then(store);
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        return perSecond;
    }

    private static async Task AppendCallsAsync(ILedger ledger, LedgerEntry[][] calls, CancellationToken cancellation)
    {
        const int AtOnce = 256;
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(
            async () =>
            {
                for (var call = Interlocked.Increment(ref next); call < calls.Length; call = Interlocked.Increment(ref next))
                    await ledger.AppendAsync(calls[call], cancellation);
            },
            cancellation)));
    }

    private static void HashAll(LedgerEntry[] entries)
    {
        Span<byte> key = stackalloc byte[EventKey.Length];
        foreach (var entry in entries) EventKey.Write(((SignalRecorded)entry).Viewer, ((SignalRecorded)entry).EventId, key);
    }

    internal static double Microseconds(int times, Action work)
    {
        work(); // once to compile it
        var began = Stopwatch.GetTimestamp();
        work();
        return Math.Round(Stopwatch.GetElapsedTime(began).TotalMicroseconds / times, 3);
    }

    /// <summary>What reading and deleting takes, over a ledger that was just filled.</summary>
    private sealed record Reading(double FromDiskUs, double FromMemoryUs, double KnownEventUs, double DeletedPerS, double LongestDeletionMs)
    {
        private const int Chunk = 4_000;
        private const int DeletedACall = 1_000;

        public static async Task<Reading> OfAsync(ILedger ledger, LedgerEntry[][] calls, CancellationToken cancellation)
        {
            var disk = Microseconds(Chunk * 5, () => Read(ledger, 0, 5));
            var memory = Microseconds(Chunk * 4, () => Read(ledger, ledger.Head - (Chunk * 4), 4));
            string[][] asked = [.. calls.Take(2_000).Select(call => (string[])[.. call.Select(entry => ((SignalRecorded)entry).EventId), .. Enumerable.Range(0, 90).Select(i => $"unknown {i}")])];
            var known = Microseconds(asked.Length * 100, () =>
            {
                for (var i = 0; i < asked.Length; i++) ledger.KnownEvents(((SignalRecorded)calls[i][0]).Viewer, asked[i]);
            });
            await ledger.SetBaselineAsync(ledger.Head, cancellation);
            var deletion = new Deletion(
                [EntryKind.Of(Core.Signals.SignalType.Heartbeat), EntryKind.Of(Core.Signals.SignalType.Impression)], ledger.Baseline, DateTimeOffset.UnixEpoch.AddDays(20_700));
            var (entries, longest, began) = (0, TimeSpan.Zero, Stopwatch.GetTimestamp());
            for (var done = new Deleted(0, 0, false); !done.Finished; entries += done.Entries)
            {
                var call = Stopwatch.GetTimestamp();
                done = await ledger.DeleteAsync(deletion, done.LookedUpTo, DeletedACall, cancellation);
                longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(call).Ticks));
            }
            return new Reading(disk, memory, known, Math.Round(entries / Stopwatch.GetElapsedTime(began).TotalSeconds), Math.Round(longest.TotalMilliseconds, 1));
        }

        private static void Read(ILedger ledger, long after, int chunks)
        {
            for (var i = 0; i < chunks; i++)
                if (ledger.Read(after + (i * Chunk), Chunk).Count != Chunk) throw new InvalidOperationException("The ledger is shorter than was written.");
        }
    }
}
