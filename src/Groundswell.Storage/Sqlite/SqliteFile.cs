using Microsoft.Data.Sqlite;

namespace Groundswell.Storage.Sqlite;

/// <summary>Opens connections to the one database file of a store's directory.</summary>
internal sealed record SqliteFile(string Path, StoreOptions Options)
{
    public const string Name = "groundswell.db";

    /// <summary>
    /// Write-ahead log, so that readers go on while the writer commits; <c>synchronous=FULL</c>, so that a commit is on
    /// the disk when it returns. A new file has pages of 8 kB: seven or eight entries share one, and a commit of many writes a
    /// fifth faster than with SQLite's 4 kB (measured); files that have those keep them.
    /// </summary>
    public SqliteConnection OpenWriter() => Open(SqliteOpenMode.ReadWriteCreate, $"""
        PRAGMA page_size = 8192;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA cache_size = -{Options.CacheMegabytes * 1024};
        PRAGMA wal_autocheckpoint = {Options.CheckpointPages};
        PRAGMA foreign_keys = ON;
        """);

    public SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadOnly, "PRAGMA query_only = ON");

    private SqliteConnection Open(SqliteOpenMode mode, string settings)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(Options.BusyTimeout.TotalSeconds)),
        }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout = {(int)Options.BusyTimeout.TotalMilliseconds}; {settings}";
            command.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            if (SqliteFailure.Explain(failure) is { } unavailable) throw unavailable;
            throw;
        }
    }
}
