using Groundswell.Core.Genres;
using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

/// <summary>The promise of the product: no sign-up, and within twenty videos two people see different feeds.</summary>
public sealed class AdaptationTests(Site site, ITestOutputHelper output) : IClassFixture<Site>
{
    private const int Videos = 20;
    private const int Judged = 10;
    private const double Apart = 0.2;

    /// <summary>So slowly that what is swiped away at once has hardly begun, however busy the machine is.</summary>
    private const string PlaySlowly = "document.addEventListener('play', event => { event.target.playbackRate = 0.1; }, true)";

    private const string PlayToItsEnd = """
        video => new Promise(done => {
          let last = 0;
          video.addEventListener('timeupdate', () => {
            video.playbackRate = 1;
            if (video.currentTime < last) done();
            last = video.currentTime;
          });
        })
        """;

    [Fact]
    public async Task TwoAnonymousViewers_WhoFinishDifferentGenres_SeeClearlyDifferentFeeds_WithinTwentyVideos()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        // A third of the genres each, none in common: one genre alone a new viewer may not meet among the first twenty videos.
        string[][] loved = [Third(0), Third(1)];
        await using var first = await site.VisitAsync();
        await using var second = await site.VisitAsync();

        var seen = await Task.WhenAll(WatchAsync(first, loved[0]), WatchAsync(second, loved[1]));

        var (a, b) = (seen[0].TakeLast(Judged).ToArray(), seen[1].TakeLast(Judged).ToArray());
        output.WriteLine($"last {Judged} of {Videos}: the one saw {Share(a, loved[0]):P0} of what they finish and {Share(a, loved[1]):P0} of what the other does");
        output.WriteLine($"last {Judged} of {Videos}: the other saw {Share(b, loved[1]):P0} of what they finish and {Share(b, loved[0]):P0} of what the one does");
        seen[0].Count.ShouldBe(Videos);
        first.Errors.ShouldBeEmpty();
        second.Errors.ShouldBeEmpty();
        (Share(a, loved[0]) + Share(b, loved[1])).ShouldBeGreaterThan(Share(a, loved[1]) + Share(b, loved[0]) + (2 * Apart));
    }

    [Fact]
    public async Task Feed_NeverShowsTheSameVideoTwice()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visit = await site.VisitAsync(1440, 900);
        await visit.Page.GotoAsync("/");
        var ids = new List<string>();
        for (var number = 0; number < 25; number++) ids.Add(await StepAsync(visit, watchMs: 60));
        ids.Distinct().Count().ShouldBe(ids.Count);
    }

    /// <summary>Swipes through videos, watching some genres to their end and leaving the rest at once; the genres seen.</summary>
    private static async Task<List<string>> WatchAsync(Visit visit, string[] loved)
    {
        await visit.Page.AddInitScriptAsync(PlaySlowly);
        await visit.Page.GotoAsync("/");
        var genres = new List<string>();
        for (var number = 0; number < Videos; number++)
        {
            await visit.Current.WaitForAsync();
            var genre = await visit.Current.GetAttributeAsync("data-genre") ?? "";
            genres.Add(genre);
            if (loved.Contains(genre)) await visit.Current.Locator("video").EvaluateAsync(PlayToItsEnd);
            await StepAsync(visit, watchMs: 250);
        }
        return genres;
    }

    /// <summary>Watches the current video for a while, then goes to the next; the id of the one watched.</summary>
    private static async Task<string> StepAsync(Visit visit, int watchMs)
    {
        await visit.Current.WaitForAsync();
        var id = await visit.Current.GetAttributeAsync("data-video-id") ?? "";
        await visit.Page.WaitForTimeoutAsync(watchMs);
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Locator($"article.clip.current[data-video-id]:not([data-video-id='{id}'])").WaitForAsync();
        return id;
    }

    private static string[] Third(int number) => [.. Taxonomy.Default.Genres.Where((_, index) => index % 3 == number).Select(genre => genre.Name)];

    private static double Share(string[] genres, string[] loved) => genres.Count(loved.Contains) / (double)genres.Length;
}
