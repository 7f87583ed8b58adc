namespace Groundswell.Lab.Simulations;

/// <summary>How far a world has been lived.</summary>
public readonly record struct SimulationProgress(TimeSpan Lived, TimeSpan Whole, long Views)
{
    public double Share => Lived / Whole;
}
