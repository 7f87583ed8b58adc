using Groundswell.Core.Ledger;
using Groundswell.Demo.World;
using Groundswell.Storage;
using Microsoft.Extensions.Logging;

namespace Groundswell.Server.Tests;

/// <summary>A data folder of its own, for tests that start and stop servers on it; gone when disposed.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("groundswell-data-").FullName;

    public Task<GroundswellServer> StartAsync(bool rateLimits = false, DemoPace? demo = null) => GroundswellServer.StartAsync(
        new ServerOptions(Port: 0, DataFolder: Path, Demo: demo is not null, RateLimits: rateLimits, Pace: demo), TimeProvider.System,
        logging => logging.SetMinimumLevel(LogLevel.None), TestContext.Current.CancellationToken);

    /// <summary>The store itself, while no server has it.</summary>
    public Task<SqliteStore> OpenStoreAsync() => SqliteStore.OpenAsync(System.IO.Path.Combine(Path, "store"), TimeProvider.System, new StoreOptions());

    /// <summary>Appends what a server that is not there any more had said.</summary>
    public async Task AppendAsync(params LedgerEntry[] entries)
    {
        await using var store = await OpenStoreAsync();
        await store.Ledger.AppendAsync(entries, TestContext.Current.CancellationToken);
    }

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
