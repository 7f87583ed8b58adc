using Microsoft.Extensions.Logging;
using Npgsql;

namespace Groundswell.Storage.Postgres;

/// <summary>Brings a database's schema up to date. Whoever calls holds the store's lock.</summary>
internal static class PostgresMigrations
{
    /// <summary>Every step in order; its number is its file's name.</summary>
    public static IReadOnlyList<(int Version, string Sql)> Shipped { get; } = SchemaSteps.In("postgres/");

    /// <summary>Applies the steps the database lacks, each in its own transaction.</summary>
    /// <returns>The versions applied now.</returns>
    /// <exception cref="StoreUnavailableException">A newer Groundswell wrote this database.</exception>
    public static IReadOnlyList<int> Apply(NpgsqlConnection connection, IReadOnlyList<(int Version, string Sql)> steps, TimeProvider time, ILogger log)
    {
        var current = CurrentVersion(connection);
        var missing = SchemaSteps.Missing(steps, current);
        foreach (var (version, sql) in missing)
        {
            var began = time.GetTimestamp();
            if (current > 0) StoreLog.Migrating(log, version, Number(connection, "SELECT coalesce(max(position), 0) FROM ledger"));
            using var transaction = connection.BeginTransaction();
            Execute(connection, sql);
            Execute(connection, $"INSERT INTO schema_version VALUES ({version}, {time.GetUtcNow().ToUnixTimeMilliseconds()})");
            transaction.Commit();
            StoreLog.Migrated(log, version, time.GetElapsedTime(began));
        }
        return [.. missing.Select(step => step.Version)];
    }

    private static long CurrentVersion(NpgsqlConnection connection)
    {
        Execute(connection, "CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, applied_at bigint NOT NULL)");
        return Number(connection, "SELECT coalesce(max(version), 0)::bigint FROM schema_version");
    }

    private static long Number(NpgsqlConnection connection, string query)
    {
        using var command = new NpgsqlCommand(query, connection);
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 }; // a large table takes what it takes
        command.ExecuteNonQuery();
    }
}
