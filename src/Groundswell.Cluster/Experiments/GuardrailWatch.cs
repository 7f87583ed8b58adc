using Groundswell.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Experiments;

/// <summary>Looks at the guardrails once a minute while the clock is live: their intervals may be looked at as often as one likes.</summary>
public sealed partial class GuardrailWatch(Engine engine, IGrainFactory grains, ILogger<GuardrailWatch> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(BetweenLooks, engine.Clock, stoppingToken);
                if (!engine.Clock.IsSimulated && !engine.InForce.Experiments.IsEmpty) await grains.GetGrain<IExperimentsGrain>(0).Guard();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // What is broken will be found broken again.
            catch (StoreUnavailableException unavailable)
            {
                LogNotLooked(log, unavailable.Message);
            }
            catch (TimeoutException late)
            {
                LogNotLooked(log, late.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The guardrails of experiments were not looked at this time: {Problem}")]
    private static partial void LogNotLooked(ILogger logger, string problem);
}
