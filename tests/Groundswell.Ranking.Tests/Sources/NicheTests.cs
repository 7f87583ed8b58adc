using CsCheck;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Sources;

/// <summary>Who meets a video that goes on among a few.</summary>
public class NicheTests
{
    private const int Theirs = 3, Others = 0;

    /// <summary>The second cluster drawn, of those who like <see cref="Theirs"/>.</summary>
    private const int Cluster = 2;

    [Fact]
    public void Page_HoldsNothingOfANicheForAnybodyElse() => (
        from mode in Gen.OneOf(Gen.Const(FeedMode.Personalised), Gen.Const(FeedMode.NonProfiled), Gen.Const(FeedMode.Latest))
        from count in Gen.Int[1, 20]
        from taste in Gen.Int[-1, 0]
        from stage in Gen.OneOf(Gen.Const(VideoStage.Testing), Gen.Const(VideoStage.Reviving), Gen.Const(VideoStage.Widening))
        select (mode, count, taste, stage)).Sample(drawn =>
    {
        var world = Divided();
        for (var number = 0; number < 8; number++) Narrow(world, world.Add(50 + number, drawn.stage, number % 6), drawn.stage);
        world.Publish(2_000);
        var viewer = drawn.taste < 0 ? World.NewViewer(900) : Fan(world, 900, Others);

        for (var page = 0; page < 4; page++)
            world.Page(viewer, world.Request(drawn.count, drawn.mode)).Items.ShouldAllBe(item => world.Catalogue.Video(item.Slot.Video)!.Niche == null);
    }, iter: 60);

    [Theory]
    [InlineData(VideoStage.Widening, SlotSource.Wave)]
    [InlineData(VideoStage.Testing, SlotSource.TestBatch)]
    public void Page_HoldsItForThose(VideoStage stage, SlotSource source)
    {
        var world = Divided();
        var video = Narrow(world, world.Add(50, stage, Theirs), stage);
        world.Publish(2_000);

        var items = Pages(world, Fan(world, 900, Theirs)).Where(item => item.Slot.Video == video).ToArray();

        items.ShouldNotBeEmpty();
        items.ShouldAllBe(item => item.Slot.Source == source);
        if (source == SlotSource.Wave) items[0].Reasons[0].Code.ShouldBe("niche");
    }

    [Fact]
    public void Wave_IsNoWiderThanForAnAudienceOfTheNichesSize()
    {
        var world = Divided(weekly: 400);
        var video = Narrow(world, world.Add(50, VideoStage.Widening, Theirs), VideoStage.Widening);
        world.Publish(20_000);
        var size = Niche.WaveSize(1, world.Catalogue.Cohorts.ViewersIn([Cluster]), world.Rules).ShouldNotBeNull();
        size.ShouldBe(120, "ten batches of 12");
        var viewer = Fan(world, 900, Theirs);

        world.Serve([.. Enumerable.Repeat(video, size - 1)]);
        Pages(world, viewer).ShouldContain(item => item.Slot.Video == video, "one place is left");
        world.Serve(video);
        Pages(world, viewer).ShouldNotContain(item => item.Slot.Video == video, "all are on the way");
    }

    [Fact]
    public void Test_InANiche_AsksBeyondTheClustersPlaces_ButNeverBeyondTwiceTheBatch()
    {
        var world = Divided();
        var video = world.Add(50, VideoStage.Testing, Theirs);
        Narrow(world, video, VideoStage.Testing);
        for (var viewer = 0; viewer < 23; viewer++) Watched(world, video, Cluster, viewer);
        world.Publish();

        Pages(world, Fan(world, 900, Theirs)).ShouldContain(item => item.Slot.Video == video, "24 may be asked");
        Watched(world, video, Cluster, 23);
        world.Publish();
        Pages(world, Fan(world, 901, Theirs)).ShouldNotContain(item => item.Slot.Video == video);
    }

    [Fact]
    public void Test_InANiche_TakesOnlyWhatOthersLeave()
    {
        var world = Divided();
        var video = Narrow(world, world.Add(50, VideoStage.Testing, Theirs), VideoStage.Testing);
        var other = world.Add(51, VideoStage.Testing, Others);
        var viewer = Fan(world, 900, Theirs);

        Pages(world, viewer).Where(item => item.Slot.Source == SlotSource.TestBatch).ShouldAllBe(item => item.Slot.Video == other);
        world.Move(other, VideoStage.Testing, VideoStage.Paused);
        world.Publish();
        Pages(world, viewer).ShouldContain(item => item.Slot.Video == video);
    }

