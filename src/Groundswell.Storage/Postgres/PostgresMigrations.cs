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
    public static IReadOnlyList<int> Apply(NpgsqlConnection connection, IReadOnlyList<(int Version, string Sql)> steps, DateTimeOffset now)
    {
        var missing = SchemaSteps.Missing(steps, CurrentVersion(connection));
        foreach (var (version, sql) in missing)
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, sql);
            Execute(connection, $"INSERT INTO schema_version VALUES ({version}, {now.ToUnixTimeMilliseconds()})");
            transaction.Commit();
        }
        return [.. missing.Select(step => step.Version)];
    }

    private static long CurrentVersion(NpgsqlConnection connection)
    {
        Execute(connection, "CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, applied_at bigint NOT NULL)");
        using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version", connection);
        return (int)(command.ExecuteScalar() ?? 0);
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
