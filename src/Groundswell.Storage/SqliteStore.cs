using Groundswell.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Groundswell.Storage;

/// <summary>
/// The embedded store: one SQLite file <c>groundswell.db</c> in a directory of its own, written by one process. Copy it
/// while it is open only by SQLite's own means (<c>VACUUM INTO</c>).
/// </summary>
public sealed class SqliteStore : IStore
{
    private readonly StoreLock _lock;
    private readonly Readers _readers;

    private SqliteStore(StoreLock @lock, SqliteConnection connection, SqliteFile file, TimeProvider time, ILogger log)
    {
        _lock = @lock;
        Session = new WriteSession(connection, file.Options);
        _readers = new Readers(file);
        Writer = new SqliteWriter(Session, file.Options, time, log);
        Ledger = new SqliteLedger(Writer, Session.Recent, _readers, file.Options, time);
        Snapshots = new SqliteSnapshots(Writer, _readers, file.Options);
        Accounts = new SqliteAccounts(Writer, _readers, time);
        Comments = new SqliteComments(_readers);
    }

    public ILedger Ledger { get; }
    public ISnapshots Snapshots { get; }
    public IAccounts Accounts { get; }
    public IComments Comments { get; }
    public StoreUnavailableException? Unavailable => Writer.Unavailable;

    internal SqliteWriter Writer { get; }

    /// <summary>The writer's own; anybody else may use it only while nothing is appended.</summary>
    internal WriteSession Session { get; }

    /// <summary>Opens the store of a directory, which is made when it is missing, and brings its schema up to date.</summary>
    /// <exception cref="StoreUnavailableException">Another process has it open, a newer Groundswell wrote it, or it cannot be read and written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option outside its range.</exception>
    public static Task<SqliteStore> OpenAsync(string directory, TimeProvider time, StoreOptions options, ILogger? log = null) =>
        Task.Run(() => Open(directory, time, options.Checked(), log ?? NullLogger.Instance));

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        _readers.Dispose();
        Session.Dispose();
        _lock.Dispose();
    }

    private static SqliteStore Open(string directory, TimeProvider time, StoreOptions options, ILogger log)
    {
        var held = StoreLock.Take(directory);
        SqliteConnection? connection = null;
        SqliteStore? store = null;
        try
        {
            var file = new SqliteFile(Path.Combine(directory, SqliteFile.Name), options);
            connection = file.OpenWriter();
            Migrations.Apply(connection, Migrations.Shipped, time, log);
            store = new SqliteStore(held, connection, file, time, log);
            StoreLog.Opened(log, directory, Migrations.Shipped[^1].Version, store.Ledger.Head);
            return store;
        }
        catch (SqliteException failure) when (SqliteFailure.Explain(failure) is { } unavailable)
        {
            throw unavailable;
        }
        finally
        {
            if (store is null)
            {
                connection?.Dispose();
                held.Dispose();
            }
        }
    }
}
