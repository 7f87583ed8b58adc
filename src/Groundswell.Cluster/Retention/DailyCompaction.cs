using Groundswell.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Retention;

/// <summary>Compacts this silo's store once a day, where the rules say so, while viewers are few.</summary>
public sealed partial class DailyCompaction(Engine engine, RetentionRules rules, ILogger<DailyCompaction> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(5);

    /// <summary>Compacts when it is time. Also looks by itself while the clock is live.</summary>
    /// <returns>What it did; null when it was not time.</returns>
    public async Task<LastCompaction?> LookAsync(CancellationToken cancellation)
    {
        if (engine.Clock.IsSimulated || !rules.IsDue(engine.Now, LastCompaction.Of(engine.Store)?.At)) return null;
        var began = engine.Clock.GetTimestamp();
        var done = await new Compaction(engine, rules, Compaction.BesideAppends).RunAsync(cancellation);
        LogCompacted(log, done.Entries, done.Baseline, done.Viewers, engine.Clock.GetElapsedTime(began));
        return done;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (rules.Daily && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(BetweenLooks, engine.Clock, stoppingToken);
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return; // Whatever is left to do is done another day.
            }
            catch (StoreUnavailableException unavailable)
            {
                LogNotCompacted(log, unavailable.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Compacted the ledger: {Entries} entries deleted, everything saved up to position {Baseline}, {Viewers} viewers anew, in {Elapsed}.")]
    private static partial void LogCompacted(ILogger logger, long entries, long baseline, long viewers, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ledger was not compacted this time: {Problem}")]
    private static partial void LogNotCompacted(ILogger logger, string problem);
}
