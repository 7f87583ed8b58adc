using System.Diagnostics;
using Groundswell.Storage;
using Groundswell.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Groundswell.Bench;

/// <summary>The raw limit of a ledger in PostgreSQL: its own bulk format (binary COPY) in a loop, the store's schema, the bytes prepared beforehand, each batch durable.</summary>
internal static class BareCopies
{
    /// <summary>Rows a second into a schema that is made anew.</summary>
    public static double RowsPerS(string address, string schema, PreparedEntry[][] batches)
    {
        Begin(address, schema);
        using var connection = new NpgsqlConnection(address);
        connection.Open();
        PostgresMigrations.Apply(connection, PostgresMigrations.Shipped, TimeProvider.System, NullLogger.Instance);
        var position = 0L;
        DraftRow[][] rows = [.. batches.Select(batch => batch.Select(entry => new DraftRow(++position, entry, LedgerDraft.KeyOf(entry))).ToArray())];
        var began = Stopwatch.GetTimestamp();
        foreach (var batch in rows) LedgerCopy.Write(connection, batch);
        return position / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public static void Begin(string address, string schema)
    {
        Empty(address, schema);
        Run(address, $"CREATE SCHEMA {schema}");
    }

    public static void Empty(string address, string schema) => Run(address, $"DROP SCHEMA IF EXISTS {schema} CASCADE");

    private static void Run(string address, string sql)
    {
        using var connection = new NpgsqlConnection(address);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
