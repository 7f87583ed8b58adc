using Groundswell.Cluster;
using Groundswell.Cluster.Videos;
using Groundswell.Core.Videos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

/// <summary>A creator uploads a real file in a real browser and reads what became of it; a reviewer decides by keyboard; the operator looks on.</summary>
public sealed class StudioTests(Site site) : IClassFixture<Site>
{
    private static readonly LocatorWaitForOptions Patient = new() { Timeout = 60_000 };

    [Fact]
    public async Task Upload_IsConvertedReviewedAndTested_AndItsJourneySaysSo()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        var clip = Path.Combine(Directory.CreateTempSubdirectory("groundswell-upload-").FullName, "seahorse.webm");
        await Site.FfmpegAsync("-f", "lavfi", "-i", "mandelbrot=s=270x480:r=12:end_pts=60", "-t", "3", "-c:v", "libvpx", "-deadline", "realtime", clip);
        await using var visit = await site.VisitAsync(1440, 900);
        await visit.SignInAsync(site.Account("creator"));
        await visit.Page.GotoAsync("/studio");

        await visit.Page.GetByLabel("Choose videos").SetInputFilesAsync(clip);
        await visit.Page.GetByLabel("Caption").First.FillAsync("Into the seahorse valley #fractals #zoom");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Upload") }).First.ClickAsync();
        await visit.Page.Locator("[data-video-id][data-stage=testing]").First.WaitForAsync(Patient);
        var id = await visit.Page.Locator("[data-video-id][data-stage=testing]").First.GetAttributeAsync("data-video-id");
        await visit.Page.GotoAsync($"/studio#{id}");
        await visit.Page.ReloadAsync();

        var journey = visit.Page.GetByRole(AriaRole.List, new PageGetByRoleOptions { Name = "Journey" });
        await journey.WaitForAsync();
        (await journey.GetByRole(AriaRole.Listitem).CountAsync()).ShouldBeGreaterThanOrEqualTo(4);
        (await journey.InnerTextAsync()).ShouldContain("machine review");
        visit.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reviewer_DecidesByKeyboard_AndTheVideoMovesOn()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        var engine = site.Server.Services.GetRequiredService<Engine>();
        var video = engine.Catalogue.Videos().First(video => video.Stage == VideoStage.Open);
        var grain = site.Server.Services.GetRequiredService<IGrainFactory>().GetGrain<IVideoGrain>(video.Id.Value);
        await grain.Move(VideoStage.Open, VideoStage.HumanReview, Reason.Of(ReasonCode.Reported, ("reports", 3)), "test");
        await using var visit = await site.VisitAsync(1440, 900);
        await visit.SignInAsync(site.Account("reviewer"));
        await visit.Page.GotoAsync("/review");
        await visit.Page.GetByRole(AriaRole.List, new PageGetByRoleOptions { Name = "Waiting clips" }).GetByRole(AriaRole.Listitem).First.WaitForAsync();

        await visit.Page.Keyboard.PressAsync("r");
        await visit.Page.Keyboard.PressAsync("1");
        await visit.Page.Keyboard.PressAsync("Enter");

        for (var tries = 0; engine.Catalogue.Video(video.Id)?.Stage != VideoStage.Rejected && tries < 100; tries++) await visit.Page.WaitForTimeoutAsync(150);
        engine.Catalogue.Video(video.Id)?.Stage.ShouldBe(VideoStage.Rejected);
        engine.Catalogue.Video(video.Id)?.LastReason?.Code.ShouldBe(ReasonCode.PersonRejected);
        visit.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(1440, 900)]
    public async Task Console_ShowsStagesTrafficAndRules_WithoutAnError(int width, int height)
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visit = await site.VisitAsync(width, height);
        await visit.SignInAsync(site.Account("operator"));
        await visit.Page.GotoAsync("/console");
        await visit.Page.GetByText("Rules in force").First.WaitForAsync();
        await visit.Page.GetByText("rules-").First.WaitForAsync();
        (await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);
        visit.Errors.ShouldBeEmpty();
    }
}
