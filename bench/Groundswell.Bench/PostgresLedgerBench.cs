using System.Diagnostics;
using Groundswell.Core.Ledger;
using Groundswell.Storage;
using Groundswell.Storage.GroupCommit;
using Groundswell.Storage.Postgres;
using Groundswell.Storage.Sql;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Groundswell.Bench;

/// <param name="BareRowsPerS">PostgreSQL's own bulk format in a loop, the same bytes into the same schema, each batch durable.</param>
/// <param name="PreparedRowsPerS">The store given entries that are serialised already, in calls as large as a commit.</param>
/// <param name="Ratio">Prepared to bare.</param>
/// <param name="RowsPerS">The store given entries, calls as large as a commit: serialised and hashed by the caller.</param>
/// <param name="WholeRatio">Entries to bare.</param>
/// <param name="CallRowsPerS">As devices call: <paramref name="EntriesACall"/> entries of one viewer, many calls at once.</param>
public sealed record PostgresLedgerFigures(
    int Rows, int Commit, double BytesARow, double BareRowsPerS, double PreparedRowsPerS, double Ratio, double RowsPerS, double WholeRatio, int EntriesACall, double CallRowsPerS);

/// <summary>The ledger in a PostgreSQL database, without the engine round it: rows a second.</summary>
public static class PostgresLedgerBench
{
    private const string Schema = "groundswell_bench";
    private const int EntriesACall = 10;
    private const int Commit = 4_000;
    private const int Rounds = 3;

    /// <summary>Runs bare loop and store in turns and takes the best of each, since neighbours on the machine only ever slow them.</summary>
    /// <param name="address">A database in which this user may make a schema: <c>groundswell_bench</c>, gone at the end.</param>
    /// <param name="rows">Entries a run, in whole commits; they are held in memory, about 3 kB each.</param>
    /// <exception cref="StoreUnavailableException">The database cannot be used.</exception>
    public static async Task<PostgresLedgerFigures> RunAsync(string address, int rows, IProgress<string> progress, CancellationToken cancellation)
    {
        progress.Report("making signals");
        LedgerEntry[][] calls = [.. LedgerLoad.Calls(EntriesACall).Take(rows / Commit * Commit / EntriesACall)];
        LedgerEntry[][] batches = [.. calls.SelectMany(call => call).Chunk(Commit)];
        PreparedEntry[][] prepared = [.. batches.Select(PreparedEntry.Of)];
        var settings = PostgresAddress.Parse(address).Settings();
        settings.SearchPath = Schema;
        var bench = settings.ConnectionString;
        var (bare, ready, whole, called) = (0.0, 0.0, 0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report($"round {round + 1} of {Rounds}");
            bare = Math.Max(bare, Bare(bench, prepared));
            ready = Math.Max(ready, await OverAsync(bench, rows, async store =>
            {
                // Two calls in flight: the next group waits when one is committed, as it does under load.
                var ledger = (StoredLedger<PostgresSession>)store.Ledger;
                await Parallel.ForEachAsync(prepared, Two(cancellation), async (batch, token) => await ledger.AppendAsync(batch, token));
            }));
            whole = Math.Max(whole, await OverAsync(bench, rows, async store =>
                await Parallel.ForEachAsync(batches, Two(cancellation), async (batch, token) => await store.Ledger.AppendAsync(batch, token))));
            called = Math.Max(called, await OverAsync(bench, rows, store => LedgerBench.AppendCallsAsync(store.Ledger, calls, cancellation)));
        }
        Empty(bench, then: "SELECT 1");
        return new PostgresLedgerFigures(
            rows / Commit * Commit, Commit, Math.Round(prepared.Average(batch => batch.Average(entry => entry.Body.Length))), Math.Round(bare), Math.Round(ready),
            Math.Round(ready / bare, 3), Math.Round(whole), Math.Round(whole / bare, 3), EntriesACall, Math.Round(called));
    }

    private static ParallelOptions Two(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = 2, CancellationToken = cancellation };

    private static double Bare(string address, PreparedEntry[][] batches)
    {
        Empty(address, then: $"CREATE SCHEMA {Schema}");
        using var connection = new NpgsqlConnection(address);
        connection.Open();
        PostgresMigrations.Apply(connection, PostgresMigrations.Shipped, TimeProvider.System, NullLogger.Instance);
        var position = 0L;
        DraftRow[][] rows = [.. batches.Select(batch => batch.Select(entry => new DraftRow(++position, entry, LedgerDraft.KeyOf(entry))).ToArray())];
        var began = Stopwatch.GetTimestamp();
        foreach (var batch in rows) LedgerCopy.Write(connection, batch);
        return position / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> OverAsync(string address, int rows, Func<IStore, Task> append)
    {
        Empty(address, then: $"CREATE SCHEMA {Schema}");
        await using var store = await PostgresStore.OpenAsync(address, TimeProvider.System, new StoreOptions());
        var began = Stopwatch.GetTimestamp();
        await append(store);
        var perSecond = store.Ledger.Head / Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (store.Ledger.Head != rows / Commit * Commit) throw new InvalidOperationException($"{store.Ledger.Head} of {rows} entries were appended.");
        return perSecond;
    }

    private static void Empty(string address, string then)
    {
        using var connection = new NpgsqlConnection(address);
        connection.Open();
        foreach (var sql in (string[])[$"DROP SCHEMA IF EXISTS {Schema} CASCADE", then])
        {
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
    }
}
