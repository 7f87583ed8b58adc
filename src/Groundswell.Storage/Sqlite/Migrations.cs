using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Groundswell.Storage.Sqlite;

/// <summary>Brings a file's schema up to date.</summary>
internal static class Migrations
{
    public static IReadOnlyList<(int Version, string Sql)> Shipped { get; } = SchemaSteps.In("schema/");

    /// <summary>Applies the steps the file lacks, each in its own transaction.</summary>
    /// <returns>The versions applied now.</returns>
    /// <exception cref="StoreUnavailableException">A newer Groundswell wrote this file.</exception>
    public static IReadOnlyList<int> Apply(SqliteConnection connection, IReadOnlyList<(int Version, string Sql)> steps, TimeProvider time, ILogger log)
    {
        var current = CurrentVersion(connection);
        var missing = SchemaSteps.Missing(steps, current);
        foreach (var (version, sql) in missing)
        {
            var began = time.GetTimestamp();
            if (current > 0) StoreLog.Migrating(log, version, Entries(connection));
            using var transaction = connection.BeginTransaction();
            Execute(connection, transaction, sql);
            Execute(connection, transaction, $"INSERT INTO schema_version VALUES ({version}, {time.GetUtcNow().ToUnixTimeMilliseconds()})");
            transaction.Commit();
            StoreLog.Migrated(log, version, time.GetElapsedTime(began));
        }
        return [.. missing.Select(step => step.Version)];
    }

    /// <summary>How many, nearly: what a step's time depends on, without counting them.</summary>
    private static long Entries(SqliteConnection connection) => Number(connection, "SELECT coalesce(max(position), 0) FROM ledger");

    private static long CurrentVersion(SqliteConnection connection)
    {
        Execute(connection, null, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT");
        return Number(connection, "SELECT coalesce(max(version), 0) FROM schema_version");
    }

    private static long Number(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
