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
        await OpenAsync(visit);
        (await Switch(visit).IsCheckedAsync()).ShouldBeFalse();

        await Switch(visit).CheckAsync();
        (await SharedAsync(visit)).ShouldBeNull("switched on, but nothing chosen yet");
        (await Choice(visit).EvaluateAsync<bool>("element => element === document.activeElement")).ShouldBeTrue();
        await Choice(visit).SelectOptionAsync("DE");
        await visit.Page.GetByText("Shared: Germany.").WaitForAsync();
        (await SharedAsync(visit)).ShouldBe("DE");

        await OpenAsync(visit);
        (await Switch(visit).IsCheckedAsync()).ShouldBeTrue();
        (await Choice(visit).InputValueAsync()).ShouldBe("DE");
        await Switch(visit).UncheckAsync();
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
        await OpenAsync(visit);

        await Switch(visit).CheckAsync();
        await Switch(visit).UncheckAsync();

        (await Choice(visit).CountAsync()).ShouldBe(0);
        (await SharedAsync(visit)).ShouldBeNull();
        visit.Errors.ShouldBeEmpty();
    }

    private static async Task OpenAsync(Visit visit)
    {
        await visit.Page.GotoAsync("/");
        await visit.Current.WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Your taste" }).First.ClickAsync();
        await Switch(visit).WaitForAsync();
    }

    private static ILocator Switch(Visit visit) => visit.Page.GetByRole(AriaRole.Switch, new PageGetByRoleOptions { Name = "Share my region" });

    private static ILocator Choice(Visit visit) => visit.Page.GetByLabel("Country or territory");

    private static Task<string?> SharedAsync(Visit visit) =>
        visit.Page.EvaluateAsync<string?>("async () => (await (await fetch('/v1/viewer/region')).json()).region");
}
