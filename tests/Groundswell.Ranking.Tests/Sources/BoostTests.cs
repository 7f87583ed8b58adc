using CsCheck;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
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
            if (!world.Catalogue.Boosts.TryServe(request.Id, Boosted(page), world.Rules.Boosts)) page = world.Page(viewer, request with { WithoutBoosts = true });
            foreach (var video in Boosted(page)) Interlocked.Increment(ref served[video.Value - World.Id(0).Value]);
            if (new Core.Chances.Chance(seed).For(number).Hits(recorded))
                lock (world) world.Serve(viewer, page);
        });

        served.ShouldAllBe(slots => slots <= cap, $"seed {seed}, cap {cap}: {string.Join(' ', served)}");
        world.Catalogue.Boosts.Read(board => board.All.All(boost => boost.Served <= cap)).ShouldBeTrue();
    }, iter: 15);

    /// <summary>
    /// A process ends with pages that never reached the ledger, and another begins with what the ledger says, while the old one
    /// goes on as one does that has lost its database: each adds what may be on the way at once, and no more.
    /// </summary>
    [Fact]
    public void Boosts_ExceedTheirCapByNoMoreThanMayBeOnTheWay_ForEachProcessThatEndsUnwritten() => Gen.Select(Gen.ULong, Gen.Int[1, 400], Gen.Int[1, 5]).Sample((seed, cap, ended) =>
    {
        var world = Grown();
        var (video, chance, shown, request) = (World.Id(3), new Core.Chances.Chance(seed), 0, 0L);
        var rules = world.Rules.Boosts;
        Boost(world, video, cap);
        var processes = new List<LiveCatalogue>();
        for (var life = 0; life <= ended; life++)
        {
            var catalogue = new LiveCatalogue(world.Rules, World.Taxonomy.Count);
            catalogue.Fold(world.Ledger);
            processes.Add(catalogue);
            for (var page = 0; page < 2 * cap; page++)
            {
                // The writer's own page, which the ledger takes most of the time; then one of whoever wrote before.
                Serve(catalogue, written: chance.For(life).For(page).Hits(0.9));
                Serve(processes[chance.For(life).For(page).For("old").Below(life + 1)], written: false);
            }
        }

        shown.ShouldBeLessThanOrEqualTo(cap + (processes.Count * rules.InFlight(cap)), $"seed {seed}, cap {cap}, {ended} ended");
        world.Catalogue.Boosts.Read(board => board.All[0].Served).ShouldBeLessThanOrEqualTo(cap);

        void Serve(LiveCatalogue catalogue, bool written)
        {
            var id = new RequestId(++request);
            if (!catalogue.Boosts.TryServe(id, [video], rules)) return;
            shown++;
            if (!written) return;
            world.Append(new PageServed(world.Now, new ViewerId(1), id, Core.Feed.FeedMode.Personalised, "test", [new ServedSlot(video, SlotSource.Boost, 1, 1, default)]));
            catalogue.Fold([world.Ledger[^1]]);
        }
    }, iter: 50);

    [Fact]
    public void Boosts_CountWhatWasShownAndNeverWritten_AndGoOn()
    {
        var world = Grown();
        Boost(world, World.Id(3), slots: 250);
        var (boosts, rules, shown) = (world.Catalogue.Boosts, world.Rules.Boosts, 0);
        for (var failure = 0; failure < 100; failure++)
        {
            var first = shown;
            while (boosts.TryServe(new RequestId(shown), [World.Id(3)], rules)) shown++;
            (shown - first).ShouldBe(failure < 83 ? 3 : failure == 83 ? 1 : 0, "a hundredth at once, until the cap is shown");
            for (var page = first; page < shown; page++) boosts.Lose(new RequestId(page));
        }
        boosts.Read(board => board.All[0].Served).ShouldBe(0);

        boosts.TryServe(new RequestId(1_000), [World.Id(3)], rules).ShouldBeFalse();
        Boost(world, World.Id(4), slots: 1);
        boosts.TryServe(new RequestId(1_001), [World.Id(4)], rules).ShouldBeTrue();
        boosts.Return(new RequestId(1_001));
        boosts.TryServe(new RequestId(1_002), [World.Id(4)], rules).ShouldBeTrue("what nobody was shown is there for others");
    }

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
