using CsCheck;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Sources;

public class BoostTests
{
    [Fact]
    public void Boosts_TakeTheirShareOfSlotsAndNeverTheFirst()
    {
        var world = Grown();
        Boost(world, World.Id(3), slots: 10_000);
        var viewer = World.NewViewer();

        var slots = Enumerable.Range(0, 4_000).SelectMany(_ => world.Page(viewer).Items).ToArray();
        var boosted = slots.Where(item => item.Slot.Source == SlotSource.Boost).ToArray();

        (boosted.Length / (double)slots.Length).ShouldBeInRange(0.007, 0.0105);
        boosted.ShouldAllBe(item => item.Slot.Video == World.Id(3) && item.Slot.Position > 0 && item.Reasons[0].Code == "boost");
        slots.Where(item => item.Slot.Video == World.Id(3)).ShouldContain(item => item.Slot.Source != SlotSource.Boost, "its own chances are what they were");
        // The logged propensity is that of the draw: one over it counts the draws there were.
        boosted.Sum(item => 1 / item.Slot.Propensity).ShouldBe(4_000 * 4, 4_000 * 4 * 0.2);
    }

    /// <summary>Whatever the cap, however many pages at once: what is served never exceeds it, whether their pages have reached the ledger or not.</summary>
    [Fact]
    public void Boosts_NeverExceedTheirCap() => Gen.Select(Gen.ULong, Gen.Int[1, 12], Gen.Int[1, 3], Gen.Double[0, 1]).Sample((seed, cap, videos, recorded) =>
    {
        var world = Grown(seed);
        for (var video = 0; video < videos; video++) Boost(world, World.Id(video), cap);
        var served = new int[videos];
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 4 }, number =>
        {
            var viewer = World.NewViewer(number);
            var request = world.Request() with { Id = new RequestId(10_000 + number) };
            var page = world.Page(viewer, request);
            if (!world.Catalogue.Boosts.TryServe(request.Id, Boosted(page))) page = world.Page(viewer, request with { WithoutBoosts = true });
            foreach (var video in Boosted(page)) Interlocked.Increment(ref served[video.Value - World.Id(0).Value]);
            if (new Core.Chances.Chance(seed).For(number).Hits(recorded))
                lock (world) world.Serve(viewer, page);
        });

        served.ShouldAllBe(slots => slots <= cap, $"seed {seed}, cap {cap}: {string.Join(' ', served)}");
        world.Catalogue.Boosts.Read(board => board.All.All(boost => boost.Served <= cap)).ShouldBeTrue();
    }, iter: 15);

    [Fact]
    public void Boosts_NeverShowWhatMayNotBeShown()
    {
        foreach (var stage in Enum.GetValues<VideoStage>())
        {
            var world = Grown();
            Boost(world, world.Add(500, stage), 1_000);
            world.Publish();
            var shown = Enumerable.Range(0, 600).SelectMany(number => world.Page(World.NewViewer(number)).Items).Any(item => item.Slot.Source == SlotSource.Boost);
            shown.ShouldBe(stage.IsServable(), stage.ToString());
        }
    }

    [Fact]
    public void Boosts_StopWhenTheyEndOrExpire()
    {
        var world = Grown();
        var boost = Boost(world, World.Id(3), 1_000);
        Shown(world).ShouldBeTrue();
        world.Now = world.Now.AddDays(2);
        Shown(world).ShouldBeFalse("it has expired");

        boost = Boost(world, World.Id(3), 1_000);
        Shown(world).ShouldBeTrue();
        world.Append(new BoostEnded(world.Now, boost, World.Id(3), World.Creator(3), null, "operator"));
        Shown(world).ShouldBeFalse("it was ended");
    }

    private static bool Shown(World world) =>
        Enumerable.Range(0, 600).SelectMany(number => world.Page(World.NewViewer(number)).Items).Any(item => item.Slot.Source == SlotSource.Boost);

    private static System.Collections.Immutable.ImmutableArray<VideoId> Boosted(FeedPage page) =>
        [.. page.Items.Where(item => item.Slot.Source == SlotSource.Boost).Select(item => item.Slot.Video)];

    private static BoostId Boost(World world, VideoId video, int slots)
    {
        var id = new BoostId(world.Ledger.Count);
        world.Append(new VideoBoosted(world.Now, id, video, world.Catalogue.Video(video)!.Creator, slots, world.Now, world.Now.AddDays(1), "test", "operator"));
        return id;
    }

    private static World Grown(ulong seed = 1)
    {
        var world = new World(seed);
        for (var number = 0; number < 60; number++) world.Add(number, VideoStage.Open, number % 6);
        world.Publish();
        return world;
    }
}
