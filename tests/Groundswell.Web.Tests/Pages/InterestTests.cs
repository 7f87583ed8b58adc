using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

/// <summary>The consent to say what one likes, in the sheet "Your taste".</summary>
public sealed class InterestTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Interests_AreFollowedByTheClipsAhead_AndForgottenByTheSwitch()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visit = await site.VisitAsync();
        await visit.OpenTasteAsync();
        await visit.Switch("Say what I like").CheckAsync();
        (await DeclaredAsync(visit)).ShouldBeEmpty("switched on, but nothing chosen yet");

        var next = await visit.Page.RunAndWaitForResponseAsync(() => Pick(visit, "Fractals").CheckAsync(), "**/v1/feed");
        await visit.Page.GetByText("1 chosen").WaitForAsync();
        (await Pick(visit, "Fractals").EvaluateAsync<bool>("element => element === document.activeElement")).ShouldBeTrue();
        (await DeclaredAsync(visit)).ShouldBe([Site.GenreA]);
        (await next.TextAsync()).ShouldContain("You said that you like Fractals.");

        await visit.OpenTasteAsync();
        (await Pick(visit, "Fractals").IsCheckedAsync()).ShouldBeTrue();
        await visit.Switch("Say what I like").UncheckAsync();
        await visit.Page.GetByText("Your interests are forgotten.").WaitForAsync();
        (await DeclaredAsync(visit)).ShouldBeEmpty();
        (await Pick(visit, "Fractals").CountAsync()).ShouldBe(0);
        visit.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Interests_EndAtFive_AndWithTheLastTheConsentGoes()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visit = await site.VisitAsync(1440, 900, dark: true);
        await visit.OpenTasteAsync();
        await visit.Switch("Say what I like").CheckAsync();
        string[] five = ["Animals", "Food", "Dance", "Music", "Comedy"];
        foreach (var (number, genre) in five.Index())
        {
            await Pick(visit, genre).CheckAsync();
            await visit.Page.GetByText($"{number + 1} chosen").WaitForAsync();
        }
        (await Pick(visit, "Gaming").IsDisabledAsync()).ShouldBeTrue();

        foreach (var (number, genre) in five.Index())
        {
            await Pick(visit, genre).UncheckAsync();
            if (number < 4) await visit.Page.GetByText($"{4 - number} chosen").WaitForAsync();
        }
        await visit.Page.GetByText("Your interests are forgotten.").WaitForAsync();
        (await visit.Switch("Say what I like").IsCheckedAsync()).ShouldBeFalse();
        visit.Errors.ShouldBeEmpty();
    }

    private static ILocator Pick(Visit visit, string genre) => visit.Page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = genre, Exact = true });

    private static Task<string[]> DeclaredAsync(Visit visit) =>
        visit.Page.EvaluateAsync<string[]>("async () => (await (await fetch('/v1/viewer/interests')).json()).interests");
}
