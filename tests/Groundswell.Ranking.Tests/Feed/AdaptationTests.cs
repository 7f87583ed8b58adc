using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Feed;

/// <summary>The promise of the product, over many pairs of viewers: within twenty videos, what two people see differs by what they like.</summary>
public class AdaptationTests(ITestOutputHelper output)
{
    private const int Pairs = 30, Videos = 20, Judged = 10;
    private const int GenreA = 4, GenreB = 17;

    [Fact]
    public void TwoViewers_WhoFinishDifferentGenres_DriftApartWithinTwentyVideos()
    {
        var world = new World();
        var number = 0;
        for (var genre = 0; genre < World.Taxonomy.Count; genre++)
            for (var clip = 0; clip < (genre is GenreA or GenreB ? 30 : 6); clip++) world.Add(number++, VideoStage.Open, genre);
        world.Publish();

        var (own, others, met) = (0.0, 0.0, 0);
        for (var pair = 0; pair < Pairs; pair++)
        {
            var (a, b) = (Watch(world, 2 * pair, GenreA), Watch(world, (2 * pair) + 1, GenreB));
            met += (a.Contains(GenreA) ? 1 : 0) + (b.Contains(GenreB) ? 1 : 0);
            own += (Share(a, GenreA) + Share(b, GenreB)) / 2 / Pairs;
            others += (Share(a, GenreB) + Share(b, GenreA)) / 2 / Pairs;
        }

        output.WriteLine($"{Pairs} pairs: {met} of {2 * Pairs} viewers met what they like; of the last {Judged} of {Videos} videos {own:P0} were of it, and {others:P0} of what the other likes");
        own.ShouldBeGreaterThan(others + 0.3);
    }

    /// <summary>A page at a time; the genres seen.</summary>
    private static List<int> Watch(World world, int number, int loved)
    {
        var (viewer, genres) = (World.NewViewer(number), new List<int>());
        while (genres.Count < Videos)
        {
            var page = world.Page(viewer);
            world.Serve(viewer, page);
            foreach (var item in page.Items)
            {
                var genre = world.Catalogue.Video(item.Slot.Video)!.Analysis!.Genres.Leading!.Value;
                genres.Add(genre);
                world.Send(viewer, item.Slot, SignalType.PlayEnd, genre == loved ? 1 : 0.05);
            }
        }
        return genres;
    }

    private static double Share(List<int> genres, int genre) => genres.TakeLast(Judged).Count(seen => seen == genre) / (double)Judged;
}
