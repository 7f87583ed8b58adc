using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Sources;

public class RandomTests
{
    private const int Pages = 20_000;

    [Fact]
    public void Slots_HoldEachVideoThatMayBeShownAsOftenAsTheirPropensitySays()
    {
        var (world, viewer) = Town(videos: 40, adultsOnly: 15);
        var (held, propensity) = (new Dictionary<VideoId, int>(), 0.0);
        for (var page = 0; page < Pages; page++)
        {
            var made = world.Page(viewer, world.Request(exclude: [World.Id(39), World.Id(38)], own: World.Creator(37)));
            if (made.Items.FirstOrDefault(item => item.Slot.Source == SlotSource.Random) is not { Slot: var slot }) continue;
            held[slot.Video] = held.GetValueOrDefault(slot.Video) + 1;
            propensity = slot.Propensity;
        }

        // Of forty, fifteen are for adults, three are met, one of those served, two are held by the app and one is the viewer's own.
        var free = Enumerable.Range(15, 40 - 15 - 3 - 2 - 1).Select(number => World.Id(number + 3)).ToArray();
        held.Keys.Order().ShouldBe(free.Order());
        propensity.ShouldBe(0.1 / free.Length, 1e-7);
        var expected = Pages * 5 * propensity;
        foreach (var times in held.Values) ((double)times).ShouldBe(expected, 4.5 * Math.Sqrt(expected));
        // As often as it says and no less: nothing that was drawn is dropped again.
        ((double)held.Values.Sum()).ShouldBe(Pages * 0.5, 4 * Math.Sqrt(Pages * 0.25));
    }

    [Fact]
    public void Pool_OfAnAdultHoldsWhatIsForAdults_AndThatOfWhoeverDoesNotSayDoesNot()
    {
        var (world, viewer) = Town(videos: 40, adultsOnly: 15);
        world.Context(viewer, world.Request()).RandomPool.Count.ShouldBe(22);
        world.Tell(viewer, new AgeDeclared(world.Now, viewer.Id, AgeClass.Adult));
        world.Context(viewer, world.Request()).RandomPool.Count.ShouldBe(37);
        world.Tell(viewer, new AgeDeclared(world.Now, viewer.Id, AgeClass.Teen));
        world.Context(viewer, world.Request()).RandomPool.Count.ShouldBe(22);
    }

    [Fact]
    public void Pool_FollowsAMarkThatIsSetTakenBackAndGoneWithItsVideo()
    {
        var world = new World();
        for (var number = 0; number < 20; number++) world.Add(number, VideoStage.Open);
        world.Publish();
        Count().ShouldBe(20);
        Mark(world, 3, adultsOnly: true);
        Mark(world, 4, adultsOnly: true);
        world.Publish();
        Count().ShouldBe(18);
        Mark(world, 3, adultsOnly: false);
        world.Move(World.Id(4), VideoStage.Open, VideoStage.Library);
        world.Publish();
        Count().ShouldBe(19);
        world.Catalogue.Shelf.OpenForAdults.Count.ShouldBe(0);

        int Count() => world.Context(World.NewViewer(), world.Request()).RandomPool.Count;
    }

    [Fact]
    public void Pool_CountsWhatItHolds()
    {
        for (var seed = 1ul; seed <= 30; seed++)
        {
            var world = World.Random(seed);
            var viewer = World.NewViewer();
            world.Live(viewer, 3);
            foreach (var cell in world.Catalogue.Shelf.In(VideoStage.Open).Where((_, place) => place % 3 == 0)) Mark(world, (int)(cell.Id.Value - World.Id(0).Value), adultsOnly: true);
            world.Publish();
            var pool = world.Context(viewer, world.Request()).RandomPool;
            pool.Count.ShouldBe(world.Catalogue.Shelf.In(VideoStage.Open).Count(pool.Holds), $"seed {seed}");
        }
    }

