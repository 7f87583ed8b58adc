using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

/// <summary>The promise of the product: no sign-up, and within twenty videos two people see different feeds.</summary>
public sealed class AdaptationTests(Site site, ITestOutputHelper output) : IClassFixture<Site>
{
    private const int Videos = 20;
    private const int Judged = 10;
    private const int Pairs = 3;

    [Fact]
    public async Task TwoAnonymousViewers_WhoFinishDifferentGenres_SeeClearlyDifferentFeeds_WithinTwentyVideos()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        // Which genres a new viewer is asked about is drawn: a pair may not meet its genre in time, three pairs hardly.
        var apart = false;
        for (var pair = 0; pair < Pairs && !apart; pair++) apart = await DriftApartAsync();
        apart.ShouldBeTrue();
    }

    private async Task<bool> DriftApartAsync()
    {
        await using var first = await site.VisitAsync();
        await using var second = await site.VisitAsync();

        var seen = await Task.WhenAll(WatchAsync(first, Site.GenreA), WatchAsync(second, Site.GenreB));

        var (a, b) = (seen[0].TakeLast(Judged).ToArray(), seen[1].TakeLast(Judged).ToArray());
        output.WriteLine($"last {Judged} of {Videos}: viewer of {Site.GenreA} saw {Share(a, Site.GenreA):P0} {Site.GenreA} and {Share(a, Site.GenreB):P0} {Site.GenreB}");
        output.WriteLine($"last {Judged} of {Videos}: viewer of {Site.GenreB} saw {Share(b, Site.GenreA):P0} {Site.GenreA} and {Share(b, Site.GenreB):P0} {Site.GenreB}");
        seen[0].Count.ShouldBe(Videos);
        first.Errors.ShouldBeEmpty();
        second.Errors.ShouldBeEmpty();
        return Share(a, Site.GenreA) > Share(b, Site.GenreA) + 0.15 && Share(b, Site.GenreB) > Share(a, Site.GenreB) + 0.15;
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

    /// <summary>Swipes through videos, watching one genre to its end and leaving the rest at once; the genres seen.</summary>
    private static async Task<List<string>> WatchAsync(Visit visit, string loved)
    {
        await visit.Page.GotoAsync("/");
        var genres = new List<string>();
        for (var number = 0; number < Videos; number++)
        {
            await visit.Current.WaitForAsync();
            var genre = await visit.Current.GetAttributeAsync("data-genre") ?? "";
            genres.Add(genre);
            await StepAsync(visit, genre == loved ? Site.ClipMs + 1200 : 250);
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

    private static double Share(string[] genres, string genre) => genres.Count(seen => seen == genre) / (double)genres.Length;
}
