using Groundswell.Core;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Ranker;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Feed;

public class CautionTests
{
    private const double Skip = 0.05, Finish = 1;

    [Fact]
    public void Caution_GrowsByDegreesWithEverySkip_AndFallsWithEveryVideoThatIsFinished()
    {
        var (world, viewer) = (Catalogue(), World.NewViewer());
        var degrees = new List<double>();
        for (var number = 0; number < 5; number++)
        {
            world.Watch(viewer, World.Id(number), Skip);
            degrees.Add(Of(world, viewer).Skipped);
        }
        world.Watch(viewer, World.Id(5), Finish);

        degrees.ShouldBeInOrder(SortDirection.Ascending);
        degrees[2].ShouldBe(0.5, 1e-9);
        degrees[3].ShouldBe(1 - Math.Pow(0.5, 4 / 3.0), 1e-9);
        Of(world, viewer).Skipped.ShouldBeLessThan(degrees[4]);
    }

    [Fact]
    public void Caution_OfWhoeverHasJustComeBack_IsNone()
    {
        var (world, viewer) = (Catalogue(), World.NewViewer());
        for (var number = 0; number < 5; number++) world.Watch(viewer, World.Id(number), Skip);
        Of(world, viewer).IsHigh.ShouldBeTrue();

        world.Now += ViewerState.SessionGap + TimeSpan.FromMinutes(1);

        Of(world, viewer).Skipped.ShouldBe(0);
    }

    [Fact]
    public void ASkip_CostsMoreTheMoreWereSkipped_AndNeverWhereTheRulesSaySo()
    {
        var shipped = new Rules();
        var (world, viewer) = (Catalogue(), World.NewViewer());
        var usual = Cost(world, viewer, shipped);
        for (var number = 0; number < 3; number++) world.Watch(viewer, World.Id(number), Skip);

        Cost(world, viewer, shipped).ShouldBe(usual * (1 + ((shipped.Feed.CautionMost - 1) / 2)), 1e-6);
        Cost(world, viewer, shipped with { Feed = shipped.Feed with { CautionMost = 1 } }).ShouldBe(usual, 1e-6);
    }

    [Fact]
    public void ACautiousPage_SaysSo_AndStillHoldsTests()
    {
        var world = Catalogue();
        var viewer = World.NewViewer();
        for (var number = 100; number < 160; number++) world.Add(number, VideoStage.Testing, creator: number);
        world.Publish();
        world.Watch(viewer, World.Id(0), Skip);
        world.Now += ViewerState.SessionGap + TimeSpan.FromMinutes(1);
        for (var number = 1; number < 6; number++) world.Watch(viewer, World.Id(number), Skip);

        var items = Enumerable.Range(0, 40).SelectMany(_ => world.Page(viewer, world.Request(20)).Items).ToArray();

        items.Where(item => item.Slot.Source == SlotSource.Personal).ShouldAllBe(item => SaysSo(item));
        items.Where(item => item.Slot.Source == SlotSource.TestBatch).ShouldNotBeEmpty();
        items.Where(item => item.Slot.Source == SlotSource.TestBatch).ShouldAllBe(item => !SaysSo(item));
        world.Page(viewer, world.Request(mode: FeedMode.Latest)).Items.ShouldAllBe(item => !SaysSo(item));
    }

    [Fact]
    public void APageWithoutProfiling_KnowsNothingOfSkips()
    {
        var (world, viewer) = (Catalogue(), World.NewViewer());
        for (var number = 0; number < 5; number++) world.Watch(viewer, World.Id(number), Skip);

        world.Context(viewer, world.Request(mode: FeedMode.NonProfiled)).Caution.Skipped.ShouldBe(0);
    }

    private static bool SaysSo(FeedItem item) => item.Reasons.Any(reason => reason.Code == "safe_choice");

    private static World Catalogue()
    {
        var world = new World();
        for (var number = 0; number < 60; number++) world.Add(number, VideoStage.Open, genre: number % 6);
        world.Publish();
        return world;
    }

    private static Caution Of(World world, ViewerState viewer) => world.Context(viewer, world.Request()).Caution;

    /// <summary>What an early skip of a video would cost by the explanation of its value, per unit of its probability.</summary>
    private static double Cost(World world, ViewerState viewer, Rules rules)
    {
        var video = world.Catalogue.Video(World.Id(50))!;
        var context = new FeedContext(world.Request(explain: true), viewer, world.Catalogue, rules, World.Taxonomy, world.Chance);
        var ranked = ValueRanker.ByRates(ValueRanker.Look(new Candidate(world.Catalogue.Shelf.Find(video.Id)!, video, SlotSource.Personal), context), context);
        return ranked.Explanation!.Terms.Single(term => term.Name == "early_skip").Value / ranked.Probabilities.EarlySkip;
    }
}
