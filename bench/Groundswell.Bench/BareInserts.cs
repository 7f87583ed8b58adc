using Groundswell.Core.Ledger;
using Groundswell.Storage;
using Groundswell.Storage.Sqlite;
using SQLitePCL;

namespace Groundswell.Bench;

/// <summary>
/// The raw limit of a ledger on this machine: SQLite's own calls in a loop, with the store's schema and settings, the bytes
/// prepared beforehand. Nothing is checked, answered or kept in memory.
/// </summary>
internal sealed class BareInserts : IDisposable
{
    private readonly Microsoft.Data.Sqlite.SqliteConnection _connection;
    private readonly sqlite3_stmt _begin, _insert, _commit;
    private long _position;

    public BareInserts(string folder)
    {
        _connection = new SqliteFile(Path.Combine(folder, SqliteFile.Name), new StoreOptions()).OpenWriter();
        Migrations.Apply(_connection, Migrations.Shipped, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        _begin = Prepared("BEGIN IMMEDIATE");
        _commit = Prepared("COMMIT");
        _insert = Prepared(
            """
            INSERT INTO ledger (position, at, kind, viewer, video, creator, event_key, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (viewer, event_key) WHERE viewer IS NOT NULL DO NOTHING
            """);
    }

    public void Commit(ReadOnlySpan<PreparedEntry> entries)
    {
        Run(_begin);
        foreach (var (entry, kind, body, eventKey) in entries)
        {
            var signal = (SignalRecorded)entry;
            raw.sqlite3_bind_int64(_insert, 1, ++_position);
            raw.sqlite3_bind_int64(_insert, 2, signal.At.ToUnixTimeMilliseconds());
            raw.sqlite3_bind_text(_insert, 3, kind.Name);
            raw.sqlite3_bind_int64(_insert, 4, signal.Viewer.Value);
            raw.sqlite3_bind_int64(_insert, 5, signal.Video.Value);
            raw.sqlite3_bind_int64(_insert, 6, signal.Creator.Value);
            raw.sqlite3_bind_blob(_insert, 7, eventKey);
            raw.sqlite3_bind_blob(_insert, 8, body);
            Run(_insert);
        }
        Run(_commit);
    }

    public void Dispose()
    {
        _begin.Dispose();
        _insert.Dispose();
        _commit.Dispose();
        _connection.Dispose();
    }

    private sqlite3_stmt Prepared(string sql)
    {
        raw.sqlite3_prepare_v3(_connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        return statement;
    }

    /// <exception cref="InvalidOperationException">It failed: a figure over failures would be none.</exception>
    private void Run(sqlite3_stmt statement)
    {
        if (raw.sqlite3_step(statement) != raw.SQLITE_DONE) throw new InvalidOperationException(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string());
        raw.sqlite3_reset(statement);
    }
}
