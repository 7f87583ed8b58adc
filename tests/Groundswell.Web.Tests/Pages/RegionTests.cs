using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

/// <summary>The consent to share a region, in the sheet "Your taste".</summary>
public sealed class RegionTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Region_IsSharedOnlyWhenItIsChosen_AndErasedByTheSwitch()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visit = await site.VisitAsync();
        await visit.OpenTasteAsync();
        (await visit.Switch("Share my region").IsCheckedAsync()).ShouldBeFalse();

        await visit.Switch("Share my region").CheckAsync();
        (await SharedAsync(visit)).ShouldBeNull("switched on, but nothing chosen yet");
        (await Choice(visit).EvaluateAsync<bool>("element => element === document.activeElement")).ShouldBeTrue();
        await Choice(visit).SelectOptionAsync("DE");
        await visit.Page.GetByText("Shared: Germany.").WaitForAsync();
        (await SharedAsync(visit)).ShouldBe("DE");

        await visit.OpenTasteAsync();
        (await visit.Switch("Share my region").IsCheckedAsync()).ShouldBeTrue();
        (await Choice(visit).InputValueAsync()).ShouldBe("DE");
        await visit.Switch("Share my region").UncheckAsync();
        await visit.Page.GetByText("no longer shared").WaitForAsync();
        (await SharedAsync(visit)).ShouldBeNull();
        (await Choice(visit).CountAsync()).ShouldBe(0);
        visit.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Region_SwitchedOnAndOffWithoutAChoice_SharesNothing()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visit = await site.VisitAsync(1440, 900, dark: true);
        await visit.OpenTasteAsync();

        await visit.Switch("Share my region").CheckAsync();
        await visit.Switch("Share my region").UncheckAsync();

        (await Choice(visit).CountAsync()).ShouldBe(0);
        (await SharedAsync(visit)).ShouldBeNull();
        visit.Errors.ShouldBeEmpty();
    }

    private static ILocator Choice(Visit visit) => visit.Page.GetByLabel("Country or territory");

    private static Task<string?> SharedAsync(Visit visit) =>
        visit.Page.EvaluateAsync<string?>("async () => (await (await fetch('/v1/viewer/region')).json()).region");
}
