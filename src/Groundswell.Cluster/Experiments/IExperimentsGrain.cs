using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Experiments;

namespace Groundswell.Cluster.Experiments;

/// <summary>All experiments: the only place where they start and stop, so that no two vary the same rule. There is one such grain, with the key 0.</summary>
[Alias("experiments")]
public interface IExperimentsGrain : IGrainWithIntegerKey
{
    [Alias("start")]
    Task<ExperimentAnswer> Start(ExperimentPlan plan, string by);

    /// <summary>Stops an experiment; one that is over stays as it is.</summary>
    /// <returns>Null where there is none.</returns>
    [Alias("stop")]
    Task<Experiment?> Stop(ExperimentId experiment, string? note, string by);

    /// <summary>Stops every experiment whose guardrails are broken, with the numbers that say so.</summary>
    [Alias("guard")]
    Task Guard();
}

/// <summary>The experiment that was started, or all that is against it.</summary>
public sealed record ExperimentAnswer(Experiment? Experiment, ImmutableArray<Objection> Objections);
