using CsCheck;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Sources;

/// <summary>How far a wave goes, and whom it leaves alone.</summary>
public class WaveTests
{
    private const int Loved = 0;

    [Fact]
    public void Wave_IsNeverWiderThanItsSize_HoweverManyPagesAreOnTheWay() => Gen.Int[500, 4_000].Sample(weekly =>
    {
        // The first wave is two batches here: few enough places to fill.
        var world = Waves(new Rules { Waves = WaveRules.Default with { Factors = [2, 4] } });
        var video = world.Add(50, VideoStage.Widening, Loved);
        world.Publish(weekly);
        var size = Wave.Size(1, TestBatch.Size(weekly, world.Rules.TestBatch), weekly, world.Rules.Waves).ShouldNotBeNull();

        world.Serve([.. Enumerable.Repeat(video, size - 1)]);
        Proposed(world).ShouldContain(video, $"one place of {size} is left");
        world.Serve(video);
        Proposed(world).ShouldNotContain(video, $"all {size} places are on the way");
    }, iter: 20);

    [Fact]
    public void Wave_StopsInACohortThatHasClearlyHadEnough_AndGoesOnElsewhere()
    {
        var world = Waves(new Rules { Feed = new FeedRules(ProbeViews: 1) });
        world.Divide(0, 3);
        for (var number = 0; number < 12; number++) world.Add(100 + number, VideoStage.Open, 3);
        var video = world.Add(50, VideoStage.Widening, Loved);
        world.Publish(2_000);
        for (var viewer = 0; viewer < 40; viewer++)
        {
            world.Watch(Fan(world, viewer, 0), video, 0.01);
            world.Watch(Fan(world, 500 + viewer, 3), video, 1);
        }
        world.Now = world.Now.AddMinutes(1);
        world.Publish(2_000);

        var (bored, keen) = (Fan(world, 900, 0), Fan(world, 901, 3));
        Times(world, bored, video).ShouldBe(0);
        Times(world, keen, video).ShouldBeGreaterThan(0);
    }

    /// <summary>On how many of a hundred pages with room for everything.</summary>
    private static int Times(World world, ViewerState viewer, VideoId video) =>
        Enumerable.Range(0, 100).Count(_ => world.Page(viewer, world.Request(20)).Items.Any(item => item.Slot.Video == video && item.Slot.Source == SlotSource.Wave));

    private static World Waves(Rules rules)
    {
        var world = new World(rules: rules);
        for (var number = 0; number < 12; number++) world.Add(number, VideoStage.Open, Loved);
        return world;
    }

    /// <summary>A viewer who has finished the first twelve videos of a genre.</summary>
    private static ViewerState Fan(World world, int number, int genre)
    {
        var viewer = World.NewViewer(number);
        for (var i = 0; i < 12; i++) world.Watch(viewer, World.Id(genre == Loved ? i : 100 + i));
        return viewer;
    }

    private static IEnumerable<VideoId> Proposed(World world)
    {
        var viewer = Fan(world, 700, Loved);
        return Enumerable.Range(0, 30).SelectMany(_ => world.Page(viewer).Items).Where(item => item.Slot.Source == SlotSource.Wave).Select(item => item.Slot.Video).Distinct().ToArray();
    }
}
