using System.Text.Json;
using CsCheck;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Catalogue;

public class LiveCatalogueTests
{
    [Fact]
    public void Fold_KnowsEveryEntryOnce()
    {
        var world = Lived(1);
        var before = Text(world.Catalogue);

        world.Catalogue.Fold(world.Ledger);

        Text(world.Catalogue).ShouldBe(before);
        world.Catalogue.Watermark.ShouldBe(world.Ledger.Count);
    }

    [Fact]
    public void Restore_AndTheTailEqualAFullFold() => Gen.Select(Gen.ULong, Gen.Double[0, 1]).Sample((seed, share) =>
    {
        var world = Lived(seed);
        var split = (int)(share * world.Ledger.Count);
        var head = new LiveCatalogue(world.Rules, World.Taxonomy.Count);
        head.Fold([.. world.Ledger.Take(split)]);

        var restored = new LiveCatalogue(world.Rules, World.Taxonomy.Count);
        restored.Restore(Through(head.Videos()), Through(head.Creators()), ProgrammeOf(head), head.Tests.Peers, Through([head.Cohorts])[0], head.Watermark);
        restored.Fold(world.Ledger);

        Text(restored).ShouldBe(Text(world.Catalogue));
        restored.Publish(new AudienceSize(200, 10), world.Now);
        world.Publish();
        restored.Shelf.Cells.Select(cell => cell.State.Id).ShouldBe(world.Catalogue.Shelf.Cells.Select(cell => cell.State.Id));
    }, iter: 12);

    [Fact]
    public void Publish_PutsAVideoOnTheShelfAndTakesItOff()
    {
        var world = new World();
        var video = world.Add(1, VideoStage.Testing);
        world.Catalogue.Shelf.Cells.ShouldBeEmpty();

        world.Publish();
        world.Catalogue.Shelf.In(VideoStage.Testing).ShouldHaveSingleItem().State.Id.ShouldBe(video);

        world.Move(video, VideoStage.Testing, VideoStage.Paused);
        world.Catalogue.Shelf.Cells.ShouldHaveSingleItem().State.Stage.ShouldBe(VideoStage.Paused);
        world.Publish();
        world.Catalogue.Shelf.Cells.ShouldBeEmpty();
        world.Catalogue.Shelf.Find(video).ShouldNotBeNull();

        world.Move(video, VideoStage.Paused, VideoStage.HumanReview);
        world.Publish();
        world.Catalogue.Shelf.Find(video).ShouldBeNull();
    }

    [Fact]
    public void Fingerprints_AreThoseOfPublicVideosOnly()
    {
        var world = new World();
        foreach (var stage in Enum.GetValues<VideoStage>()) world.Add((int)stage, stage);

        world.Catalogue.Fingerprints(World.Id((int)VideoStage.Open)).Select(known => world.Catalogue.Video(known.Video)!.Stage)
            .ShouldBe([VideoStage.Testing, VideoStage.Widening, VideoStage.Library, VideoStage.Paused, VideoStage.Reviving], ignoreOrder: true);
    }

    [Fact]
    public void Peers_AreVideosThatLeftTheirTestWithAScore()
    {
        var world = new World();
        for (var number = 0; number < 5; number++) world.Add(number, number % 2 == 0 ? VideoStage.Open : VideoStage.Testing);

        world.Catalogue.Tests.Peers.Recent.Select(peer => peer.Video).ShouldBe([World.Id(0), World.Id(2), World.Id(4)]);
    }

    [Fact]
    public void InFlight_IsWhatWasServedAndNotYetSeenForTenMinutes()
    {
        var world = new World();
        var video = world.Add(1, VideoStage.Testing);
        world.Publish();
        var cell = world.Catalogue.Shelf.Find(video)!;
        cell.InFlight(world.Now).ShouldBe(0);

        world.Serve(video, video, new VideoId(404));
        cell.InFlight(world.Now).ShouldBe(2);
        world.Watch(World.NewViewer(), video, 0.5);
        cell.InFlight(world.Now).ShouldBe(1);
        world.Watch(World.NewViewer(2), video, 0.5);
        world.Watch(World.NewViewer(3), video, 0.5);
        cell.InFlight(world.Now).ShouldBe(0);

        world.Serve(video);
        cell.InFlight(world.Now.AddMinutes(11)).ShouldBe(0);
    }

    [Fact]
    public void InFlight_KnowsWhoseSlotsAreOnTheWay_WhileTheVideoIsOnTrial()
    {
        var world = new World();
        var video = world.Add(1, VideoStage.Testing);
        world.Publish();
        var cell = world.Catalogue.Shelf.Find(video)!;
        var (mine, others) = (new Cohort(1), new Cohort(0));
        var viewer = World.NewViewer();
        var slot = new Slot(viewer.Id, video, World.Creator(1), new RequestId(1), 3, world.Now, SlotSource.TestBatch, mine, FollowsCreator: true, 1);

        world.Catalogue.CountServed([slot, slot with { Cohort = others, FollowsCreator = false }, slot], world.Now);
        (cell.InFlight(world.Now), cell.InFlight(mine, world.Now), cell.InFlight(others, world.Now), cell.InFlightToFollowers(world.Now)).ShouldBe((3, 2, 1, 2));
        world.Send(viewer, slot, SignalType.PlayEnd, 0.5);
        (cell.InFlight(world.Now), cell.InFlight(mine, world.Now), cell.InFlight(others, world.Now), cell.InFlightToFollowers(world.Now)).ShouldBe((2, 1, 1, 1));
        cell.InFlight(mine, world.Now.AddMinutes(11)).ShouldBe(0);

        world.Move(video, VideoStage.Testing, VideoStage.Open);
        world.Catalogue.CountServed([slot], world.Now.AddMinutes(20));
        (cell.InFlight(world.Now.AddMinutes(20)), cell.InFlight(mine, world.Now.AddMinutes(20))).ShouldBe((1, 0));
    }

