using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Uploads;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Demo.Seeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Orleans;
using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

/// <summary>One video's whole path as its creator reads it: every step in words, with the numbers that decided, and what its audience did.</summary>
public sealed class JourneyTests(Site site) : IClassFixture<Site>
{
    private const int Number = 100_001;
    private const int Finished = 5;

    [Theory]
    [InlineData(390, 844, false)]
    [InlineData(1440, 900, true)]
    public async Task Journey_TellsTheWholePath_InWordsAndNumbers(int width, int height, bool dark)
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        var video = await LiveAsync();
        await using var visit = await site.VisitAsync(width, height, dark);
        await visit.SignInAsync(site.Account("operator"));
        var page = visit.Page;
        await page.GotoAsync($"/studio#{video}");

        var journey = page.GetByRole(AriaRole.List, new PageGetByRoleOptions { Name = "Journey" });
        await journey.WaitForAsync();
        (await journey.GetByRole(AriaRole.Heading).AllInnerTextsAsync()).ShouldBe(["Uploaded", "Analysed", "Reviewed", "Test batch", "Widening", "Paused"]);
        (await StepAsync("widening")).ShouldBe([
            "Its test audience liked it: 4.69 points a view over 17 views, and the chance that it is better than its peers (2.98) is 97 %. It widens.",
            "score 4.69 points a view", "give or take 0.97", "gate 2.98", "sure that it is above 97 %", "widens from 90 %", "pauses at 10 %",
            "expected before 2.40 points a view", "which counts as 12 views", "of that by earlier videos +0.31", "compared with 40 videos", "earned 100 points", "watched 17 times", "wave 1",
            "By the rules in force then, rules-test",
        ]);
        (await StepAsync("paused")).ShouldBe([
            "The wider audience did not take to it: 1.20 points a view over 64 views against a gate of 2.90. It is paused.",
            "score 1.20 points a view", "gate 2.90", "sure that it is above 2 %", "watched 64 times", "By the rules in force then, rules-test",
        ]);
        (await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).InnerTextAsync()).ShouldStartWith("The wider audience did not take to it");

        var range = await page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { NameRegex = new("points a view") }).GetAttributeAsync("aria-label");
        range.ShouldNotBeNull().ShouldContain($"in the {Finished} views of its trial");
        range.ShouldContain("The gate is");
        (await page.GetByRole(AriaRole.Row, new PageGetByRoleOptions { Name = "Watched to the end" }).InnerTextAsync()).Split().Where(word => word.Length > 0)
            .ShouldBe(["Watched", "to", "the", "end", $"{Finished}", $"{Finished * 8}", "100", "%"]);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, "nothing is wider than the screen");
        visit.Errors.ShouldBeEmpty();

        async Task<string[]> StepAsync(string stage)
        {
            var step = journey.Locator($"li[data-stage={stage}]");
            var parts = await step.Locator(".timeline-text, .number-chip, .timeline-by").AllInnerTextsAsync();
            return [.. parts.Select(part => string.Join(' ', part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
        }
    }

    [Fact]
    public async Task Journey_OfANiche_SaysAmongWhomItGoesOn()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        var engine = site.Server.Services.GetRequiredService<Engine>();
        var (seed, at) = (new CatalogueSeed(Taxonomy.Default, 7), engine.Now);
        var (id, creator) = (seed.Id(Number + 1), seed.Creator(Number + 1));
        var clusters = new CohortsDrawn(at, 1, [new TasteCluster(1, 500, [0, 3], [.. new float[Taxonomy.Default.Count]])], 1, 500, 3_000, "test");
        Dress(id, engine.Catalogue.Videos()[0].Id);
        await engine.Ledger.AppendAsync(
        [
            clusters, .. seed.Video(Number + 1, at, open: false, genre: 0, Site.ClipMs),
            new VideoMoved(at, id, creator, VideoStage.Testing, VideoStage.Widening, 1, Reason.Of(
                ReasonCode.NicheFound, ("score", 6.1), ("gate", 2.9), ("probability", 0.96), ("views", 18)), "rules-test") { Niche = [1] },
        ], CancellationToken.None);
        await site.Server.Services.GetRequiredService<LedgerFollower>().QuietAsync(CancellationToken.None);
        await FinishAsync(id, creator);
        var name = $"“{clusters.Clusters[0].Title(Taxonomy.Default)}”";
        await using var visit = await site.VisitAsync(390, 844, dark: false);
        await visit.SignInAsync(site.Account("operator"));
        await visit.Page.GotoAsync($"/studio#{id}");

        var journey = visit.Page.GetByRole(AriaRole.List, new PageGetByRoleOptions { Name = "Journey" });
        await journey.WaitForAsync();

        (await journey.GetByRole(AriaRole.Heading).AllInnerTextsAsync())[^1].ShouldBe("Widening, niche");
        (await journey.Locator(".timeline-text").Last.InnerTextAsync()).ShouldStartWith($"It stops for most viewers and goes on among {name}: 6.10 points a view over 18 views there");
        (await visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).InnerTextAsync()).ShouldStartWith($"It stops for most viewers and goes on among {name}");
        await visit.Page.GetByText($"Among {name}, where it goes on; it stops for everybody else.").WaitForAsync();
        (await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, "nothing is wider than the screen");
        visit.Errors.ShouldBeEmpty();
    }

    /// <summary>A video that widened and was paused, and then was finished by viewers whom a test batch had given it.</summary>
    private async Task<VideoId> LiveAsync()
    {
        var engine = site.Server.Services.GetRequiredService<Engine>();
        var seed = new CatalogueSeed(Taxonomy.Default, 7);
        var (id, creator) = (seed.Id(Number), seed.Creator(Number));
        if (engine.Catalogue.Video(id) is not null) return id;

        var at = engine.Now - TimeSpan.FromHours(2);
        LedgerEntry[] path =
        [
            .. seed.Video(Number, at, open: false, genre: 0, Site.ClipMs),
            new VideoMoved(at.AddMinutes(30), id, creator, VideoStage.Testing, VideoStage.Widening, 1, Reason.Of(
                ReasonCode.GateCleared, ("score", 4.69), ("deviation", 0.97), ("gate", 2.98), ("probability", 0.97), ("points", 100), ("views", 17), ("wave", 1),
                ("widen_at", 0.9), ("pause_at", 0.1), ("peers", 40), ("prior", 2.4), ("prior_views", 12), ("authority", 0.31)), "rules-test"),
            new VideoMoved(at.AddMinutes(60), id, creator, VideoStage.Widening, VideoStage.Paused, 0, Reason.Of(
                ReasonCode.WaveMissed, ("score", 1.2), ("gate", 2.9), ("probability", 0.02), ("views", 64), ("wave", 0)), "rules-test"),
        ];
        Dress(id, engine.Catalogue.Videos()[0].Id);
        await engine.Ledger.AppendAsync(path, CancellationToken.None);
        var follower = site.Server.Services.GetRequiredService<LedgerFollower>();
        await follower.QuietAsync(CancellationToken.None);
        await FinishAsync(id, creator);
        return id;
    }

    /// <summary>Viewers whom a test batch had given it watch it to the end.</summary>
    private async Task FinishAsync(VideoId id, CreatorId creator)
    {
        var engine = site.Server.Services.GetRequiredService<Engine>();
        var grains = site.Server.Services.GetRequiredService<IGrainFactory>();
        for (var number = 0; number < Finished; number++)
        {
            var viewer = new ViewerId(id.Value % 1_000_000 + number);
            var slot = new Slot(viewer, id, creator, new RequestId(viewer.Value), 1, engine.Now - TimeSpan.FromSeconds(30), SlotSource.TestBatch, default, false, 1);
            var play = new Signal("p", SignalType.PlayEnd, engine.Now, engine.Now, id, slot, new PlayReport(Site.ClipMs, Site.ClipMs, Site.ClipMs, 0, EndReason.Swipe));
            await grains.GetGrain<IViewerGrain>(viewer.Value).Record([play], null);
        }
        await site.Server.Services.GetRequiredService<LedgerFollower>().QuietAsync(CancellationToken.None);
    }

    /// <summary>The clip, poster and strip of another video.</summary>
    private void Dress(VideoId video, VideoId like)
    {
        var files = site.Server.Services.GetRequiredService<MediaFiles>();
        var folder = Directory.CreateDirectory(files.Folder(video)).FullName;
        foreach (var file in Directory.GetFiles(files.Folder(like))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }
}