    [Theory]
    [InlineData(VideoStage.Paused)]
    [InlineData(VideoStage.Widening)]
    [InlineData(VideoStage.Open)]
    public void Catalogue_KnowsHowTastesDifferedAboutATest_HoweverItEnds(VideoStage end)
    {
        var world = Divided();
        var video = world.Add(50, VideoStage.Testing, Theirs);
        for (var viewer = 0; viewer < 12; viewer++) Watched(world, video, viewer % 2 == 0 ? Cluster : 1, viewer);
        var spread = world.Catalogue.Video(video)!.ByTaste.Spread();
        spread.ShouldNotBe(default);

        world.Move(video, VideoStage.Testing, end);

        world.Catalogue.Tests.Peers.Recent.Single(peer => peer.Video == video).Tastes.ShouldBe(spread);
    }

    [Fact]
    public void Catalogue_CountsATestThatGoesOnAsOnePeer_ByWhatEverybodySaid()
    {
        var world = Divided();
        var video = world.Add(50, VideoStage.Testing, Theirs);
        for (var viewer = 0; viewer < 12; viewer++) Watched(world, video, viewer % 2 == 0 ? Cluster : 1, viewer);
        var before = world.Catalogue.Video(video)!;
        (before.ByTaste.Of(Cluster).Views, before.ByTaste.Of(1).Views).ShouldBe((6, 6));
        Narrow(world, video, VideoStage.Testing);
        for (var viewer = 12; viewer < 20; viewer++) Watched(world, video, Cluster, viewer);
        world.Move(video, VideoStage.Testing, VideoStage.Paused);

        var peer = world.Catalogue.Tests.Peers.Recent.Where(peer => peer.Video == video).ShouldHaveSingleItem();

        (peer.Video, peer.Panel.Views, peer.Tastes).ShouldBe((video, 12, before.ByTaste.Spread()));
        world.Catalogue.Tests.Peers[before.Bucket].Videos.ShouldBe(1);
        world.Catalogue.Video(video)!.ByTaste.ShouldBe(TasteEvidence.None);
    }

    private static World Divided(int weekly = 200)
    {
        var world = new World(rules: new Rules { Feed = new FeedRules(ProbeViews: 1) });
        for (var number = 0; number < 12; number++)
        {
            world.Add(number, VideoStage.Open, Others);
            world.Add(100 + number, VideoStage.Open, Theirs);
        }
        world.Divide(Others, Theirs);
        if (world.Catalogue.Cohorts.Drawn is { } drawn && weekly != drawn.WeeklyViewers) world.Append(drawn with { WeeklyViewers = weekly });
        return world;
    }

    /// <summary>From here on it goes on in the one cluster.</summary>
    private static VideoId Narrow(World world, VideoId video, VideoStage stage)
    {
        world.Append(new VideoMoved(
            world.Now, video, world.Catalogue.Video(video)!.Creator, stage, stage, stage == VideoStage.Widening ? 1 : 0,
            Reason.Of(ReasonCode.NicheSought, ("score", 3), ("gate", 4)), "rules-test") { Niche = [Cluster] });
        return video;
    }

    /// <summary>A viewer of several sessions who has finished the videos of a genre.</summary>
    private static ViewerState Fan(World world, int number, int genre)
    {
        var viewer = World.NewViewer(number);
        for (var i = 0; i < 12; i++)
        {
            if (i % 4 == 0) world.Now = world.Now.AddHours(1);
            world.Watch(viewer, World.Id(genre == Others ? i : 100 + i));
        }
        world.Publish(world.Catalogue.Audience.Weekly);
        return viewer;
    }

    private static void Watched(World world, VideoId video, int cluster, int number)
    {
        var viewer = World.NewViewer(3_000 + number);
        world.Send(
            viewer, new Slot(viewer.Id, video, world.Catalogue.Video(video)!.Creator, new RequestId(1), 2, world.Now.AddMinutes(-1), SlotSource.TestBatch, Cohort.Of(cluster, null, Activity.Regular), false, 1),
            SignalType.PlayEnd, number % 3 == 0 ? 1 : 0.5);
    }

    private static Ranking.Feed.FeedItem[] Pages(World world, ViewerState viewer) =>
        [.. Enumerable.Range(0, 40).SelectMany(_ => world.Page(viewer, world.Request(20)).Items)];
}
