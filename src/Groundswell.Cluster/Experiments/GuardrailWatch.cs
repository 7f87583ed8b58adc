using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Experiments;

/// <summary>Looks at the guardrails of experiments once a minute: their intervals may be looked at as often as one likes.</summary>
public sealed class GuardrailWatch(Engine engine, IGrainFactory grains, ILogger<GuardrailWatch> log) : LiveLooks(engine, TimeSpan.FromMinutes(1), log)
{
    protected override Task LookAsync() => Engine.InForce.Experiments.IsEmpty ? Task.CompletedTask : grains.GetGrain<IExperimentsGrain>(0).Guard();
}
