using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Retention;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Ranking.Feed;
using Groundswell.Server;
using Groundswell.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Tests.Retention;

/// <summary>A running server compacts by itself, while its viewers go on watching.</summary>
public sealed class DailyCompactionTests(ITestOutputHelper output)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task InTheQuietHour_TheServerCompacts_WhileSignalsArrive_AndNobodyFindsOut()
    {
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        output.WriteLine($"seed {seed}");
        var night = new Shifted(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddHours(3).AddMinutes(5) - TimeProvider.System.GetUtcNow().UtcDateTime);
        var folder = Directory.CreateTempSubdirectory("groundswell-daily-").FullName;
        var old = new OldLedger(seed, night.GetUtcNow().AddHours(-1), pages: 500);
        await using (var store = await OpenAsync(folder, night))
            foreach (var chunk in old.Entries.Chunk(1000)) await store.Ledger.AppendAsync(chunk, None);

        var options = new ServerOptions(
            Port: 0, DataFolder: folder, Demo: false, Snapshots: new SnapshotPace(TimeSpan.FromMilliseconds(100)), Retention: RetentionRules.DailyAfter(TimeSpan.FromDays(30)));
        long visits;
        await using (var server = await GroundswellServer.StartAsync(options, night, logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error), None))
        {
            var daily = server.Services.GetRequiredService<DailyCompaction>();
            await SavedAsync(server.Services.GetRequiredService<Engine>(), old.Entries.Count);
            var compaction = Task.Run(() => daily.LookAsync(None));
            for (visits = 0; !compaction.IsCompleted || visits < 20; visits++) await VisitAsync(server.Services, new ViewerId(1 + (visits % 9)));
            var done = await compaction;
            done.ShouldNotBeNull();
            done.Entries.ShouldBeGreaterThan(500);
            (await daily.LookAsync(None)).ShouldBeNull("once a day");
        }
        output.WriteLine($"{visits} visits meanwhile");

        await using (var store = await OpenAsync(folder, night))
        {
            Recorded[] all = [.. old.Entries.Select((entry, place) => new Recorded(place + 1, entry)), .. store.Ledger.Read(old.Entries.Count, int.MaxValue)];
            OldLedger.Answered(store).ShouldBe(OldLedger.Folded(all));
            new LedgerVerification(OldLedger.On(store), new Progress<LedgerProgress>()).Run(None).Differences.ShouldBeEmpty();
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A page, and a heartbeat and an end for its first video.</summary>
    private static async Task VisitAsync(IServiceProvider services, ViewerId viewer)
    {
        var engine = services.GetRequiredService<Engine>();
        var grain = services.GetRequiredService<IGrainFactory>().GetGrain<IViewerGrain>(viewer.Value);
        var page = await grain.Page(new FeedRequest(engine.Ids.Next<RequestId>(), 2, FeedMode.Personalised, [], false, false, null, null, engine.Now));
        if (page.Items.IsEmpty) return;
        var slot = page.Items[0].Slot;
        await grain.Record(
            [
                new Signal($"{slot.Request}-heartbeat", SignalType.Heartbeat, engine.Now, engine.Now, slot.Video, slot, new PlayReport(100, 100, 100, 0, null)),
                new Signal($"{slot.Request}-end", SignalType.PlayEnd, engine.Now, engine.Now, slot.Video, slot, new PlayReport(200, 200, 200, 0, EndReason.Swipe)),
            ],
            null);
    }

    /// <summary>Waits until the follower has saved what was in the ledger when it started.</summary>
    private static async Task SavedAsync(Engine engine, long position)
    {
        while (engine.Store.Snapshots.Watermark(CatalogueSnapshots.Kind) < position) await Task.Delay(20);
    }

    private static Task<SqliteStore> OpenAsync(string folder, TimeProvider time) => SqliteStore.OpenAsync(Path.Combine(folder, "store"), time, new StoreOptions());

    /// <summary>The system's time, so much later or earlier.</summary>
    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
