using Groundswell.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Groundswell.Storage.Tests.Sqlite;

/// <summary>A store in a temporary directory.</summary>
internal sealed class SqliteBackend : Backend
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("groundswell-storage-").FullName;

    public string File => Path.Combine(Directory, SqliteFile.Name);

    public override async Task<IStore> OpenAsync(StoreOptions? options = null, TimeProvider? time = null) =>
        await SqliteStore.OpenAsync(Directory, time ?? TimeProvider.System, options ?? new StoreOptions());

    public override async Task<object?> RunSqlAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    public override async Task<IDisposable> HoldWriterAsync(IStore store)
    {
        var hold = new WriterHold<SqliteSession>();
        await hold.TakeAsync(((SqliteStore)store).Writer);
        return hold;
    }

    /// <summary>Past the writer, which takes no work while the store is unavailable.</summary>
    public override Task SetFullAsync(IStore store, bool full)
    {
        var limit = full ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000"; // never less than the file has
        ((SqliteStore)store).Session.Statements.Prepared(limit).Scalar();
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        return ValueTask.CompletedTask;
    }
}
