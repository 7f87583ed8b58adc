using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Catalogue;

/// <summary>How far what the audience thinks may lag behind the videos there are.</summary>
public class StandingTests
{
    [Theory]
    [InlineData(60, true)]
    [InlineData(600, false)]
    public void Standing_FollowsASmallCatalogueAtOnce_AndALargeOneWithinTwentySeconds(int videos, bool atOnce)
    {
        var world = Of(videos);
        var video = world.Add(videos, VideoStage.Widening);
        world.Publish();
        world.Catalogue.Shelf.Standing.Openings.Any(cell => cell.State.Id == video).ShouldBe(atOnce);

        world.Now = world.Now.AddSeconds(20);
        world.Publish();
        world.Catalogue.Shelf.Standing.Openings.ShouldContain(cell => cell.State.Id == video);
    }

    [Fact]
    public void Standing_ThatLagsCostsNoGenreItsProbe_WhenItsBestIsTakenBack()
    {
        var world = Of(600);
        var leaders = world.Catalogue.Shelf.Standing.Leaders[0];
        world.Move(leaders.Best[0].State.Id, VideoStage.Open, VideoStage.HumanReview);
        world.Publish();

        world.Catalogue.Shelf.Standing.Leaders[0].ShouldBe(leaders, "the catalogue is large, and a moment has passed");
        Enumerable.Range(0, 40).SelectMany(viewer => world.Page(World.NewViewer(viewer)).Items)
            .ShouldContain(item => item.Slot.Source == SlotSource.Probe && item.Slot.Video == leaders.Best[1].State.Id);
    }

    [Fact]
    public void Standing_OfAVeryLargeCatalogue_IsFinishedHoweverSeldomItIsPublished()
    {
        var world = Of(20_500);
        var video = world.Add(20_500, VideoStage.Widening);
        // Twenty thousand at a time, and each time later than a standing lives.
        for (var publication = 0; publication < 2; publication++)
        {
            world.Now = world.Now.AddSeconds(30);
            world.Publish();
        }
        world.Catalogue.Shelf.Standing.Openings.ShouldContain(cell => cell.State.Id == video);
    }

    private static World Of(int videos)
    {
        var world = new World();
        for (var number = 0; number < videos; number++) world.Add(number, VideoStage.Open, number % 6);
        world.Publish();
        return world;
    }
}
