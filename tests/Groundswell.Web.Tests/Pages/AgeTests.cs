using System.Text.RegularExpressions;
using Groundswell.Cluster;
using Groundswell.Cluster.Videos;
using Groundswell.Core.Videos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Orleans;
using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

/// <summary>How old viewers say they are, and what a reviewer says is for adults only.</summary>
public sealed partial class AgeTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Age_UnderEighteen_SwitchesPersonalisationOff_AndAPauseIsOfferedInTime()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visit = await site.VisitAsync();
        // An hour in no time: every page says that the pause is due.
        await visit.Page.RouteAsync("**/v1/feed", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = PauseIn().Replace(await answer.TextAsync(), "\"pause_in_ms\":0") });
        });
        await visit.OpenTasteAsync();
        await visit.Switch("Say how old I am").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Under 18" }).CheckAsync();

        await visit.Page.GetByText("A pause is offered every hour").WaitForAsync();
        await visit.Page.GetByText("rests meanwhile").WaitForAsync();
        (await visit.Switch("Personalise my feed").IsCheckedAsync()).ShouldBeFalse();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.GetByText("Time for a pause?").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Keep watching" }).ClickAsync();
        await visit.Page.GetByText("Time for a pause?").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        visit.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reviewer_MarksAClipForAdults_ByKeyboard()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        var engine = site.Server.Services.GetRequiredService<Engine>();
        var video = engine.Catalogue.Videos()[0];
        await site.Server.Services.GetRequiredService<IGrainFactory>().GetGrain<IVideoGrain>(video.Id.Value)
            .Move(video.Stage, VideoStage.HumanReview, Reason.Of(ReasonCode.Reported, ("reports", 3)), "machine");
        await using var visit = await site.VisitAsync(1440, 900);
        await visit.SignInAsync(site.Account("reviewer"));
        await visit.Page.GotoAsync("/review");

        await visit.Switch("For adults only").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Space");

        await visit.Page.GetByText("Marked as for adults only.").WaitForAsync();
        engine.Catalogue.Video(video.Id).ShouldNotBeNull().AdultsOnly.ShouldBeTrue();
        visit.Errors.ShouldBeEmpty();
    }

    [GeneratedRegex("\"pause_in_ms\":\\d+")]
    private static partial Regex PauseIn();
}
