using Groundswell.Core;
using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Tests.Simulations;

/// <summary>What the path to an audience promises, in towns whose truth is known: of the best tenth nine in ten reach one, of the worse half one in twenty at most, for a twentieth of the slots.</summary>
public class BoundsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("steady")]
    [InlineData("flood", 400)]
    [InlineData("one-creator-flood", 40)]
    public void Bounds_HoldInATown_AndUnderFloods(string name, int flood = 0)
    {
        var scenario = Scenario.Named(name)!;
        var town = scenario with { Viewers = 4_000, UploadsPerDay = 40, Days = 4, WarmUpDays = 1, Flood = scenario.Flood?.Of(flood) };

        var lived = Simulation.Run(town, new Rules(), seed: 1, cores: 1, null, TestContext.Current.CancellationToken);

        output.WriteLine($"{lived.Discovery}{Environment.NewLine}{lived.Tests}");
        lived.Discovery.Uploads.ShouldBeGreaterThan(80);
        lived.Discovery.TopReached.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(0.9);
        lived.Discovery.BottomReached.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(0.05);
        lived.Tests.SlotShare.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(0.05);
        lived.Tests.WithinDay.ShouldNotBeNull().ShouldBeGreaterThan(0.75);
    }

    /// <summary>Forty people have little to say: most of what they see is on test, and the bounds are twice as wide.</summary>
    [Fact]
    public void FortyViewers_TellTheBestFromTheRest()
    {
        var runs = Trials.Run(Scenario.Named("small")!, [("shipped", new Rules())], first: 1, seeds: 6, cores: 2, null, TestContext.Current.CancellationToken);

        var found = runs[0].Results.Select(result => result.Discovery).ToArray();
        foreach (var world in found) output.WriteLine($"{world}");
        found.Average(world => world.TopReached).ShouldNotBeNull().ShouldBeGreaterThan(0.8);
        found.Average(world => world.BottomReached).ShouldNotBeNull().ShouldBeLessThan(0.1);
    }
}
