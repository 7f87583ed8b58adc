using Groundswell.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster;

/// <summary>
/// Looks now and then, while the clock is live, whether something is due. A simulated clock is looked at by whoever moves it.
/// What could not be done this time is found due again the next.
/// </summary>
public abstract partial class LiveLooks(Engine engine, TimeSpan between, ILogger log) : BackgroundService
{
    protected Engine Engine { get; } = engine;

    protected abstract Task LookAsync();

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(between, Engine.Clock, stoppingToken);
                if (!Engine.Clock.IsSimulated) await LookAsync();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (StoreUnavailableException unavailable)
            {
                LogNotDone(log, GetType().Name, unavailable.Message);
            }
            catch (TimeoutException late)
            {
                LogNotDone(log, GetType().Name, late.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What} could not look this time: {Problem}")]
    private static partial void LogNotDone(ILogger logger, string what, string problem);
}
