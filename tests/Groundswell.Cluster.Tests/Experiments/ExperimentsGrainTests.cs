using System.Text.Json;
using Groundswell.Cluster.Experiments;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.RuleBook;
using Groundswell.Cluster.Tests.Retention;
using Groundswell.Cluster.Tests.RuleBook;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Experiments;
using Groundswell.Core.Feed;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Demo.Seeds;
using Groundswell.Ranking.Feed;
using Groundswell.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Groundswell.Cluster.Tests.Experiments;

/// <summary>Experiments through the real grains, in simulated time.</summary>
public sealed class ExperimentsGrainTests
{
    private const ulong Seed = 5;
    private const int Viewers = 160;
    private const int Genres = 6;
    private static readonly Rules Rules = new() { Experiments = new ExperimentRules(HoldOutShare: 0.1, LeastUnits: 20, TightestAt: 100) };
    private int _requests = 1_000_000;

    /// <summary>The treatment puts a drawn video on every page; whoever has it leaves at once.</summary>
    private static ExperimentPlan OnViewers => Plan(ExperimentUnit.Viewer, """{ "feed": { "random_share": 1 } }""");

    [Fact]
    public async Task Viewers_AreTreatedByTheirArm_UntilAGuardrailStopsIt_AndARebuildComesOutEqual()
    {
        await using var town = await Town.BuildAsync(Seed, Rules, FillAsync);
        var grain = Grain(town);
        var id = (await grain.Start(OnViewers, "ada")).Experiment.ShouldNotBeNull().Id;
        (await grain.Start(OnViewers, "ada")).Objections.Select(objection => objection.Field).ShouldBe(["name", "rules.feed.random_share"]);

        var arms = new Dictionary<int, Arm?>();
        for (var viewer = 0; viewer < Viewers; viewer++) arms[viewer] = await VisitAsync(town, viewer, id);
        arms.Values.Count(arm => arm == Arm.Treatment).ShouldBeInRange(50, 95);
        arms.Values.Count(arm => arm is null).ShouldBeInRange(4, 35, "held out");
        (await VisitAsync(town, 3, id)).ShouldBe(arms[3], "an arm is for good");
        await grain.Guard();
        Find(town, id).Experiment.Status(town.Engine.Now).ShouldBe(ExperimentStatus.Running, "nobody's day is over");

        town.Engine.Clock.Simulate(Town.From.AddHours(30));
        await VisitAsync(town, 0, id);
        await town.Follower.QuietAsync(CancellationToken.None);
        Find(town, id).Observation.Treatment.Units.ShouldBe(arms.Values.Count(arm => arm == Arm.Treatment));
        await grain.Guard();

        var stopped = Find(town, id).Experiment;
        (stopped.Cause, stopped.StoppedBy).ShouldBe((StopCause.Guardrail, "guardrail"));
        stopped.Deciding.ShouldNotBeNull().Low.ShouldBeGreaterThan(0.1 * stopped.Deciding.Value.Control);
        (await PageAsync(town, arms.First(pair => pair.Value == Arm.Treatment).Key)).Enrolments.ShouldBeNull("everybody is back");

        var before = await AsSavedAsync(town);
        before.ShouldBe(await RebuiltAsync(town), "it comes back from what was saved, and from the ledger alone");
    }

    [Fact]
    public async Task Viewers_KeepTheirArms_AfterARestartInTheMiddle()
    {
        await using var town = await Town.BuildAsync(Seed, Rules, FillAsync);
        var id = (await Grain(town).Start(OnViewers, "ada")).Experiment.ShouldNotBeNull().Id;
        var arms = new List<Arm?>();
        for (var viewer = 0; viewer < 30; viewer++) arms.Add(await VisitAsync(town, viewer, id));
        await town.Follower.QuietAsync(CancellationToken.None);
        var before = Json(town.Engine);

        await town.StopAsync();
        await town.StartAsync(Rules);
        town.Engine.Clock.Simulate(Town.From.AddHours(1));
        Json(town.Engine).ShouldBe(before);
        for (var viewer = 0; viewer < 30; viewer++) (await VisitAsync(town, viewer, id)).ShouldBe(arms[viewer]);
    }

