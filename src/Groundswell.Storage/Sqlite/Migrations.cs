using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Groundswell.Storage.Sqlite;

/// <summary>The schema's numbered steps, embedded as <c>schema/0001.sql</c> and so on. They only go forward.</summary>
internal static class Migrations
{
    private const string Folder = "schema/";

    /// <summary>Every step in order; its number is its file's name.</summary>
    public static IReadOnlyList<(int Version, string Sql)> Shipped { get; } =
    [
        .. typeof(Migrations).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => (int.Parse(Path.GetFileNameWithoutExtension(name), CultureInfo.InvariantCulture), Text(name)))
            .OrderBy(step => step.Item1),
    ];

    /// <summary>Applies the steps the file lacks, each in its own transaction.</summary>
    /// <returns>The versions applied now.</returns>
    /// <exception cref="StoreUnavailableException">A newer Groundswell wrote this file.</exception>
    public static IReadOnlyList<int> Apply(SqliteConnection connection, IReadOnlyList<(int Version, string Sql)> steps, TimeProvider time, ILogger log)
    {
        var current = CurrentVersion(connection);
        var newest = steps[^1].Version;
        if (current > newest)
        {
            throw new StoreUnavailableException(
                $"The store has schema {current}, and this program knows schemas up to {newest}: run the newer Groundswell that wrote it.");
        }
        var missing = steps.Where(step => step.Version > current).ToArray();
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

    private static string Text(string name)
    {
        using var stream = typeof(Migrations).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in {Assembly.GetExecutingAssembly().GetName().Name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
