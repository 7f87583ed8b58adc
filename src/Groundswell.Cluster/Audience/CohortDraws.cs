using Groundswell.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Audience;

/// <summary>Asks now and then, while the clock is live, whether the audience is to be divided anew. A simulation asks in its own time.</summary>
public sealed partial class CohortDraws(Engine engine, IGrainFactory grains, ILogger<CohortDraws> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(BetweenLooks, engine.Clock, stoppingToken);
                if (!engine.Clock.IsSimulated) await grains.GetGrain<ICohortGrain>(ICohortGrain.Only).DrawWhenDue();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return; // Whatever is due will be found due again.
            }
            catch (StoreUnavailableException unavailable)
            {
                LogNotDrawn(log, unavailable.Message);
            }
            catch (TimeoutException late)
            {
                LogNotDrawn(log, late.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audience was not divided anew this time: {Problem}")]
    private static partial void LogNotDrawn(ILogger logger, string problem);
}
