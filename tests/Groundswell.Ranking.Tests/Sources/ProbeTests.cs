using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Sources;

public class ProbeTests
{
    private const int Genres = 12, Popular = 7, Rare = 2;

    [Fact]
    public void AProbe_NeverAsksForAGenre_ThatThePageHoldsAlready_OrThatIsOnItsWayToTheViewer()
    {
        var world = Catalogue();
        for (var number = 0; number < 30; number++)
        {
            var (viewer, asked) = (World.NewViewer(number), new HashSet<int>());
            for (var page = 0; page < 3; page++)
            {
                var made = world.Page(viewer);
                foreach (var item in made.Items)
                {
                    var isNew = asked.Add(Genre(world, item));
                    if (item.Slot.Source == SlotSource.Probe) isNew.ShouldBeTrue($"viewer {number}, page {page}, place {item.Slot.Position}");
                }
                // Served, and not one of them watched yet: an app that plays without a pause has its next page before that.
                world.Serve(viewer, made);
            }
        }
    }

    [Fact]
    public void Probes_AskForPopularGenresFirst_WhateverElseAVideoIsWorth()
    {
        var world = Catalogue();
        // Most people have finished one genre, but most have left its videos early; another has one that few have met and all have finished.
        for (var number = 0; number < 60; number++)
            for (var clip = 0; clip < 5; clip++) world.Watch(World.NewViewer(500 + number), World.Id((clip * Genres) + Popular), number % 4 == 0 ? 1 : 0.02);
        for (var number = 0; number < 20; number++) world.Watch(World.NewViewer(600 + number), World.Id(Rare));
        world.Publish();

        var probes = Enumerable.Range(0, 400).Select(number => world.Page(World.NewViewer(number), world.Request(count: 1)).Items.Single())
            .Where(item => item.Slot.Source == SlotSource.Probe).Select(item => Genre(world, item)).ToArray();

        // By a weight of 1 / place among twelve the first has a third of the first probes, and the second a sixth.
        (probes.Count(genre => genre == Popular) / (double)probes.Length).ShouldBeInRange(0.25, 0.45);
        (probes.Count(genre => genre == Rare) / (double)probes.Length).ShouldBeInRange(0.08, 0.22);
    }

    private static World Catalogue()
    {
        var world = new World();
        for (var number = 0; number < 5 * Genres; number++) world.Add(number, VideoStage.Open, genre: number % Genres);
        world.Publish();
        return world;
    }

    private static int Genre(World world, FeedItem item) => world.Catalogue.Video(item.Slot.Video)!.Analysis!.Genres.Leading!.Value;
}
