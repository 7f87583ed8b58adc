using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Genres;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Demo.Seeds;
using Groundswell.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Tests.Viewers;

/// <summary>Viewers whose app dies in the middle of a clip, through the real grains in simulated time.</summary>
public sealed class LostPlaysTests
{
    private static readonly DateTimeOffset From = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly CatalogueSeed Seed = new(Taxonomy.Default, 21);
    private static readonly VideoId Clip = Seed.Id(0);

    [Fact]
    public async Task APlayWithoutAnEnd_IsEndedOnce_ByTheSweepOrItsViewer_AlsoAfterARestartAndACrash()
    {
        var folder = Directory.CreateTempSubdirectory("groundswell-lost-").FullName;
        await using (var server = await StartAsync(folder))
        {
            var world = new World(server);
            await world.SeedAsync();
            for (var viewer = 1; viewer <= 4; viewer++) await world.SendAsync(viewer, SignalType.Heartbeat, 7_800, null, From.AddSeconds(8));

            world.Engine.Clock.Simulate(From.AddMinutes(2));
            (await world.LostPlays.SweepAsync()).ShouldBe(0);
            (await world.TotalsAsync()).ShouldBe(new(4, 0, 0, 0, 0));

            world.Engine.Clock.Simulate(From.AddMinutes(3));
            await world.SendAsync(1, SignalType.PlayEnd, 8_000, EndReason.Swipe, From.AddSeconds(9));
            (await world.TotalsAsync()).ShouldBe(new(4, 1, 8, 64, 512), "ended by the viewer's own call, and what their end adds is nothing new");
            await world.CrashWhileEndingAsync(2);
            (await world.TotalsAsync()).ShouldBe(new(4, 2, 16, 128, 1024));
        }
        await using (var server = await StartAsync(folder))
        {
            var world = new World(server);
            world.Engine.Clock.Simulate(From.AddMinutes(4));
            (await world.LostPlays.SweepAsync()).ShouldBe(2, "two never came back");
            (await world.TotalsAsync()).ShouldBe(new(4, 4, 32, 256, 2048));
            (await world.LostPlays.SweepAsync()).ShouldBe(0);
            await world.SendAsync(3, SignalType.PlayEnd, 16_000, EndReason.Exit, From.AddSeconds(17), loops: 1);
            (await world.TotalsAsync()).ShouldBe(new(4, 4, 42, 516, 7368), "a real end adds what it knows");
            new LedgerVerification(world.Engine, new Progress<LedgerProgress>()).Run(CancellationToken.None).Differences.ShouldBeEmpty();
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task APlay_EndsWhenItsViewerStartsAnother_ButNotWhenTheyAskForAPage()
    {
        var folder = Directory.CreateTempSubdirectory("groundswell-lost-").FullName;
        await using (var server = await StartAsync(folder))
        {
            var world = new World(server);
            await world.SeedAsync();
            await world.SendAsync(1, SignalType.Heartbeat, 7_800, null, From.AddSeconds(8));
            await world.Grain(1).Page(new(new RequestId(5), 3, Core.Feed.FeedMode.Personalised, [], false, false, null, null, From.AddSeconds(9)));
            (await world.TotalsAsync()).Views.ShouldBe(0, "pages are fetched ahead");

            await world.SendAsync(1, SignalType.PlayStart, 0, null, From.AddSeconds(10), number: 1);
            (await world.TotalsAsync()).ShouldBe(new(1, 1, 8, 64, 512));
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<GroundswellServer> StartAsync(string folder)
    {
        var server = await GroundswellServer.StartAsync(
            new ServerOptions(Port: 0, DataFolder: folder, Demo: false), TimeProvider.System, logging => logging.SetMinimumLevel(LogLevel.Error), TestContext.Current.CancellationToken);
        server.Services.GetRequiredService<Engine>().Clock.Simulate(From);
        return server;
    }

    private sealed class World(GroundswellServer server)
    {
        private int _sent;

        public Engine Engine { get; } = server.Services.GetRequiredService<Engine>();
        public LostPlays LostPlays { get; } = server.Services.GetRequiredService<LostPlays>();

        public IViewerGrain Grain(int viewer) => server.Services.GetRequiredService<IGrainFactory>().GetGrain<IViewerGrain>(viewer);

        public async Task SeedAsync()
        {
            await Engine.Ledger.AppendAsync([.. Enumerable.Range(0, 8).SelectMany(number => Seed.Video(number, From.AddHours(-1), open: true))], CancellationToken.None);
            await CaughtUpAsync();
        }

        public async Task SendAsync(int viewer, SignalType type, int totalMs, EndReason? end, DateTimeOffset at, int number = 0, int loops = 0)
        {
            var video = Engine.Catalogue.Video(Seed.Id(number)).ShouldNotBeNull();
            var slot = new Slot(new ViewerId(viewer), video.Id, video.Creator, new RequestId(900 + viewer), 0, From, SlotSource.Personal, default, false, 1);
            var play = totalMs == 0 ? null : new PlayReport(Math.Min(totalMs, video.DurationMs), totalMs, 0, loops, end);
            var results = await Grain(viewer).Record([new Signal($"{type}-{_sent++}-{totalMs}", type, at, Engine.Now > at ? Engine.Now : at, video.Id, slot, play)], null);
            results.ShouldHaveSingleItem().Status.ShouldNotBe(SignalStatus.Invalid);
            await CaughtUpAsync();
        }

        /// <summary>The entry is in the ledger, and whoever wrote it is gone: the next one to try must find it out.</summary>
        public async Task CrashWhileEndingAsync(int viewer)
        {
            var state = ViewerLoading.Load(new ViewerId(viewer), Engine);
            var video = Engine.Catalogue.Video(Clip).ShouldNotBeNull();
            await Engine.Ledger.AppendAsync([new SignalJudge(Engine.Rules).Lose(state.Playing.ShouldNotBeNull(), state, video, Engine.Now)], CancellationToken.None);
            await Grain(viewer).EndLostPlay();
            await Grain(viewer).EndLostPlay();
        }

        public async Task<EvidenceTotals> TotalsAsync()
        {
            await CaughtUpAsync();
            return Engine.Catalogue.Video(Clip).ShouldNotBeNull().Evidence.Totals;
        }

        private Task CaughtUpAsync() => server.Services.GetRequiredService<LedgerFollower>().QuietAsync(CancellationToken.None);
    }
}