    [Fact]
    public void Lift_IsThatOfTheStrongestHashtag()
    {
        var world = new World();
        for (var number = 0; number < 4; number++) world.Add(number, VideoStage.Open, tag: "rising");
        var other = world.Add(9, VideoStage.Open, tag: "calm");
        world.Now = world.Now.AddDays(-2);
        for (var viewer = 0; viewer < 900; viewer++) world.Watch(World.NewViewer(viewer), other);
        world.Now = world.Now.AddDays(2);
        for (var viewer = 1_000; viewer < 1_080; viewer++) world.Watch(World.NewViewer(viewer), World.Id(viewer % 4));
        world.Publish();

        var lift = world.Catalogue.Trends.LiftOf(world.Catalogue.Video(World.Id(0))!);
        (lift.Topic, lift.Lift > 1).ShouldBe((Topic.Hashtag("rising"), true));
        world.Catalogue.Trends.LiftOf(world.Catalogue.Video(other)!).ShouldBe(TopicLift.None);
        world.Catalogue.Trends.Read(board => board.Of(Topic.Hashtag("rising"), 0)!.ViewersRemembered).ShouldBe(80);
    }

    [Fact]
    public void Around_KnowsATrendOfOneRegion()
    {
        Region.TryParse("DE", out var region).ShouldBeTrue();
        var world = new World();
        for (var number = 0; number < 4; number++) world.Add(number, VideoStage.Open, tag: "local");
        var other = world.Add(9, VideoStage.Open, tag: "calm");
        var paused = world.Add(10, VideoStage.Paused, tag: "local");
        world.Now = world.Now.AddDays(-2);
        // What comes up in the region has been watched elsewhere all along, and is on its way out there.
        for (var viewer = 0; viewer < 900; viewer++) world.Watch(World.NewViewer(viewer), World.Id(viewer % 4));
        for (var viewer = 1_000; viewer < 1_900; viewer++) world.Watch(Sharing(viewer), other);
        world.Now = world.Now.AddDays(2);
        for (var viewer = 2_000; viewer < 2_060; viewer++) world.Watch(Sharing(viewer), World.Id(viewer % 4));
        for (var viewer = 3_000; viewer < 3_120; viewer++) world.Watch(World.NewViewer(viewer), other);
        world.Publish();

        var video = world.Catalogue.Video(paused)!;
        world.Catalogue.Trends.LiftOf(video).ShouldBe(TopicLift.None);
        var trend = world.Catalogue.Around(video).Trend;
        (trend.Topic, trend.Region, trend.Lift > 1).ShouldBe((Topic.Hashtag("local"), region.Number, true));
        trend.ShouldBe(world.Catalogue.Trends.LiftOf(video, region.Number));

        ViewerState Sharing(int number)
        {
            var viewer = World.NewViewer(number);
            world.Tell(viewer, new RegionShared(world.Now, viewer.Id, region));
            return viewer;
        }
    }

    [Fact]
    public void Rates_BecomeTheInstallationsOwn()
    {
        var world = new World();
        world.Add(1, VideoStage.Open);
        for (var viewer = 0; viewer < 200; viewer++) world.Watch(World.NewViewer(viewer), World.Id(1));
        world.Publish();
        var prior = Core.Audience.BaseRates.KuaiRand[1].Completion;

        // 200 views of its own weigh as much as the base rates.
        world.Catalogue.Rates[Core.Audience.DurationBucket.Under15s].Completion.ShouldBe((prior + 1) / 2, 1e-9);
    }

    private static World Lived(ulong seed)
    {
        var world = World.Random(seed);
        for (var viewer = 0; viewer < 3; viewer++)
        {
            world.Live(World.NewViewer(viewer), 4);
            world.Divide(viewer, viewer + 1, 5);
        }
        return world;
    }

    private static Programme ProgrammeOf(LiveCatalogue catalogue) =>
        Through([new Programme(catalogue.Trends.Read(board => board), catalogue.Challenges, catalogue.Boosts.Read(board => board))])[0];

    private static T[] Through<T>(IEnumerable<T> states) =>
        [.. states.Select(state => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(state, GroundswellJson.Options), GroundswellJson.Options)!)];

    private static string Text(LiveCatalogue catalogue) => JsonSerializer.Serialize(
        new
        {
            catalogue.Watermark,
            catalogue.Cohorts,
            Videos = catalogue.Videos().OrderBy(video => video.Id),
            Creators = catalogue.Creators().OrderBy(creator => creator.Id),
            Programme = ProgrammeOf(catalogue),
            catalogue.Tests.Peers,
        },
        GroundswellJson.Options);
}