    [Fact]
    public async Task Videos_AreJudgedByTheirArm_AndADryRunBringsTheirVerdictsOutAgain()
    {
        var plan = Plan(ExperimentUnit.Video, """{ "gate": { "widen_at": 0.6 } }""");
        await using var town = await Town.BuildAsync(Seed, before: async town => await Grain(town).Start(plan, "ada"));
        await town.LiveAsync(60, Town.From.AddHours(1));

        var verdicts = LedgerReading.Of(town.Engine.Store).After(0).Select(recorded => recorded.Entry).OfType<VideoMoved>().Where(Decisions.IsVerdict).ToArray();
        var widened = verdicts.Where(move => move.Reason.Code == ReasonCode.GateCleared).ToLookup(move => move.Enrolments.ShouldNotBeNull()[0].Arm, move => move.Reason.Numbers["probability"]);
        widened[Arm.Control].ShouldNotBeEmpty();
        widened[Arm.Control].ShouldAllBe(probability => probability >= 0.9);
        widened[Arm.Treatment].ShouldContain(probability => probability < 0.9);
        verdicts.ShouldAllBe(move => move.By == town.Engine.InForce.Version);

        await town.StopAsync();
        await using var store = await OpenAsync(town);
        DryRun.Run(new DryRunRequest(new Rules(), Town.From, Town.From.AddDays(3)), LedgerReading.Of(store), Taxonomy.Default.Count, null, TestContext.Current.CancellationToken)
            .NotReproduced.ShouldBe(0);
    }

    /// <summary>The recipe of docs/operations.md: what personalisation brings, by an experiment that leaves it out.</summary>
    [Fact]
    public async Task Personalisation_IsMeasuredByAnExperimentThatLeavesItOut()
    {
        const int visits = 6;
        await using var town = await Town.BuildAsync(Seed, Rules, OfGenresAsync);
        var id = (await Grain(town).Start(Plan(ExperimentUnit.Viewer, """{ "feed": { "personalised": false } }"""), "ada")).Experiment.ShouldNotBeNull().Id;
        for (var visit = 0; visit < visits; visit++)
        {
            for (var viewer = 0; viewer < Viewers; viewer++) await WatchOneGenreAsync(town, viewer, id);
            town.Engine.Clock.Simulate(town.Engine.Now.AddMinutes(2));
        }
        town.Engine.Clock.Simulate(Town.From.AddHours(30));
        await PageAsync(town, 0);
        await town.Follower.QuietAsync(CancellationToken.None);

        var effects = ExperimentReading.All(Find(town, id).Seen);
        effects.Select(effect => effect.Measure).ShouldBe(Enum.GetValues<Measure>());
        foreach (var measure in (Measure[])[Measure.PointsEach, Measure.PointsPerView, Measure.CompletionRate]) effects.Single(effect => effect.Measure == measure).High.ShouldBeLessThan(0, $"{measure}");
        effects.Single(effect => effect.Measure == Measure.EarlySkipRate).Low.ShouldBeGreaterThan(0);
        await Grain(town).Guard();
        Find(town, id).Experiment.Deciding.ShouldNotBeNull("nobody is kept without it once that surely costs them").Measure.ShouldBe(Measure.EarlySkipRate);
    }

    /// <summary>Enough open clips for pages of five.</summary>
    private static async Task FillAsync(Town town)
    {
        var seed = new CatalogueSeed(Taxonomy.Default, Seed + 1);
        await town.Engine.Ledger.AppendAsync([.. Enumerable.Range(0, 80).SelectMany(number => seed.Video(number, Town.From, open: true))], CancellationToken.None);
    }

    /// <summary>Clips of a few genres, many of each.</summary>
    private static async Task OfGenresAsync(Town town)
    {
        var seed = new CatalogueSeed(Taxonomy.Default, Seed + 1);
        await town.Engine.Ledger.AppendAsync([.. Enumerable.Range(0, 240).SelectMany(number => seed.Video(number, Town.From, open: true, genre: number % Genres))], CancellationToken.None);
    }

    private static ExperimentPlan Plan(ExperimentUnit unit, string rules) =>
        new("Bolder", unit, JsonSerializer.Deserialize<JsonElement>(rules), 1, Town.From, null, "to see");

    private static IExperimentsGrain Grain(Town town) => Grains(town).GetGrain<IExperimentsGrain>(0);

    private static IGrainFactory Grains(Town town) => town.Server.Services.GetRequiredService<IGrainFactory>();

    private static ObservedExperiment Find(Town town, ExperimentId id) => town.Engine.Experiments.Read(board => board.Find(id)).ShouldNotBeNull();

