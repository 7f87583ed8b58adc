using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Sources;

/// <summary>The slots that are kept for waves that have only begun.</summary>
public class OpeningTests
{
    private const int Weekly = 2_000, Pages = 400;

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void AWaveThatHasOnlyBegun_HasItsShare_WhereWhatIsProvenIsWorthMore(double share)
    {
        var world = Proven(share);
        var video = world.Add(500, VideoStage.Widening);
        world.Publish(Weekly);
        var viewer = Fan(world);

        var held = Enumerable.Range(0, Pages).Count(_ => world.Page(viewer).Items.Any(item => item.Slot.Video == video));

        // A page holds it once: unless none of its five slots was drawn for it.
        (held / (double)Pages).ShouldBe(1 - Math.Pow(1 - share, 5), 0.08);
    }

    [Fact]
    public void ItsSlot_IsLoggedAsAWavesAndWithTheChanceItHad()
    {
        var world = Proven(share: 0.2);
        var video = world.Add(500, VideoStage.Widening);
        world.Publish(Weekly);
        var viewer = Fan(world);

        var slot = Enumerable.Range(0, Pages).SelectMany(_ => world.Page(viewer).Items).First(item => item.Slot.Video == video).Slot;

        (slot.Source, slot.Propensity).ShouldBe((SlotSource.Wave, 0.2f));
    }

    [Fact]
    public void WhatFewViewsMayEndIsFirst_AndEveryCreatorsFirstBeforeAnothersSecond()
    {
        var world = new World();
        for (var number = 10; number < 40; number++) world.Add(number, VideoStage.Open);
        VideoId[] liked = [world.Add(1, VideoStage.Widening, creator: 1, at: world.Now.AddHours(-1)), world.Add(2, VideoStage.Widening, creator: 1, at: world.Now.AddHours(-2))];
        var disliked = world.Add(3, VideoStage.Widening, creator: 2, at: world.Now.AddHours(-3));
        for (var viewer = 0; viewer < 12; viewer++)
        {
            WatchInWave(world, viewer, liked[0]);
            if (viewer < 11) WatchInWave(world, viewer, liked[1]);
            WatchInWave(world, viewer, disliked, share: 0.05);
        }
        Look(world);

        Waiting(world).ShouldBe([liked[0], disliked, liked[1]]);
    }

    [Fact]
    public void WithItsFirstViews_AWaveWaitsNoMore()
    {
        var world = new World();
        var video = world.Add(1, VideoStage.Widening);
        var size = Wave.Size(1, TestBatch.Size(Weekly, world.Rules.TestBatch), Weekly, world.Rules.Waves).ShouldNotBeNull();
        var enough = (int)(world.Rules.Waves.ClearShare * size);

        for (var viewer = 0; viewer < enough - 1; viewer++) WatchInWave(world, viewer, video);
        Look(world);
        Waiting(world).ShouldBe([video]);
        WatchInWave(world, enough, video);
        Look(world);
        Waiting(world).ShouldBeEmpty();
    }

    private static IEnumerable<VideoId> Waiting(World world) => world.Catalogue.Shelf.Standing.Openings.Select(cell => cell.Id);

    /// <summary>Long enough after the last time for the standing to be looked at anew.</summary>
    private static void Look(World world)
    {
        world.Now = world.Now.AddMinutes(1);
        world.Publish(Weekly);
    }

    /// <summary>A catalogue in which many have finished each of forty open videos, and nobody any of another eighty.</summary>
    private static World Proven(double share)
    {
        var world = new World(rules: new Rules { Feed = new FeedRules(ProbeViews: 1), Waves = WaveRules.Default with { OpeningShare = share } });
        for (var number = 0; number < 132; number++) world.Add(number, VideoStage.Open);
        for (var viewer = 0; viewer < 30; viewer++)
            for (var number = 12; number < 132; number++) world.Watch(World.NewViewer(100 + viewer), World.Id(number), number < 52 ? 1 : 0.01);
        return world;
    }

    private static ViewerState Fan(World world)
    {
        var viewer = World.NewViewer();
        for (var number = 0; number < 12; number++) world.Watch(viewer, World.Id(number));
        return viewer;
    }

    private static void WatchInWave(World world, int number, VideoId video, double share = 1)
    {
        var viewer = World.NewViewer(number);
        var creator = world.Catalogue.Video(video)!.Creator;
        world.Send(viewer, new Slot(viewer.Id, video, creator, new RequestId(number), 0, world.Now, SlotSource.Wave, world.Catalogue.Cohorts.Of(viewer, world.Rules), false, 1), SignalType.PlayEnd, share);
    }
}
