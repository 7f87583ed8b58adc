using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Audience;

/// <summary>The shell of the division: reads the tastes of this silo's viewers, lets it be drawn, appends. Viewers are assigned by what the ledger says.</summary>
public sealed partial class CohortGrain(Engine engine, ILogger<CohortGrain> log) : Grain, ICohortGrain
{
    private CohortsDrawn? _last;

    public async Task<bool> DrawWhenDue()
    {
        // Memory follows the ledger; what was just appended may not be there yet.
        var last = engine.Catalogue.Cohorts.Drawn is { } known && known.Version >= (_last?.Version ?? 0) ? known : _last;
        var (weekly, now, rules) = (engine.Catalogue.Audience.Weekly, engine.Now, engine.Rules);
        if (!CohortDraw.IsDue(last, engine.Tastes.Count, weekly, rules.Cohorts, now)) return false;
        var tastes = engine.Tastes.Tastes(now);
        if (!CohortDraw.IsDue(last, tastes.Count, weekly, rules.Cohorts, now)) return false;
        var from = new DrawnFrom(tastes, weekly, engine.Taxonomy.Count);
        // Up to a second of work, once a day: beside the grains, not in their way.
        var drawn = await Task.Run(() => CohortDraw.Draw(last, from, rules.Cohorts, rules.Version, engine.Chance, now));
        await engine.Ledger.AppendAsync([drawn], CancellationToken.None);
        _last = drawn;
        LogDrawn(log, drawn.Clusters.Length, drawn.Tastes, drawn.Version);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The audience was divided into {Clusters} clusters of like taste, from the tastes of {Tastes} viewers (draw {Version}).")]
    private static partial void LogDrawn(ILogger logger, int clusters, int tastes, int version);
}
