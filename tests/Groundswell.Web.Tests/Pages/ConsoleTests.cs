using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Signals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Orleans;
using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

public sealed class ConsoleTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Console_SaysOfEachRule_WhatItKeptFromCounting()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await CheatAsync();
        await using var visit = await site.VisitAsync();
        await visit.SignInAsync(site.Account("operator"));
        await visit.Page.GotoAsync("/console");
        var card = visit.Page.Locator("#disqualified");
        await card.Locator(".meter-row").First.WaitForAsync();

        (await card.Locator(".meter-row").AllInnerTextsAsync()).Select(text => text.ReplaceLineEndings(" ")).ShouldBe([
            "It does not answer a slot that this engine served. 5 · 40 pts",
            "Likes, comments and shares count once enough of the video has been watched. 2 · 4 pts",
        ]);
        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Two weeks" }).ClickAsync();
        (await card.Locator("p").InnerTextAsync()).ShouldBe("In the last two weeks 7 signals with 44 points left out of every score, each kept with its reason.");
        visit.Errors.ShouldBeEmpty();
    }

    /// <summary>Five completions that answer no slot, and two likes of what was never watched.</summary>
    private async Task CheatAsync()
    {
        var engine = site.Server.Services.GetRequiredService<Engine>();
        var grains = site.Server.Services.GetRequiredService<IGrainFactory>();
        var video = engine.Catalogue.Videos()[0];
        for (var number = 0; number < 7; number++)
        {
            var viewer = new ViewerId(100 + number);
            var slot = new Slot(viewer, video.Id, video.Creator, new RequestId(number), 0, engine.Now, SlotSource.Personal, default, false, 1);
            var like = new Signal("l", SignalType.Like, engine.Now, engine.Now, video.Id, slot);
            var play = new Signal("p", SignalType.PlayEnd, engine.Now, engine.Now, video.Id, null, new PlayReport(Site.ClipMs, Site.ClipMs, Site.ClipMs, 0, EndReason.Swipe));
            await grains.GetGrain<IViewerGrain>(viewer.Value).Record([number < 5 ? play : like], null);
        }
        await site.Server.Services.GetRequiredService<LedgerFollower>().QuietAsync(CancellationToken.None);
    }
}
