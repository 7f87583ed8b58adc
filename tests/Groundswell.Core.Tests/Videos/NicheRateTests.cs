using Groundswell.Core.Audience;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Tests.Videos;

/// <summary>How often a niche that is found is one, where the truth is known and 24 clusters are looked at for every video. What was measured is printed.</summary>
public class NicheRateTests(ITestOutputHelper output)
{
    /// <summary>An audience whose tastes are one: whatever a cluster seems to like better is chance.</summary>
    [Fact]
    public void Judge_FindsNoNichesWhereNobodyDiffers()
    {
        var fates = Fates(taste: 0);

        fates.Count(fate => fate.Video.Niche is not null).ShouldBe(0);
        fates.Count(fate => fate.Sought).ShouldBeLessThan(fates.Length / 50, "hardly a test goes on for nothing");
    }

    /// <summary>The gate says: one in ten at most. Of eighty at that rate, one time in fifty 16 % and more are wrong.</summary>
    [Theory]
    [InlineData(0.35)]
    [InlineData(0.7)]
    [InlineData(1)]
    public void Judge_IsWrongAboutNoMoreNichesThanItSays(double taste)
    {
        var found = Fates(taste).Where(fate => fate.Video.Niche is not null).ToArray();

        found.Length.ShouldBeGreaterThan(80);
        found.Count(IsWrong).ShouldBeLessThan((int)(0.16 * found.Length));
    }

    [Fact]
    public void Judge_FindsForAFewWhatItPausesForEverybody()
    {
        var (on, off) = (Fates(taste: 1), Fates(taste: 1, new GateRules(NicheClusters: 0)));

        off.ShouldAllBe(fate => fate.Video.Niche == null);
        on.Count(fate => fate.Video.Niche is not null).ShouldBeGreaterThan(off.Count(fate => fate.Video.Stage == VideoStage.Paused) / 3);
        on.Average(fate => fate.Shown).ShouldBeLessThan(1.5 * off.Average(fate => fate.Shown), "a test costs a few views more");
    }

    [Fact]
    public void Judge_NeverSpendsMoreThanTwiceABatchOnATest()
    {
        var world = new TasteWorld(seed: 5, taste: 1);
        world.Live(200).ShouldAllBe(fate => fate.Shown <= 2 * world.Batch);
    }

    private TasteWorld.Fate[] Fates(double taste, GateRules? gate = null)
    {
        TasteWorld.Fate[] fates = [.. Enumerable.Range(1, 6).SelectMany(seed => new TasteWorld((ulong)seed, taste, viewers: 15_000, gate: gate).Live(400))];
        var found = fates.Where(fate => fate.Video.Niche is not null).ToArray();
        output.WriteLine(
            $"taste {taste}{(gate is null ? "" : ", no niches")}: of {fates.Length}, {fates.Count(fate => fate.Video.Stage == VideoStage.Paused)} paused, {fates.Count(fate => fate.Sought)} sought, {found.Length} found, of these {found.Count(IsWrong)} wrong; {fates.Average(fate => fate.Shown):0.0} views a test");
        return fates;
    }

    private static bool IsWrong(TasteWorld.Fate fate) => fate.TrueScore <= fate.Gate;
}
