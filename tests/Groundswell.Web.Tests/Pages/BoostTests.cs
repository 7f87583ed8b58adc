using Groundswell.Cluster;
using Groundswell.Core.Boosts;
using Groundswell.Core.Videos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

public sealed class BoostTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Boost_BeginsWithACapAReasonAndAnEnd_ShowsWhatCameOfIt_AndIsEnded()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        var engine = site.Server.Services.GetRequiredService<Engine>();
        var video = engine.Catalogue.Videos().First(video => video.Stage == VideoStage.Open).Id;
        await using var visit = await site.VisitAsync(1440, 900);
        await visit.SignInAsync(site.Account("operator"));
        await visit.Page.GotoAsync("/console");
        var form = visit.Page.GetByRole(AriaRole.Form, new PageGetByRoleOptions { Name = "Boost a video" });
        await form.GetByLabel("Video").FillAsync(new Uri(site.Server.Address, $"/v/{video}").ToString());
        await form.GetByLabel("Slots at most").FillAsync("25");
        await form.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Boost" }).ClickAsync();
        (await form.Locator(".error:not([hidden])").InnerTextAsync()).ShouldStartWith("Say why");
        visit.Errors.Clear();
        await form.GetByLabel("Reason").FillAsync("The harbour clean-up");
        await form.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Boost" }).ClickAsync();

        var item = visit.Page.Locator("#boosts-list li[data-status=running]");
        await item.WaitForAsync();
        (await item.InnerTextAsync()).ShouldContain("0 of 25 slots");
        (await item.InnerTextAsync()).ShouldContain("The harbour clean-up");
        engine.Catalogue.Boosts.Read(board => board.LatestOf(video))!.Status(engine.Now).ShouldBe(BoostStatus.Running);

        await item.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "End" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "End it" }).ClickAsync();
        await visit.Page.Locator("#boosts-list li[data-status=ended]").WaitForAsync();
        visit.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Feed_SaysOfABoostedClipThatTheOperatorPromotedIt()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visit = await site.VisitAsync();
        // Which page has a boosted slot is drawn; the label is the page's own.
        await visit.Page.RouteAsync("**/v1/feed", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = (await answer.TextAsync()).Replace("\"label\":null", "\"label\":\"boosted\"") });
        });
        await visit.Page.GotoAsync("/");

        await visit.Current.GetByText("Promoted by the operator").WaitForAsync();
        visit.Errors.ShouldBeEmpty();
    }
}
