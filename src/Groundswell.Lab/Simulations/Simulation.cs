using Groundswell.Core;
using Groundswell.Lab.Simulations.World;

namespace Groundswell.Lab.Simulations;

/// <summary>Tries a policy in a world: the code that serves, on people whose tastes are known, in simulated time.</summary>
public static class Simulation
{
    /// <summary>
    /// Lives a scenario under a set of rules. The same scenario, rules and seed give the same result, to the last entry; with
    /// the same seed, other rules meet the same people, the same uploads and the same views. Shares nothing: two runs may go side
    /// by side.
    /// </summary>
    /// <param name="cores">Cores on which it makes the pages that are asked for at once; they change nothing but the time it takes.</param>
    /// <param name="progress">Told once a simulated hour.</param>
    /// <exception cref="ArgumentException">The scenario or the rules are out of range; the message says what.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, within a simulated minute.</exception>
    public static SimulationResult Run(Scenario scenario, Rules rules, ulong seed, int cores, IProgress<SimulationProgress>? progress, CancellationToken cancellation)
    {
        Check(scenario, rules);
        return new SimulatedWorld(scenario, rules, seed, cores).Live(progress, cancellation);
    }

    internal static void Check(Scenario scenario, Rules rules)
    {
        var problems = scenario.Validate().AddRange(rules.Validate().Select(problem => problem.Message));
        if (!problems.IsEmpty) throw new ArgumentException(string.Join(' ', problems));
    }
}
