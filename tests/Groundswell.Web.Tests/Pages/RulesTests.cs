using Groundswell.Cluster;
using Groundswell.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

public sealed class RulesTests(Site site) : IClassFixture<Site>
{
    private Engine Engine => site.Server.Services.GetRequiredService<Engine>();

    [Theory]
    [InlineData(390, 844, false)]
    [InlineData(1440, 900, true)]
    public async Task AnOperator_IsToldWhatIsWrong_TriesTheRulesOut_AndPutsThemInForce(int width, int height, bool dark)
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visit = await site.VisitAsync(width, height, dark);
        await visit.SignInAsync(site.Account("operator"));
        var page = visit.Page;
        await page.GotoAsync("/console");
        await Button("Change rules").ClickAsync();
        await page.GetByLabel("Find a rule").FillAsync("gate");
        await Field("gate.widen_at").FillAsync("0.95");
        await Field("gate.absolute").FillAsync("high");
        await page.Locator("#rules-bar", new PageLocatorOptions { HasText = "2 rules changed" }).WaitForAsync();

        await Button("Dry run").ClickAsync();
        await page.Locator("[data-rule='gate.absolute'] .error", new PageLocatorOptions { HasText = "gate.absolute is \"high\", but must be a number, at least 0, or null." }).WaitForAsync();
        (await Field("gate.absolute").EvaluateAsync<bool>("field => field === document.activeElement")).ShouldBeTrue();
        Engine.InForce.Version.ShouldBe(new Rules().Version);

        await Field("gate.absolute").FillAsync("");
        await Button("Dry run").ClickAsync();
        var dry = page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Dry run" });
        await dry.GetByText("No trial ended in this time, and none would have.").WaitForAsync();
        await dry.GetByText("What this cannot know").ClickAsync();
        await dry.GetByText("The views are those that really came in").WaitForAsync();
        (await OverflowAsync(page)).ShouldBe(0, "nothing is wider than the screen");
        await dry.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Put in force" }).ClickAsync();

        var confirm = page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Put these rules in force?" });
        (await confirm.Locator(".changes li").AllInnerTextsAsync()).ShouldHaveSingleItem().ReplaceLineEndings(" ").ShouldContain("gate.widen_at");
        await confirm.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Put in force" }).ClickAsync();
        await page.GetByText("are in force.").WaitForAsync();
        Engine.Rules.Gate.WidenAt.ShouldBe(0.95);
        await page.Locator("#rules-table .is-set[data-rule='gate.widen_at']", new PageLocatorOptions { HasText = "shipped: 0.9" }).WaitForAsync();

        await Button("History").ClickAsync();
        var history = page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "What the rules were" });
        await history.Locator(".versions > li").First.WaitForAsync();
        (await history.Locator(".versions > li").First.InnerTextAsync()).ShouldContain("set by operator");
        await page.Keyboard.PressAsync("Escape");

        await Button("Change rules").ClickAsync();
        await page.Locator("[data-rule='gate.widen_at']").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Reset to 0.9, as shipped" }).ClickAsync();
        await Button("Put in force").ClickAsync();
        await confirm.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Put in force" }).ClickAsync();
        // The form leaves once the server has answered; the table it replaces was gone before.
        await page.Locator("#rules-bar").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        Engine.InForce.Version.ShouldBe(new Rules().Version);
        visit.Errors.ShouldAllBe(error => error.Contains("422", StringComparison.Ordinal), "the browser notes the refusal, and nothing else went wrong");

        ILocator Field(string path) => page.Locator($"[data-rule='{path}'] input");
        ILocator Button(string name) => page.Locator("#rules").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true });
    }

    [Fact]
    public async Task WhatSomebodyElseHasSet_IsNotOverwritten()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visit = await site.VisitAsync(1440, 900);
        await visit.SignInAsync(site.Account("operator"));
        await visit.Page.GotoAsync("/console");
        var rules = visit.Page.Locator("#rules");
        await rules.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Change rules" }).ClickAsync();
        await rules.GetByText("What each action is worth").ClickAsync();
        await visit.Page.Locator("[data-rule='points.like'] input").FillAsync("3");

        var enactment = site.Server.Services.GetRequiredService<Cluster.RuleBook.RulesEnactment>();
        await enactment.EnactAsync(new Rules { Points = new(Share: 7) }, "ada", null, CancellationToken.None);
        await rules.GetByText("Someone has set").WaitForAsync();
        (await rules.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Put in force" }).IsDisabledAsync()).ShouldBeTrue();
        await rules.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Discard" }).ClickAsync();
        await visit.Page.Locator("#rules-table .is-set[data-rule='points.share']").WaitForAsync();
        await enactment.EnactAsync(new Rules(), "ada", null, CancellationToken.None);
        visit.Errors.ShouldBeEmpty();
    }

    private static Task<int> OverflowAsync(IPage page) => page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)");
}
