using Groundswell.Storage;
using Microsoft.Extensions.Hosting;

namespace Groundswell.Server.Status;

/// <summary>
/// Tries the store again while it is unavailable. A store finds out that it can write again when somebody writes; but a
/// server that says it is not ready may be sent nothing, and then nobody would.
/// </summary>
internal sealed class StoreRecovery(IStore store, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>A kind of snapshot that there is not: deleting it writes nothing but the store's own probe.</summary>
    private const string Nothing = "nothing";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                if (store.Unavailable is not null) await TryAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    private async Task TryAsync(CancellationToken stopping)
    {
        try
        {
            await store.Snapshots.DeleteAsync(Nothing, stopping);
        }
        catch (StoreUnavailableException)
        {
            // Still; the store has logged why, and the next second tries again.
        }
    }
}
