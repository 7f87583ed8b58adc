using Groundswell.Core;
using Groundswell.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Viewers;

/// <summary>
/// Ends the plays of viewers who never came back. Whoever does come back ends theirs with their own next call; here it is
/// only a matter of asking. Asking twice, or asking somebody who has just come back, changes nothing.
/// </summary>
public sealed partial class LostPlays(Engine engine, IGrainFactory grains, ILogger<LostPlays> log) : BackgroundService
{
    private const int MostAtOnce = 500;
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(30);

    /// <summary>Ends what is lost by now. Also runs by itself while the clock is live.</summary>
    /// <returns>How many viewers were asked.</returns>
    public async Task<int> SweepAsync()
    {
        var silent = engine.OpenPlays.SilentSince(engine.Now - engine.Rules.Qualification.PlayLostAfter, MostAtOnce);
        foreach (var viewer in silent) await EndAsync(viewer);
        return silent.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(BetweenSweeps, engine.Clock, stoppingToken);
                if (!engine.Clock.IsSimulated) await SweepAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping; whatever is still open will be found open again.
        }
    }

    private async Task EndAsync(ViewerId viewer)
    {
        try
        {
            await grains.GetGrain<IViewerGrain>(viewer.Value).EndLostPlay();
        }
        catch (StoreUnavailableException unavailable)
        {
            LogNotEnded(log, viewer, unavailable.Message);
        }
        catch (TimeoutException late)
        {
            LogNotEnded(log, viewer, late.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The lost play of {Viewer} was not ended this time: {Problem}")]
    private static partial void LogNotEnded(ILogger logger, ViewerId viewer, string problem);
}