    /// <summary>Asks for a page, checks that it is as the arm wants it, and leaves at once or watches on.</summary>
    /// <returns>The arm that the page notes.</returns>
    private async Task<Arm?> VisitAsync(Town town, int number, ExperimentId id)
    {
        var page = await PageAsync(town, number);
        var arm = page.Enrolments?.Single(enrolment => enrolment.Experiment == id).Arm;
        if (arm == Arm.Treatment) page.Slots.ShouldContain(slot => slot.Source == SlotSource.Random);
        var at = town.Engine.Now.AddSeconds(30);
        var signals = page.Slots.Take(4).Select((_, place) => Ended(town, page, place, at, new PlayReport(5000, 5000, 5000, 0, arm == Arm.Treatment ? EndReason.Exit : EndReason.Swipe)));
        await Grains(town).GetGrain<IViewerGrain>(page.Viewer.Value).Record([.. signals], null);
        return arm;
    }

    /// <summary>Watches what is of the viewer's one genre to its end, and skips the rest.</summary>
    private async Task WatchOneGenreAsync(Town town, int number, ExperimentId id)
    {
        var page = await PageAsync(town, number);
        page.Unprofiled.ShouldBe(page.Enrolments?.Single(enrolment => enrolment.Experiment == id).Arm == Arm.Treatment);
        var at = town.Engine.Now;
        var signals = page.Slots.Select((slot, place) =>
        {
            var played = town.Engine.Catalogue.Video(slot.Video)!.Analysis!.Genres.Leading == number % Genres ? 8000 : 500;
            at = at.AddMilliseconds(played + 1000);
            return Ended(town, page, place, at, new PlayReport(played, played, 8000, 0, EndReason.Swipe));
        });
        await Grains(town).GetGrain<IViewerGrain>(page.Viewer.Value).Record([.. signals], null);
    }

    private static Signal Ended(Town town, PageServed page, int place, DateTimeOffset at, PlayReport play)
    {
        var slot = page.Slots[place];
        var answered = new Slot(page.Viewer, slot.Video, town.Engine.Catalogue.Video(slot.Video)!.Creator, page.Request, place, page.At, slot.Source, default, false, 1);
        return new Signal($"{page.Request}-{place}", SignalType.PlayEnd, at, at, slot.Video, answered, play);
    }

    /// <summary>A page as the ledger has it.</summary>
    private async Task<PageServed> PageAsync(Town town, int number)
    {
        var (viewer, request) = (new ViewerId(5_000 + number), new RequestId(_requests++));
        var grain = Grains(town).GetGrain<IViewerGrain>(viewer.Value);
        await grain.Page(new FeedRequest(request, 5, FeedMode.Personalised, [], true, false, null, null, town.Engine.Now));
        await grain.Record([], null); // A viewer's next call waits until the page is durable.
        return town.Engine.Ledger.ReadViewer(viewer, 0, 1_000).Select(recorded => recorded.Entry).OfType<PageServed>().Single(page => page.Request == request);
    }

    private static async Task<string> AsSavedAsync(Town town)
    {
        await town.Follower.QuietAsync(CancellationToken.None);
        var running = Json(town.Engine);
        await town.StopAsync();
        await using var store = await OpenAsync(town);
        var engine = OldLedger.On(store);
        new CatalogueSnapshots(engine).Restore();
        Json(engine).ShouldBe(running);
        return running;
    }

    private static async Task<string> RebuiltAsync(Town town)
    {
        await using var store = await OpenAsync(town);
        var engine = OldLedger.On(store);
        new LedgerVerification(engine, new Progress<LedgerProgress>()).Run(CancellationToken.None).Differences.ShouldBeEmpty();
        var board = new ExperimentBoard();
        foreach (var recorded in LedgerReading.Of(store).After(0)) board.Fold([recorded]);
        return Json(board);
    }

    private static Task<SqliteStore> OpenAsync(Town town) => SqliteStore.OpenAsync(Path.Combine(town.Folder, "store"), TimeProvider.System, new StoreOptions());

    private static string Json(Engine engine) => engine.Experiments.Read(Json);

    /// <summary>A start looks at every video, which moves the watermark and nothing else.</summary>
    private static string Json(ExperimentBoard board) => JsonSerializer.Serialize(board.All, GroundswellJson.Options);
}