    [Fact]
    public void Pool_SamplesHoldTheDrawnVideoAndEveryOtherAlike()
    {
        var (world, viewer) = Town(videos: 40, adultsOnly: 15);
        var pool = world.Context(viewer, world.Request()).RandomPool;
        var held = new Dictionary<VideoCell, int>();
        for (var time = 0; time < 4_000; time++)
        {
            var chance = world.Chance.For("sample").For(time);
            var drawn = pool.Drawn(chance);
            var sample = pool.Sample(drawn, 5, chance.For("others"));
            sample.Distinct().Count().ShouldBe(5);
            sample.ShouldContain(drawn);
            foreach (var cell in sample) held[cell] = held.GetValueOrDefault(cell) + 1;
        }
        held.Count.ShouldBe(pool.Count);
        foreach (var times in held.Values) ((double)times).ShouldBe(4_000 * 5.0 / pool.Count, 4.5 * Math.Sqrt(4_000 * 5.0 / pool.Count));
        pool.Sample(pool.Drawn(world.Chance), 22, world.Chance).Length.ShouldBe(22);
    }

    [Fact]
    public void Slots_BehindASharedVideoKnowThatTwoPlacesLeadThere()
    {
        var world = new World(rules: new Rules { Feed = new FeedRules(RandomShare: 0.1) });
        for (var number = 0; number < 21; number++) world.Add(number, VideoStage.Open);
        world.Publish();
        var places = new int[5];
        for (var page = 0; page < 4_000; page++)
            foreach (var item in world.Page(World.NewViewer(), world.Request(startWith: World.Id(0))).Items.Where(item => item.Slot.Source == SlotSource.Random))
            {
                places[item.Slot.Position]++;
                item.Slot.Propensity.ShouldBe((item.Slot.Position == 1 ? 2 : 1) * 0.1f / 20, 1e-7f);
            }
        places[0].ShouldBe(0);
        ((double)places[1]).ShouldBe(800, 4 * Math.Sqrt(800));
        ((double)places[3]).ShouldBe(400, 4 * Math.Sqrt(400));
    }

    [Fact]
    public void Slots_WithNothingBesideThemKnowThatEveryPlaceLeadsToTheFirst()
    {
        var world = new World(rules: new Rules { Feed = new FeedRules(RandomShare: 0.1, Candidates: 1) });
        world.Add(0, VideoStage.Open);
        world.Publish();
        var viewer = World.NewViewer();
        for (var page = 0; page < 200; page++)
            foreach (var item in world.Page(viewer).Items.Where(item => item.Slot.Source == SlotSource.Random))
                item.Slot.Propensity.ShouldBe(0.5f, 1e-6f);
    }

    /// <summary>A town of open videos, the first of them for adults only, and a viewer who has met the three after those: two watched, one served.</summary>
    private static (World World, ViewerState Viewer) Town(int videos, int adultsOnly)
    {
        var world = new World(rules: new Rules { Feed = new FeedRules(RandomShare: 0.1) });
        for (var number = 0; number < videos; number++) world.Add(number, VideoStage.Open);
        for (var number = 0; number < adultsOnly; number++) Mark(world, number, adultsOnly: true);
        world.Publish();
        var viewer = World.NewViewer();
        world.Watch(viewer, World.Id(adultsOnly));
        world.Watch(viewer, World.Id(adultsOnly + 1), 0.1);
        world.Tell(viewer, new PageServed(
            world.Now, viewer.Id, new RequestId(77), FeedMode.Personalised, "test", [new ServedSlot(World.Id(adultsOnly + 2), SlotSource.Personal, 1, 1, default)]));
        world.Publish();
        return (world, viewer);
    }

    private static void Mark(World world, int number, bool adultsOnly) =>
        world.Append(new VideoAgeMarked(world.Now, World.Id(number), world.Catalogue.Video(World.Id(number))!.Creator, adultsOnly, null, "reviewer"));
}
