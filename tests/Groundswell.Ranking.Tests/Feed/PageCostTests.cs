using Groundswell.Core.Videos;
using Groundswell.Ranking.Learning;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Feed;

/// <summary>What a page costs besides time.</summary>
public class PageCostTests
{
    private const int Most = 64 * 1024;

    /// <summary>A catalogue large enough for every source to be full, and viewers who have a taste.</summary>
    [Fact]
    public void Page_AllocatesAtMost64KiB_WithTheModelRanking()
    {
        var world = new World(learns: new ModelSize(Effects: 1 << 14, ViewerEffects: 1 << 14, Tallies: 1 << 14, LastReactions: 1 << 12));
        for (var number = 0; number < 3_000; number++) world.Add(number, number % 20 == 0 ? VideoStage.Widening : number % 37 == 0 ? VideoStage.Testing : VideoStage.Open, number % 6);
        world.Publish(2_000);
        world.LiveByGenre(2_000);
        world.Page(World.NewViewer(1)).ModelVersion.ShouldStartWith("online-", Case.Sensitive, "the model ranks");

        var fan = World.NewViewer(1);
        for (var number = 1; number < 15; number++) world.Watch(fan, World.Id(number * 6));
        for (var warm = 0; warm < 30; warm++) world.Page(fan);
        var allocated = Enumerable.Range(0, 50).Select(_ => Allocated(() => world.Page(fan))).Order().ToArray();

        allocated[^1].ShouldBeLessThanOrEqualTo(Most, "the dearest page");
    }

    private static long Allocated(Action page)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        page();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
