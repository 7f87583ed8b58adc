using Microsoft.Data.Sqlite;

namespace Groundswell.Storage.Sqlite;

/// <summary>Brings a file's schema up to date.</summary>
internal static class Migrations
{
    public static IReadOnlyList<(int Version, string Sql)> Shipped { get; } = SchemaSteps.In("schema/");

    /// <summary>Applies the steps the file lacks, each in its own transaction.</summary>
    /// <returns>The versions applied now.</returns>
    /// <exception cref="StoreUnavailableException">A newer Groundswell wrote this file.</exception>
    public static IReadOnlyList<int> Apply(SqliteConnection connection, IReadOnlyList<(int Version, string Sql)> steps, DateTimeOffset now)
    {
        var missing = SchemaSteps.Missing(steps, CurrentVersion(connection));
        foreach (var (version, sql) in missing)
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, transaction, sql);
            Execute(connection, transaction, $"INSERT INTO schema_version VALUES ({version}, {now.ToUnixTimeMilliseconds()})");
            transaction.Commit();
        }
        return [.. missing.Select(step => step.Version)];
    }

    private static long CurrentVersion(SqliteConnection connection)
    {
        Execute(connection, null, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT");
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(version), 0) FROM schema_version";
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
