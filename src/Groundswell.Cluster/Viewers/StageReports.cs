using Groundswell.Ranking.Feed;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Viewers;

/// <summary>Tells the log once a minute in which stages of pages something went wrong: a fault that meets every page must not fill the disk.</summary>
public sealed partial class StageReports(Engine engine, ILogger<StageReports> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, StageTrouble> _told = [];

    /// <summary>Tells what is new since the last time. Also runs by itself.</summary>
    public void Report()
    {
        foreach (var trouble in engine.Stages.Troubles)
        {
            var before = _told.GetValueOrDefault(trouble.Stage);
            if (trouble == before) continue;
            LogTrouble(log, trouble.Stage, trouble.Late - (before?.Late ?? 0), trouble.Failed - (before?.Failed ?? 0), trouble.LastFailure);
            _told[trouble.Stage] = trouble;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(Period, engine.Clock, stoppingToken);
                Report();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Report();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Stage} was late for {Late} pages and failed {Failed} times; pages went on without.")]
    private static partial void LogTrouble(ILogger logger, string stage, long late, long failed, Exception? lastFailure);
}
