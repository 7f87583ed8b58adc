using System.Text.Json;
using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Core;
using Groundswell.Core.Experiments;
using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

public sealed class ExperimentTests(Site site) : IClassFixture<Site>
{
    private Engine Engine => site.Server.Services.GetRequiredService<Engine>();

    [Fact]
    public async Task Experiment_StartsFromTheConsole_SaysWhatItHasFound_AndIsStopped()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        await using var visit = await site.VisitAsync(1440, 900);
        await visit.SignInAsync(site.Account("operator"));
        await visit.Page.GotoAsync("/console");
        var form = visit.Page.GetByRole(AriaRole.Form, new PageGetByRoleOptions { Name = "Start an experiment" });
        await form.GetByLabel("Name").FillAsync("Fewer early skips");
        await form.GetByLabel("What you expect").FillAsync("A dearer skip keeps people");
        await form.GetByLabel("Rule to vary").SelectOptionAsync("feed.skip_penalty");
        (await form.GetByLabel("Value of the treatment").InputValueAsync()).ShouldBe("3", "as it is in force");
        await form.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Start" }).ClickAsync();
        (await form.Locator(".error:not([hidden])").InnerTextAsync()).ShouldBe("The treatment changes nothing of the rules in force.");
        visit.Errors.Clear();
        await form.GetByLabel("Value of the treatment").FillAsync("5");
        await form.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Start" }).ClickAsync();

        var item = visit.Page.Locator("#experiments-list li[data-status=running]");
        await item.WaitForAsync();
        (await item.InnerTextAsync()).ShouldContain("feed.skip_penalty: 3 → 5");
        (await item.InnerTextAsync()).ShouldContain("0 of 100 viewers in each arm");

        await LiveAsync(Engine.Experiments.Read(board => board.Current)[0].Id);
        await visit.Page.ReloadAsync();
        var table = visit.Page.GetByRole(AriaRole.Table, new PageGetByRoleOptions { Name = "Each interval holds however often you look" });
        await table.WaitForAsync();
        var rows = await table.GetByRole(AriaRole.Row).AllInnerTextsAsync();
        rows.ShouldContain(row => row.StartsWith("Points a view\t") && row.Contains("Surely better, by about 40"));
        rows.ShouldContain(row => row.StartsWith("Views that ended a session\t") && row.Contains("No difference is sure yet"));

        await item.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Stop" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Stop it" }).ClickAsync();
        var stopped = visit.Page.Locator("#experiments-list li[data-status=stopped]").Filter(new LocatorFilterOptions { HasText = "Fewer early skips" });
        (await stopped.InnerTextAsync()).ShouldContain("operator stopped it.");
        visit.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Experiment_ThatAGuardrailStopped_SaysOnWhichNumbers()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        var rules = JsonSerializer.Deserialize<JsonElement>("""{ "feed": { "genre_fatigue": 0 } }""");
        var plan = new ExperimentPlan("No fatigue", ExperimentUnit.Viewer, rules, 0.5, Engine.Now, null, "Let them have more of the same");
        await Engine.Ledger.AppendAsync(
            [
                new ExperimentStarted(Engine.Now, new ExperimentId(77), plan, Engine.Rules.Experiments.TermsFor(plan.Unit), "operator"),
                new ExperimentStopped(Engine.Now, new ExperimentId(77), StopCause.Guardrail, new Effect(Measure.ExitRate, 0.1, 0.15, 0.05, 0.02, 0.08), null, "guardrail"),
            ], CancellationToken.None);
        await site.Server.Services.GetRequiredService<LedgerFollower>().QuietAsync(CancellationToken.None);
        await using var visit = await site.VisitAsync();
        await visit.SignInAsync(site.Account("operator"));
        await visit.Page.GotoAsync("/console");

        var item = visit.Page.Locator("#experiments-list li").Filter(new LocatorFilterOptions { HasText = "No fatigue" });
        (await item.InnerTextAsync()).ShouldContain(
            "A guardrail stopped it. Views that ended a session: 15.0 % with the treatment, 10.0 % without; surely at least 2.0 % more, where 1.0 % are allowed.".Replace(" %", " %"));
        visit.Errors.ShouldBeEmpty();
    }

    /// <summary>Three hundred viewers' day: with the treatment views earn two fifths more.</summary>
    private async Task LiveAsync(ExperimentId id)
    {
        var (video, at) = (Engine.Catalogue.Videos()[0], Engine.Now.AddHours(-30));
        var entries = new List<LedgerEntry>();
        for (var viewer = 1; viewer <= 300; viewer++)
        {
            var arm = viewer % 2 == 0 ? Arm.Treatment : Arm.Control;
            entries.Add(new PageServed(at, new ViewerId(viewer), new RequestId(viewer), FeedMode.Personalised, "test", []) { Enrolments = [new Enrolment(id, arm)] });
            var points = (arm == Arm.Treatment ? 12 : 8) + (viewer % 5);
            entries.Add(new SignalRecorded(
                at.AddMinutes(1), $"lived-{viewer}", SignalType.PlayEnd, at.AddMinutes(1), new ViewerId(viewer), video.Id, video.Creator, null, null, null, false, null,
                new ViewChange(null, new View(at, Actions.Completion, true, 1000, 1000, 0, EarlySkip: viewer % 7 == 0, false, Exited: viewer % 10 < 2)), 0, points, null));
        }
        entries.Add(new PageServed(Engine.Now, new ViewerId(1), new RequestId(9_000), FeedMode.Personalised, "test", []));
        await Engine.Ledger.AppendAsync(entries, CancellationToken.None);
        await site.Server.Services.GetRequiredService<LedgerFollower>().QuietAsync(CancellationToken.None);
    }
}
