using Groundswell.Storage.GroupCommit;
using Groundswell.Storage.Postgres;
using Groundswell.Storage.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Groundswell.Storage;

/// <summary>A store in a PostgreSQL database, in the schema that its search path names first, written by one process.</summary>
public sealed class PostgresStore : IStore
{
    private readonly PostgresSession _session;
    private readonly PostgresReaders _readers;

    private PostgresStore(PostgresSession session, NpgsqlDataSource source, StoreOptions options, TimeProvider time, ILogger log)
    {
        _session = session;
        _readers = new PostgresReaders(source);
        Writer = new GroupWriter<PostgresSession>(session, options, time, log);
        Ledger = new PostgresLedger(Writer, session.Recent, _readers, options, time);
        Snapshots = new StoredSnapshots<PostgresSession>(Writer, _readers, options);
        Accounts = new StoredAccounts<PostgresSession>(Writer, _readers, time);
        Comments = new StoredComments(_readers);
    }

    public ILedger Ledger { get; }
    public ISnapshots Snapshots { get; }
    public IAccounts Accounts { get; }
    public IComments Comments { get; }
    public StoreUnavailableException? Unavailable => Writer.Unavailable;

    internal GroupWriter<PostgresSession> Writer { get; }

    /// <summary>Opens the store of a database, which must exist, and brings its schema up to date.</summary>
    /// <param name="address"><c>postgres://user:password@host:port/database</c>, or Npgsql's <c>Host=…;Database=…</c>.</param>
    /// <exception cref="StoreUnavailableException">Another process has it open, a newer Groundswell wrote it, or the server cannot be used.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option outside its range.</exception>
    public static Task<PostgresStore> OpenAsync(string address, TimeProvider time, StoreOptions options, ILogger? log = null) =>
        Task.Run(() => Open(PostgresAddress.Parse(address), time, options.Checked(), log ?? NullLogger.Instance));

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        _readers.Dispose();
        _session.Dispose();
    }

    private static PostgresStore Open(PostgresAddress address, TimeProvider time, StoreOptions options, ILogger log)
    {
        NpgsqlConnection? connection = null;
        PostgresStore? store = null;
        try
        {
            var login = new WriterLogin(address);
            connection = login.Open(options.BusyTimeout);
            PostgresMigrations.Apply(connection, PostgresMigrations.Shipped, time, log);
            store = new PostgresStore(new PostgresSession(login, connection, options), ReadersOf(address), options, time, log);
            StoreLog.Opened(log, address.Name, PostgresMigrations.Shipped[^1].Version, store.Ledger.Head);
            return store;
        }
        catch (Exception failure) when (PostgresFailure.Explain(failure) is { } unavailable)
        {
            throw unavailable;
        }
        finally
        {
            if (store is null) connection?.Dispose();
        }
    }

    private static NpgsqlDataSource ReadersOf(PostgresAddress address)
    {
        var settings = address.Settings();
        settings.MaxAutoPrepare = 32;
        settings.Options = $"{settings.Options} -c default_transaction_read_only=on -c jit=off".Trim();
        return NpgsqlDataSource.Create(settings);
    }
}
