using System.Collections.Immutable;
using Groundswell.Core;

namespace Groundswell.Lab.Simulations;

/// <summary>A policy and what came of it, a result for each seed in their order.</summary>
/// <param name="Name">What the reader knows it by.</param>
public sealed record PolicyRuns(string Name, Rules Rules, ImmutableArray<SimulationResult> Results);

/// <summary>The same worlds under several policies.</summary>
public static class Trials
{
    /// <summary>Lives a scenario under each policy with each of <paramref name="seeds"/> seeds from <paramref name="first"/> on.</summary>
    /// <param name="policies">Their names and rules.</param>
    /// <param name="cores">So many worlds are lived at once, each with the memory of its viewers; where there are fewer, each has several cores.</param>
    /// <param name="progress">Of all worlds together. Reported from several threads.</param>
    /// <exception cref="ArgumentException">The scenario or some rules are out of range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ImmutableArray<PolicyRuns> Run(
        Scenario scenario, IReadOnlyList<(string Name, Rules Rules)> policies, ulong first, int seeds, int cores,
        IProgress<SimulationProgress>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        var results = new SimulationResult[policies.Count * seeds];
        var worlds = new Together(results.Length, progress);
        foreach (var (_, rules) in policies) Simulation.Check(scenario, rules);
        // Seed by seed, so that pairs are lived at the same time and a run that is stopped has whole pairs.
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, cores), CancellationToken = cancellation }, world =>
            results[world] = Simulation.Run(scenario, policies[world % policies.Count].Rules, first + (ulong)(world / policies.Count), Math.Max(1, cores / results.Length), worlds.Of(world), cancellation));
        return
        [
            .. policies.Select((policy, place) => new PolicyRuns(
                policy.Name, policy.Rules, [.. Enumerable.Range(0, seeds).Select(seed => results[(seed * policies.Count) + place])])),
        ];
    }

    /// <summary>The progress of several worlds as that of one.</summary>
    private sealed class Together(int worlds, IProgress<SimulationProgress>? progress)
    {
        private readonly SimulationProgress[] _each = new SimulationProgress[worlds];
        private readonly Lock _gate = new();

        public IProgress<SimulationProgress>? Of(int world) => progress is null ? null : new One(this, world);

        private void Report(int world, SimulationProgress value)
        {
            lock (_gate)
            {
                _each[world] = value;
                var (lived, views) = (TimeSpan.Zero, 0L);
                foreach (var each in _each) (lived, views) = (lived + each.Lived, views + each.Views);
                progress?.Report(new SimulationProgress(lived, value.Whole * worlds, views));
            }
        }

        private sealed class One(Together all, int world) : IProgress<SimulationProgress>
        {
            public void Report(SimulationProgress value) => all.Report(world, value);
        }
    }
}
