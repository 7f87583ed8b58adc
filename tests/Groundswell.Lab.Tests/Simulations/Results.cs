using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Tests.Simulations;

/// <summary>Results made by hand.</summary>
internal static class Results
{
    public static SimulationResult Of(ulong seed, double? topReached = null, double? exitRate = null) => new(
        "made", seed, "", "", 0, 0, new DiscoveryFigures(0, topReached, null, null, null, null, null, null),
        new TestFigures(null, null, null, null, null, null, null, 0), new NicheFigures(null, null, null, null), new ExposureFigures(null, null, null),
        new CreatorFigures(0, null, 0, null, null), new ViewerFigures(0, 0, null, null, null, exitRate, null, null, null, 0), null, [],
        new Curves([], [], [], [], [], [], [], []));
}
