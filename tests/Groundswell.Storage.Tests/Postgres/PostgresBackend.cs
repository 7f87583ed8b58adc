using Groundswell.Bench;
using Groundswell.Storage.GroupCommit;
using Groundswell.Storage.Postgres;
using Npgsql;

namespace Groundswell.Storage.Tests.Postgres;

/// <summary>A schema of its own on a server that the tests share, or on one of the test's own.</summary>
internal sealed class PostgresBackend(PostgresServer? own = null) : Backend
{
    private static readonly Lazy<Task<PostgresServer>> Shared = new(PostgresServer.StartAsync);
    private static int _schemas;

    private readonly string _schema = $"test_{Interlocked.Increment(ref _schemas)}";
    private string? _address;

    public async Task<string> AddressAsync()
    {
        if (_address is not null) return _address;
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        _address = (own ?? await Shared.Value).Address(_schema);
        await RunSqlAsync($"CREATE SCHEMA {_schema}");
        return _address;
    }

    public override async Task<IStore> OpenAsync(StoreOptions? options = null, TimeProvider? time = null) =>
        await PostgresStore.OpenAsync(await AddressAsync(), time ?? TimeProvider.System, options ?? new StoreOptions());

    public override async Task<object?> RunSqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{await AddressAsync()};Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public override async Task<IDisposable> HoldWriterAsync(IStore store)
    {
        var hold = new WriterHold<PostgresSession>();
        await hold.TakeAsync(((PostgresStore)store).Writer);
        return hold;
    }

    /// <summary>Every write fails as it does when the server's disk is full.</summary>
    public override async Task SetFullAsync(IStore store, bool full)
    {
        await RunSqlAsync(
            """
            CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$
            """);
        foreach (var table in (string[])["ledger", "snapshots", "probe"])
        {
            await RunSqlAsync(full
                ? $"CREATE TRIGGER full_disk BEFORE INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION full_disk()"
                : $"DROP TRIGGER full_disk ON {table}");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_address is not null && own is null) await RunSqlAsync($"DROP SCHEMA {_schema} CASCADE");
    }
}
