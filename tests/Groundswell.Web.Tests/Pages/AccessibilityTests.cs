using System.Text.Json;
using Groundswell.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

/// <summary>axe-core on every page, at phone and desktop size, light and dark: nothing serious or critical.</summary>
public sealed class AccessibilityTests(Site site) : IClassFixture<Site>
{
    public static TheoryData<string, string?, int, int, bool> Pages()
    {
        var data = new TheoryData<string, string?, int, int, bool>();
        foreach (var (path, account) in new (string, string?)[] { ("/", null), ("/signin", null), ("/studio", "creator"), ("/studio#journey", "operator"), ("/review", "reviewer"), ("/console", "operator"), ("/nowhere", null), ("/challenges", null), ("/challenges/axe", null) })
        {
            data.Add(path, account, 390, 844, false);
            data.Add(path, account, 1440, 900, true);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_HasNoSeriousAccessibilityViolation(string path, string? account, int width, int height, bool dark)
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        var axe = AxePath();
        Assert.SkipWhen(axe is null, "axe-core is not installed; ./test installs it");
        // An open challenge is on several pages, so it is there for each.
        await site.OpenChallengeAsync("axe", "Axe", Core.Genres.Taxonomy.Default.Genres[0].Words[0]);
        await using var visit = await site.VisitAsync(width, height, dark, bypassCsp: true);
        if (account is not null) await visit.SignInAsync(site.Account(account));
        var journey = path.EndsWith("#journey", StringComparison.Ordinal);
        await visit.Page.GotoAsync(journey ? $"/studio#{site.Server.Services.GetRequiredService<Engine>().Catalogue.Videos()[0].Id}" : path);
        await visit.Page.WaitForLoadStateAsync(LoadState.Load);
        if (journey) await visit.Page.Locator(".timeline").WaitForAsync();
        await visit.Page.Locator("[aria-busy=true]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        (await ViolationsAsync(visit, axe)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(390, 844, false)]
    [InlineData(1440, 900, true)]
    public async Task TasteSheet_HasNoSeriousAccessibilityViolation(int width, int height, bool dark)
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        var axe = AxePath();
        Assert.SkipWhen(axe is null, "axe-core is not installed; ./test installs it");
        await using var visit = await site.VisitAsync(width, height, dark, bypassCsp: true);
        await visit.OpenTasteAsync();
        foreach (var consent in (string[])["Say what I like", "Share my region", "Say how old I am"]) await visit.Switch(consent).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Under 18" }).CheckAsync();
        await visit.Page.GetByText("A pause is offered every hour").WaitForAsync();

        (await ViolationsAsync(visit, axe)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/studio")]
    [InlineData("/review")]
    [InlineData("/console")]
    public async Task Page_OfARole_AsksAStrangerToSignIn(string path)
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync(path);
        await visit.Page.Locator("main a[href^='/signin?return=']").First.WaitForAsync();
        visit.Errors.ShouldBeEmpty();
    }

    private static async Task<string[]> ViolationsAsync(Visit visit, string axe)
    {
        await visit.Page.AddScriptTagAsync(new PageAddScriptTagOptions { Path = axe });
        var result = await visit.Page.EvaluateAsync<JsonElement>("() => axe.run(document, { resultTypes: ['violations'] })");
        return
        [
            .. result.GetProperty("violations").EnumerateArray()
                .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
                .Select(violation => $"{violation.GetProperty("id")}: {violation.GetProperty("nodes")[0].GetProperty("html")}"),
        ];
    }

    private static string? AxePath()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "node_modules", "axe-core", "axe.min.js");
            if (File.Exists(candidate)) return candidate;
        }
        return null;
    }
}
