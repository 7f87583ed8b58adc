using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Sources;

/// <summary>What viewers of like taste have liked: as a viewer's cohort is offered it.</summary>
public class CohortTests
{
    private const int Loved = 0, Other = 3;

    [Fact]
    public void Cohort_IsOfferedWhatItLikedBest_AndNotWhatOthersDid()
    {
        var world = Divided();
        Liked(world, World.Id(40), Loved, 30);
        Liked(world, World.Id(41), Other, 200);
        Watched(world, World.Id(41), Fan(world, 1, Loved), 30, share: 0.5);
        Republish(world);

        var best = world.Catalogue.Shelf.Standing.LikedBy.Of(Fan(world, 1, Loved)).Select(cell => cell.State.Id).ToList();

        best.IndexOf(World.Id(40)).ShouldBeInRange(0, best.IndexOf(World.Id(41)));
        world.Catalogue.Shelf.Standing.LikedBy.Of(new Cohort(0)).ShouldBeEmpty();
    }

    [Fact]
    public void Cohort_HearsItsKinTooAndTakesRegionsTogether()
    {
        var world = Divided();
        var mine = Cohort.Of(1, Region.All[9], Activity.New);
        // Nobody of the cohort itself: its regular half liked one video, its region-less half another.
        Watched(world, World.Id(40), Cohort.Of(1, null, Activity.Regular), 6, share: 1);
        Watched(world, World.Id(41), Cohort.Of(1, Region.All[3], Activity.New), 6, share: 0.1);
        Republish(world);

        var best = world.Catalogue.Shelf.Standing.LikedBy.Of(mine).Select(cell => cell.State.Id).ToArray();

        best.ShouldBe([World.Id(40), World.Id(41)]);
        world.Catalogue.Shelf.Standing.LikedBy.Of(mine.WithoutRegion()).Select(cell => cell.State.Id).ShouldBe(best);
    }

    [Fact]
    public void Cohort_IsNotOfferedWhatTheViewerHasSeenOrWhatIsNoLongerOpen()
    {
        // A personal source that brings next to nothing, and no probes or trends: the page is left to the cohort's.
        var world = Divided(new Rules { Feed = new FeedRules(Candidates: 1, ProbeViews: 4), Trends = new TrendRules(Enabled: false) });
        foreach (var number in new[] { 40, 41, 43, 44 }) Liked(world, World.Id(number), Loved, 8);
        Republish(world);
        var viewer = World.NewViewer(500);
        for (var i = 0; i < 10; i++) world.Watch(viewer, World.Id(i * 6));
        world.Watch(viewer, World.Id(40));
        world.Move(World.Id(41), VideoStage.Open, VideoStage.Library);

        var items = world.Page(viewer, world.Request(20)).Items;
        var offered = items.Where(item => item.Slot.Source == SlotSource.Cohort).Select(item => item.Slot.Video).ToArray();

        items[0].Slot.Cohort.Cluster.ShouldBe(1);
        offered.ShouldContain(World.Id(43));
        offered.ShouldNotContain(World.Id(40));
        offered.ShouldNotContain(World.Id(41));
    }

    private static World Divided(Rules? rules = null)
    {
        var world = new World(rules: rules);
        for (var number = 0; number < 60; number++) world.Add(number, VideoStage.Open, number % 6);
        world.Divide(Loved, Other);
        world.Publish();
        return world;
    }

    private static void Republish(World world)
    {
        world.Now = world.Now.AddMinutes(1);
        world.Publish();
    }

    private static void Liked(World world, VideoId video, int genre, int viewers)
    {
        for (var viewer = 0; viewer < viewers; viewer++) Watched(world, video, Fan(world, 1000 + (genre * 100) + viewer, genre), 1, 1);
    }

    /// <summary>The cohort of somebody who has watched ten clips of a genre.</summary>
    private static Cohort Fan(World world, int number, int genre)
    {
        var viewer = World.NewViewer(number);
        for (var i = 0; i < 10; i++) world.Watch(viewer, World.Id((i * 6) + genre));
        return world.Catalogue.Cohorts.Of(viewer, world.Rules);
    }

    private static void Watched(World world, VideoId video, Cohort cohort, int viewers, double share)
    {
        for (var viewer = 0; viewer < viewers; viewer++)
        {
            var state = new ViewerState(new ViewerId(90_000 + (int)video.Value + (100 * viewer) + cohort.Number), World.Taxonomy.Count);
            world.Send(state, new Slot(state.Id, video, world.Catalogue.Video(video)!.Creator, new RequestId(1), 0, world.Now.AddMinutes(-1), SlotSource.Personal, cohort, false, 1), SignalType.PlayEnd, share);
        }
    }
}
