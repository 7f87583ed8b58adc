using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Sources;

/// <summary>Which slots go to tests and revivals: seen from the page, where a source shows.</summary>
public class PanelTests
{
    [Fact]
    public void Tests_TakeAboutTheirShareOfSlots()
    {
        var world = Grown();
        world.Add(500, VideoStage.Testing);
        world.Publish();
        var viewer = Regular(world);

        var slots = Enumerable.Range(0, 2_000).SelectMany(_ => world.Page(viewer).Items).ToArray();

        // 5 % of all slots, from the places that may hold one.
        (slots.Count(item => item.Slot.Source == SlotSource.TestBatch) / (double)slots.Length).ShouldBeInRange(0.035, 0.055);
        slots.Where(item => item.Slot.Source == SlotSource.TestBatch).ShouldAllBe(item => item.Slot.Position >= 2);
    }

    [Fact]
    public void Tests_StayOutOfTheFirstSession()
    {
        var world = Grown();
        world.Add(500, VideoStage.Testing);
        world.Publish();
        var viewer = World.NewViewer();

        for (var i = 0; i < 200; i++) world.Page(viewer).Items.ShouldAllBe(item => item.Slot.Source != SlotSource.TestBatch);
    }

    [Fact]
    public void Tests_TheOneThatBeganFirstGoesFirst_UntilItsPanelIsFull()
    {
        var world = Grown();
        world.Add(500, VideoStage.Testing);
        world.Add(501, VideoStage.Testing);
        for (var viewer = 0; viewer < 2; viewer++) world.Watch(World.NewViewer(100 + viewer), World.Id(500));
        world.Publish();

        FirstTest(world, Regular(world)).ShouldBe(World.Id(500));
        world.Serve([.. Enumerable.Repeat(World.Id(500), 24)]);
        FirstTest(world, Regular(world)).ShouldBe(World.Id(501));
    }

    [Fact]
    public void Tests_StopAtTwiceTheBatchOnTheScreenOrOnTheWay()
    {
        var world = Grown();
        world.Add(500, VideoStage.Testing);
        world.Publish();
        world.Serve([.. Enumerable.Repeat(World.Id(500), 24)]);

        FirstTest(world, Regular(world)).ShouldBeNull();
    }

    [Fact]
    public void Tests_HaveNoMoreOnTheWayAtOnceThanPacingAllows()
    {
        var world = Grown();
        world.Add(500, VideoStage.Testing);
        world.Publish();
        var most = world.Rules.Pacing.InFlight(12, world.Rules.Gate.FirstLook(12));

        for (var served = 0; served < most; served++)
        {
            FirstTest(world, Regular(world, 50 + served)).ShouldBe(World.Id(500), $"{served} on the way");
            world.Serve(World.Id(500));
        }
        FirstTest(world, Regular(world, 90)).ShouldBeNull();
    }

    /// <summary>Whether there is room is asked while a page is made, and counted when it is: so many pages at once, so many slots more.</summary>
    [Fact]
    public void Tests_HaveNoMoreOnTheWayThanPacingAllows_ButForThePagesOfOneMoment()
    {
        const int atOnce = 4;
        var rules = new Rules();
        var batch = TestBatch.Size(20_000, rules.TestBatch);
        var bound = rules.Pacing.InFlight(batch, rules.Gate.FirstLook(batch)) + atOnce - 1;
        OnTheWay(rules).ShouldAllBe(slots => slots > 0 && slots <= bound);
        OnTheWay(rules with { Pacing = rules.Pacing with { InFlightShare = 1 } })[0].ShouldBeGreaterThan(bound, "so many pages would have taken more");

        static int[] OnTheWay(Rules rules)
        {
            var world = Grown(rules);
            world.Add(500, VideoStage.Testing);
            world.Publish(weeklyViewers: 20_000);
            var viewers = Enumerable.Range(0, 400).Select(number => Regular(world, 50 + number)).ToArray();
            // Slots are counted for ten minutes from the first of them: where two such spans meet, twice as many may be on their way.
            return [Filled(), Filled()];

            int Filled()
            {
                Parallel.ForEach(viewers, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, viewer =>
                {
                    for (var page = 0; page < 10; page++) world.Catalogue.CountServed(world.Page(viewer).Items.Select(item => item.Slot), world.Now);
                });
                var onTheWay = world.Catalogue.Shelf.Find(World.Id(500)).ShouldNotBeNull().InFlight(world.Now);
                world.Now = world.Now.AddMinutes(10).AddSeconds(1);
                return onTheWay;
            }
        }
    }

    [Fact]
    public void Tests_AndRevivalsDoNotFillAPageForWhoeverHasSeenEverything()
    {
        var world = Grown();
        for (var video = 0; video < 20; video++) world.Add(500 + video, VideoStage.Testing);
        for (var video = 0; video < 20; video++) world.Add(700 + video, VideoStage.Reviving);
        world.Publish();
        var viewer = Regular(world);
        for (var video = 0; video < 60; video++) world.Watch(viewer, World.Id(video), 0.5);

        var slots = Enumerable.Range(0, 300).SelectMany(_ => world.Page(viewer).Items).ToArray();

        slots.Count(item => item.Slot.Source is SlotSource.TestBatch or SlotSource.Revival).ShouldBeLessThan(60, "their share of 1,500 places");
    }

    [Fact]
    public void Revival_StartsWithAPanelOfItsOwn()
    {
        var world = Grown();
        var video = world.Add(500, VideoStage.Testing);
        // The first test used up the share of the very cohort that the viewer below is in.
        for (var viewer = 0; viewer < 4; viewer++) world.Watch(Regular(world, 100 + viewer), video, 0.1);
        world.Move(video, VideoStage.Testing, VideoStage.Paused);
        world.Move(video, VideoStage.Paused, VideoStage.Reviving);
        world.Publish();

        Enumerable.Range(0, 2_000).SelectMany(_ => world.Page(Regular(world)).Items).ShouldContain(item => item.Slot.Source == SlotSource.Revival);
    }

    private static Core.VideoId? FirstTest(World world, ViewerState viewer) =>
        Enumerable.Range(0, 300).SelectMany(_ => world.Page(viewer).Items).FirstOrDefault(item => item.Slot.Source == SlotSource.TestBatch)?.Slot.Video;

    private static World Grown(Rules? rules = null)
    {
        var world = new World(rules: rules);
        for (var number = 0; number < 60; number++) world.Add(number, VideoStage.Open, number % 6);
        world.Publish();
        return world;
    }

    /// <summary>A viewer in their fifth session who has watched enough not to be probed, half-way each time.</summary>
    private static ViewerState Regular(World world, int number = 1)
    {
        var viewer = World.NewViewer(number);
        var now = world.Now;
        world.Now = now.AddHours(-5);
        for (var i = 0; i < 15; i++)
        {
            if (i % 3 == 0) world.Now = world.Now.AddHours(1);
            world.Watch(viewer, World.Id(i), 0.5);
        }
        world.Now = now;
        return viewer;
    }
}
