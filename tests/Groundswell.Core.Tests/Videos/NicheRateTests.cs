using Groundswell.Core.Audience;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Tests.Videos;

/// <summary>How often a niche that is found is one, where the truth is known and 24 clusters are looked at for every video.</summary>
public class NicheRateTests
{
    /// <summary>An audience whose tastes are one: whatever a cluster seems to like better is chance.</summary>
    [Fact]
    public void Judge_FindsNoNichesWhereNobodyDiffers()
    {
        var fates = Fates(taste: 0, seeds: 3);

        fates.Count(fate => fate.Video.Niche is not null).ShouldBe(0, "of 1,200 videos looked at in 24 clusters each");
        fates.Count(fate => fate.Sought).ShouldBeLessThan(24, "and hardly a test goes on for nothing");
    }

    /// <summary>Measured: 18 of 218 wrong where tastes are weak, 4 to 6 % where they are stronger. Of 100 as sure as the gate asks at least, more than 16 wrong come about one time in fifty.</summary>
    [Theory]
    [InlineData(0.35)]
    [InlineData(0.7)]
    public void Judge_IsWrongAboutNoMoreNichesThanItSays(double taste)
    {
        var found = Fates(taste, seeds: 6).Where(fate => fate.Video.Niche is not null).ToArray();

        found.Length.ShouldBeGreaterThan(80);
        found.Count(fate => fate.TrueScore <= fate.Gate).ShouldBeLessThan((int)(0.16 * found.Length));
    }

    [Fact]
    public void Judge_FindsForAFewWhatItPausesForEverybody()
    {
        var (on, off) = (Fates(taste: 1, seeds: 1), Fates(taste: 1, seeds: 1, new GateRules(NicheClusters: 0)));

        off.Count(fate => fate.Video.Stage != VideoStage.Paused).ShouldBeInRange(100, 160);
        on.Count(fate => fate.Video.Niche is not null).ShouldBeGreaterThan(80);
        on.Average(fate => fate.Shown).ShouldBeLessThan(1.5 * off.Average(fate => fate.Shown), "a test costs a few views more");
    }

    [Fact]
    public void Judge_NeverSpendsMoreThanTwiceABatchOnATest()
    {
        var world = new TasteWorld(seed: 5, taste: 1);
        world.Live(200).ShouldAllBe(fate => fate.Shown <= 2 * world.Batch);
    }

    private static TasteWorld.Fate[] Fates(double taste, int seeds, GateRules? gate = null) =>
        [.. Enumerable.Range(1, seeds).SelectMany(seed => new TasteWorld((ulong)seed, taste, viewers: 15_000, gate: gate).Live(400))];
}
