using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Tests.Simulations;

public class SimulationTests
{
    /// <summary>A world that is lived in a second or two.</summary>
    private static readonly Scenario Village = new("village", Viewers: 400, Days: 3, UploadsPerDay: 12, WarmUpDays: 1);

    private static SimulationResult Live(Scenario scenario, ulong seed, Rules? rules = null) => Simulation.Run(scenario, rules ?? new Rules(), seed, cores: 1, null, CancellationToken.None);

    [Fact]
    public void Run_IsTheSameToTheLastEntryForTheSameSeed()
    {
        var (first, second) = (Live(Village, 7), Live(Village, 7));
        second.Digest.ShouldBe(first.Digest, "seed 7");
        second.Entries.ShouldBe(first.Entries);
        second.Viewers.ShouldBe(first.Viewers);
    }

    [Fact]
    public void Run_IsAnotherForAnotherSeed() => Live(Village, 8).Digest.ShouldNotBe(Live(Village, 7).Digest);

    [Fact]
    public void Run_SideBySide_IsTheSameAsAlone()
    {
        var alone = Live(Village, 3).Digest;
        var beside = new string[2];
        Parallel.For(0, 2, i => beside[i] = Live(Village, 3).Digest);
        beside.ShouldAllBe(digest => digest == alone, "seed 3");
    }

    /// <summary>A day so busy that some pages are asked for within the same second.</summary>
    [Fact]
    public void Run_OnSeveralCores_IsTheSameAsOnOne()
    {
        var busy = new Scenario("busy", Viewers: 1_500, Days: 1, UploadsPerDay: 30, SessionsPerDay: 4, WarmUpDays: 0);
        string On(int cores) => Simulation.Run(busy, new Rules(), 4, cores, null, CancellationToken.None).Digest;

        On(4).ShouldBe(On(1), "seed 4");
    }

    [Fact]
    public void Run_WithOtherRules_MeetsTheSameUploads()
    {
        var other = new Rules { Feed = new Rules().Feed with { TasteWeight = 0, VectorWeight = 0 } };
        var (shipped, without) = (Live(Village, 5), Live(Village, 5, other));
        without.Digest.ShouldNotBe(shipped.Digest);
        // Creators who give up for want of an audience may be others; nobody else is.
        without.Discovery.Uploads.ShouldBeInRange(shipped.Discovery.Uploads * 4 / 5, shipped.Discovery.Uploads * 5 / 4, "seed 5");
    }

    /// <summary>A town whose uploads all divide it: what most of it passes by, some of it wants.</summary>
    [Fact]
    public void Run_FindsNichesAmongUploadsThatDivide_AndPausesThemWithoutTheRule()
    {
        var town = new Scenario("divided", Viewers: 1_500, Days: 5, UploadsPerDay: 20, WarmUpDays: 1, Dividing: 1);
        // Some world has no upload that is any group's: three of them hardly.
        SimulationResult[] on = [Live(town, 1), Live(town, 2), Live(town, 3)];
        var off = Live(town, 1, new Rules { Gate = new GateRules(NicheClusters: 0) });

        on.ShouldContain(world => world.Niches.Found > 0, "seeds 1 to 3");
        foreach (var world in on)
        {
            world.Niches.OfDividing.ShouldBe(world.Niches.Found, "all of them divide");
            (world.Tests.MostImpressions ?? 0).ShouldBeLessThanOrEqualTo(2 * TestBatch.Size(2_000, new Rules().TestBatch));
        }
        (off.Niches.Found, off.Niches.Sought, off.Niches.Right).ShouldBe((0, 0, null));
    }

    [Fact]
    public void Run_StopsWhenCancelled()
    {
        using var stop = new CancellationTokenSource();
        var hours = 0;
        var progress = new Immediate(_ => { if (++hours == 3) stop.Cancel(); });
        Should.Throw<OperationCanceledException>(() => Simulation.Run(Village, new Rules(), 1, cores: 1, progress, stop.Token));
        hours.ShouldBe(3);
    }

    [Fact]
    public void Run_RefusesAWorldThatCannotBeLived()
    {
        var refused = Should.Throw<ArgumentException>(() => Live(Village with { Viewers = 0, Days = 0 }, 1));
        refused.Message.ShouldContain("viewers must be between");
        refused.Message.ShouldContain("days must be between");
    }

    private sealed class Immediate(Action<SimulationProgress> told) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => told(value);
    }
}
