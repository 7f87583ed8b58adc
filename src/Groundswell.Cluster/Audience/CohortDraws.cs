using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Audience;

/// <summary>Asks every five minutes whether the audience is to be divided anew.</summary>
public sealed class CohortDraws(Engine engine, IGrainFactory grains, ILogger<CohortDraws> log) : LiveLooks(engine, TimeSpan.FromMinutes(5), log)
{
    protected override Task LookAsync() => grains.GetGrain<ICohortGrain>(ICohortGrain.Only).DrawWhenDue();
}
