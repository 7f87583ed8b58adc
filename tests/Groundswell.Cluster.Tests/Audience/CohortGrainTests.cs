using Groundswell.Cluster.Audience;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Tests.Retention;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Feed;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Demo.Seeds;
using Groundswell.Ranking.Feed;
using Groundswell.Server;
using Groundswell.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Tests.Audience;

/// <summary>An audience that is divided into cohorts through the real grains, in simulated time.</summary>
public sealed class CohortGrainTests
{
    private const int Viewers = 60;
    private static readonly DateTimeOffset From = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly CatalogueSeed Seed = new(Taxonomy.Default, 33);
    private static readonly Rules Rules = new() { Cohorts = CohortRules.Default with { ViewersPerCluster = 20 } };

    [Fact]
    public async Task TheAudience_IsDividedWhenItIsTime_AndAssignedByWhatTheLedgerSays_AlsoAfterARestart()
    {
        var folder = Directory.CreateTempSubdirectory("groundswell-cohorts-").FullName;
        string clusters;
        await using (var server = await StartAsync(folder))
        {
            var world = new World(server);
            await world.SeedAsync();
            (await world.Cohorts.DrawWhenDue()).ShouldBeFalse("nobody is known");
            for (var viewer = 1; viewer <= Viewers; viewer++) await world.LiveAsync(viewer, From.AddMinutes(viewer));
            await world.SettleAsync(From.AddHours(2));
            (await world.CohortAsync(1)).ShouldBe(Cohort.Of(0, null, Activity.New), "there are no clusters yet");

            await Task.WhenAll(world.Grain(1).ShareRegion(Region.All[50]), world.Grain(2).ShareRegion(Region.All[51]));
            (await world.Cohorts.DrawWhenDue()).ShouldBeTrue();
            (await world.Cohorts.DrawWhenDue()).ShouldBeFalse("once a day is enough");
            await world.SettleAsync(From.AddHours(3));

            // The second genre is the one that a seeded clip has a little of.
            world.Engine.Catalogue.Cohorts.Drawn.ShouldNotBeNull().Clusters.Select(cluster => cluster.Title(Taxonomy.Default)).Order()
                .ShouldBe(["Animals, food", "Calm & Ambient, rhythm & beats", "Music, comedy"]);
            var cohorts = new List<Cohort>();
            for (var viewer = 1; viewer <= Viewers; viewer++) cohorts.Add(await world.CohortAsync(viewer));
            // Each third of the audience has one cluster of its own; two viewers share where they are.
            cohorts.Select((cohort, place) => (cohort.Cluster, place % 3)).Distinct().Count().ShouldBe(3);
            cohorts.Take(3).Select(cohort => cohort.Region).ShouldBe([Region.All[50], Region.All[51], null]);
            await world.SettleAsync(From.AddHours(4));
            world.Engine.Statistics.Strata(world.Engine.Now).Viewers.ShouldBe(Viewers);
            world.Engine.Statistics.Strata(world.Engine.Now).Count.ShouldBe(5);

            await world.Grain(2).ShareRegion(null);
            await world.Grain(3).Personalise(false);
            await world.Grain(4).ForgetTaste();
            world.Engine.Tastes.Count.ShouldBe(Viewers - 2);
            (await world.CohortAsync(2)).Region.ShouldBeNull();
            (await world.CohortAsync(3)).Cluster.ShouldBeNull();
            (await world.CohortAsync(4)).Cluster.ShouldBeNull();
            clusters = world.Clusters();
        }
        await using (var server = await StartAsync(folder))
        {
            var world = new World(server);
            world.Engine.Clock.Simulate(From.AddDays(2));
            await world.SettleAsync(From.AddDays(2));
            world.Clusters().ShouldBe(clusters);
            (await world.Cohorts.DrawWhenDue()).ShouldBeFalse("due, but after a restart too few tastes are known");
            (await world.CohortAsync(1)).Region.ShouldBe(Region.All[50]);
            (await world.CohortAsync(5)).Cluster.ShouldNotBeNull();
        }
        await using (var store = await SqliteStore.OpenAsync(Path.Combine(folder, "store"), TimeProvider.System, new StoreOptions()))
        {
            var engine = OldLedger.On(store);
            new LedgerVerification(engine, new Progress<LedgerProgress>()).Run(CancellationToken.None).Differences.ShouldBeEmpty();
            System.Text.Json.JsonSerializer.Serialize(engine.Catalogue.Cohorts, GroundswellJson.Options).ShouldBe(clusters);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<GroundswellServer> StartAsync(string folder)
    {
        var server = await GroundswellServer.StartAsync(
            new ServerOptions(Port: 0, DataFolder: folder, Demo: false, Rules: Rules), TimeProvider.System, logging => logging.SetMinimumLevel(LogLevel.Error), TestContext.Current.CancellationToken);
        server.Services.GetRequiredService<Engine>().Clock.Simulate(From);
        return server;
    }

    private sealed class World(GroundswellServer server)
    {
        private static readonly string[] Loved = ["animals", "music", "calm"];
        private static readonly SlotSigner Signer = new(new byte[32]);
        private int _requests = 1;

        public Engine Engine { get; } = server.Services.GetRequiredService<Engine>();
        public ICohortGrain Cohorts => Grains.GetGrain<ICohortGrain>(ICohortGrain.Only);
        private IGrainFactory Grains => server.Services.GetRequiredService<IGrainFactory>();

        public IViewerGrain Grain(int viewer) => Grains.GetGrain<IViewerGrain>(viewer);

        public string Clusters() => System.Text.Json.JsonSerializer.Serialize(Engine.Catalogue.Cohorts, GroundswellJson.Options);

        public async Task SeedAsync()
        {
            var genres = Loved.Select(name => Taxonomy.Default.IndexOf(name)).ToArray();
            LedgerEntry[] entries = [.. Enumerable.Range(0, 90).SelectMany(number => Seed.Video(number, From.AddHours(-1), open: true, genres[number % 3], durationMs: 1000))];
            await Engine.Ledger.AppendAsync(entries, CancellationToken.None);
            await SettleAsync(From);
        }

        /// <summary>Watches ten clips of the genre that the viewer loves, and leaves three of another at once.</summary>
        public async Task LiveAsync(int viewer, DateTimeOffset at)
        {
            Engine.Clock.Simulate(at);
            for (var number = 0; number < 13; number++)
            {
                var loves = number < 10;
                var video = Engine.Catalogue.Video(Seed.Id((3 * number) + ((viewer + (loves ? 0 : 1)) % 3))).ShouldNotBeNull();
                var slot = new Slot(new ViewerId(viewer), video.Id, video.Creator, new RequestId(900_000 + number), 0, at, SlotSource.Personal, default, false, 1);
                var played = loves ? 1000 : 100;
                await Grain(viewer).Record([new Signal($"{viewer}-{number}", SignalType.PlayEnd, at.AddSeconds(number * 2), at.AddSeconds(number * 2), video.Id, slot, new PlayReport(played, played, played, 0, EndReason.Swipe))], null);
            }
            await CohortAsync(viewer);
        }

        /// <summary>The cohort that a viewer's next page is made for.</summary>
        public async Task<Cohort> CohortAsync(int viewer)
        {
            var page = await Grain(viewer).Page(new FeedRequest(new RequestId(_requests++), 2, FeedMode.Personalised, [], false, false, null, null, Engine.Now));
            return Signer.Verify(Signer.Sign(page.Items[0].Slot)).ShouldNotBeNull().Cohort;
        }

        public async Task SettleAsync(DateTimeOffset now)
        {
            Engine.Clock.Simulate(now);
            // The follower looks at the size of the audience once a minute: something has to be folded after that.
            await Grain(999).Personalise(true);
            await server.Services.GetRequiredService<LedgerFollower>().QuietAsync(CancellationToken.None);
        }
    }
}
