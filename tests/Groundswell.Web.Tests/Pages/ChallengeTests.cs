using Groundswell.Cluster;
using Groundswell.Core.Genres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

/// <summary>An operator opens a challenge, a viewer looks at it, a creator takes part.</summary>
public sealed class ChallengeTests(Site site) : IClassFixture<Site>
{
    private static readonly LocatorWaitForOptions Patient = new() { Timeout = 60_000 };

    private Engine Engine => site.Server.Services.GetRequiredService<Engine>();

    [Fact]
    public async Task Challenge_IsOpenedInTheConsole_WatchedOnItsPage_AndTakenPartInFromTheStudio()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visit = await site.VisitAsync(1440, 900);
        await visit.SignInAsync(site.Account("operator"));
        await visit.Page.GotoAsync("/console");
        var form = visit.Page.GetByRole(AriaRole.Form, new PageGetByRoleOptions { Name = "Open a challenge" });
        await form.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Open challenge" }).ClickAsync();
        await form.Locator(".error:not([hidden])").First.WaitForAsync();
        visit.Errors.Clear();
        await form.GetByLabel("Title").FillAsync("Look at that");
        await form.GetByLabel("What it asks for").FillAsync("Anything that makes us look twice.");
        await form.GetByLabel("Hashtags").FillAsync("#look #twice");
        await form.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Open challenge" }).ClickAsync();
        await visit.Page.Locator("li[data-slug=look-at-that][data-status=open]").WaitForAsync();

        await visit.Page.GotoAsync("/challenges");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Look at that" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Look at that" }).WaitForAsync();
        (await visit.Page.Locator(".tile").CountAsync()).ShouldBe(0, "nobody takes part yet");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Take part" }).First.ClickAsync();

        await visit.Page.GetByText("Taking part in “Look at that”").WaitForAsync();
        var clip = Path.Combine(Directory.CreateTempSubdirectory("groundswell-challenge-").FullName, "twice.webm");
        await Site.FfmpegAsync("-f", "lavfi", "-i", "life=s=270x480:r=12:ratio=0.4:seed=7", "-t", "3", "-c:v", "libvpx", "-deadline", "realtime", clip);
        await visit.Page.GetByLabel("Choose videos").SetInputFilesAsync(clip);
        (await visit.Page.GetByLabel("Caption").First.InputValueAsync()).ShouldBe("#look ");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Upload") }).First.ClickAsync();
        await visit.Page.Locator("[data-video-id][data-stage=testing]").First.WaitForAsync(Patient);

        await visit.Page.GotoAsync("/challenges/look-at-that");
        await visit.Page.Locator(".tile").WaitForAsync();
        visit.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(390, 844, false)]
    [InlineData(1440, 900, true)]
    public async Task ChallengePage_ShowsItsClipsWhichOpenInTheFeed(int width, int height, bool dark)
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        var tag = Taxonomy.Default.Genres.Single(genre => genre.Name == Site.GenreA).Words[0];
        await OpenAsync($"seen-{width}", tag);
        await using var visit = await site.VisitAsync(width, height, dark);
        await visit.Page.GotoAsync($"/challenges/seen-{width}");
        var first = visit.Page.Locator(".tile a").First;
        await first.WaitForAsync();
        (await visit.Page.Locator(".tile").CountAsync()).ShouldBe(Engine.Catalogue.Videos().Count(video => video.Hashtags.Contains(tag)));
        (await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);

        var id = await visit.Page.Locator(".tile").First.GetAttributeAsync("data-video-id");
        await first.ClickAsync();
        await visit.Current.WaitForAsync();
        (await visit.Current.GetAttributeAsync("data-video-id")).ShouldBe(id);
        await visit.Current.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = $"Challenge: Seen {width}" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = $"Seen {width}" }).WaitForAsync();
        visit.Errors.ShouldBeEmpty();
        await site.CloseChallengeAsync($"seen-{width}");
    }

    /// <summary>A challenge that the seeded clips, two hours old, take part in.</summary>
    private Task OpenAsync(string slug, string tag) => site.OpenChallengeAsync(slug, $"Seen {slug[5..]}", tag);
}
