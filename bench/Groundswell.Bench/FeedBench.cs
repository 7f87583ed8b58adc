using System.Collections.Immutable;
using System.Diagnostics;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Ranking.Feed;

namespace Groundswell.Bench;

/// <param name="FeedsPerS">Pages of five a second through the viewers' grains, every rule, source and projection on, each page recorded in the ledger.</param>
/// <param name="SignalsPerSMeanwhile">Signals that were acknowledged meanwhile: fewer than asked for where the machine could not take more.</param>
/// <param name="BytesPerVideo">Managed memory that a video of the catalogue takes, its place in every list and index included.</param>
/// <param name="BytesPerViewer">… and a viewer who is there and has watched two.</param>
/// <param name="KibAPage">Allocated for one page by all of the process, signals and projections included.</param>
/// <param name="Learned">Share of the pages that the learned model ranked.</param>
public sealed record FeedFigures(
    int Videos, int Viewers, int Clients, double FeedsPerS, double P50Ms, double P99Ms, double SignalsPerSMeanwhile, double BytesPerVideo, double BytesPerViewer,
    double KibAPage, double Learned, double RssMb, double StartS);

/// <summary>
/// Pages from a large catalogue for viewers who are there and have a taste, while others watch: what a feed costs in the
/// process, without HTTP. Beside it stands <see cref="RetrievalBench"/>, most of whose exact search a page would take.
/// </summary>
public static class FeedBench
{
    private const int WatchedEach = 10, Batch = 100, Taught = 300, DurationMs = 8_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static async Task<FeedFigures> RunAsync(
        int videos, int viewers, int clients, int signalsPerS, TimeSpan time, IProgress<string> progress, CancellationToken cancellation)
    {
        var (watch, heap) = (Stopwatch.StartNew(), Heap());
        await using var server = await BenchServer.StartAsync(videos, progress, cancellation);
        var aVideo = (Heap() - heap) / (double)videos;
        heap = Heap();
        var ids = IdSource.Seeded(5);
        var hot = Enumerable.Range(0, viewers).Select(_ => ids.Next<ViewerId>()).ToArray();
        var script = new SignalScript(BenchServer.Seed, videos, server.Signer, server.Engine.Now);
        progress.Report("letting viewers watch");
        await Parallel.ForAsync(0, viewers, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellation }, async (number, _) =>
            await server.Grains.GetGrain<IViewerGrain>(hot[number].Value).Record(script.Batch(hot[number], 0, 2, WatchedEach), null));
        var aViewer = (Heap() - heap) / (double)viewers;
        progress.Report("teaching the model");
        for (var number = 0; number < Math.Min(viewers, Taught); number++) await TeachAsync(server, hot[number], number);
        await server.FoldedAsync(cancellation);
        var start = watch.Elapsed;

        progress.Report("warming up");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var signals = 0L;
        var watching = Task.Run(() => WatchAsync(server, script, signalsPerS, count => Interlocked.Add(ref signals, count), stop.Token), cancellation);
        await AskAsync(server, hot, clients, WarmUp, new Latencies(), warmUp: true);
        progress.Report("measuring feeds");
        var (latencies, before, allocated) = (new Latencies(), Interlocked.Read(ref signals), GC.GetTotalAllocatedBytes());
        watch.Restart();
        var learned = await AskAsync(server, hot, clients, time, latencies);
        var (elapsed, pages) = (watch.Elapsed.TotalSeconds, latencies.Count);
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        var acknowledged = Interlocked.Read(ref signals) - before;
        await stop.CancelAsync();
        await watching;
        return new FeedFigures(
            videos, viewers, clients, Math.Round(pages / elapsed), latencies.Quantile(0.5), latencies.Quantile(0.99), Math.Round(acknowledged / elapsed),
            Math.Round(aVideo), Math.Round(aViewer), Math.Round(allocated / 1024.0 / pages, 1), Math.Round(learned / (double)pages, 3), Math.Round(Process.GetCurrentProcess().WorkingSet64 / 1048576.0), Math.Round(start.TotalSeconds, 1));
    }

    private static long Heap() => GC.GetTotalMemory(forceFullCollection: true);

    /// <returns>Pages that the learned model ranked.</returns>
    private static async Task<int> AskAsync(BenchServer server, ViewerId[] hot, int clients, TimeSpan time, Latencies latencies, bool warmUp = false)
    {
        var (learned, watch, requests) = (0, Stopwatch.StartNew(), new Chance(3).For(warmUp ? 1 : 2));
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            for (var number = 0; watch.Elapsed < time; number++)
            {
                var draw = requests.For(client).For(number);
                var request = new FeedRequest(
                    new RequestId((long)(draw.For("request").Bits() >> 1)), 5, FeedMode.Personalised, ImmutableHashSet<VideoId>.Empty, false, false, null, null, server.Engine.Now);
                var began = Stopwatch.GetTimestamp();
                var page = await server.Grains.GetGrain<IViewerGrain>(hot[draw.For("viewer").Below(hot.Length)].Value).Page(request);
                latencies.Add(Stopwatch.GetElapsedTime(began));
                if (page.Items.Length != 5) throw new InvalidOperationException($"A page has {page.Items.Length} videos of five.");
                if (page.ModelVersion.StartsWith("online", StringComparison.Ordinal)) Interlocked.Increment(ref learned);
            }
        })));
        return learned;
    }

    /// <summary>A viewer watches three pages of some minutes ago: who has an even number finishes even genres and skips the rest, so that there is something to learn.</summary>
    private static async Task TeachAsync(BenchServer server, ViewerId id, int number)
    {
        var (viewer, now) = (server.Grains.GetGrain<IViewerGrain>(id.Value), server.Engine.Now);
        for (var turn = 0; turn < 3; turn++)
        {
            var at = now - TimeSpan.FromMinutes(20 - (2 * turn));
            var page = await viewer.Page(new FeedRequest(
                new RequestId((number * 10L) + turn + 1), 5, FeedMode.Personalised, ImmutableHashSet<VideoId>.Empty, false, false, null, null, at));
            await viewer.Record([.. page.Items.SelectMany((item, place) => Watched(item.Slot, at + TimeSpan.FromSeconds(12 * place)))], null);
        }

        IEnumerable<Signal> Watched(Slot slot, DateTimeOffset from)
        {
            var finishes = server.Engine.Catalogue.Video(slot.Video)?.Analysis?.Genres.Leading % 2 == number % 2;
            var played = finishes ? DurationMs : 1_000;
            yield return new Signal($"{slot.Request}-{slot.Position}-i", SignalType.Impression, from.AddSeconds(1), now, slot.Video, slot, null);
            yield return new Signal($"{slot.Request}-{slot.Position}-e", SignalType.PlayEnd, from.AddSeconds(11), now, slot.Video, slot, new PlayReport(played, played, played, 0, EndReason.Swipe));
        }
    }

    /// <summary>Other viewers watch, at an even pace.</summary>
    private static async Task WatchAsync(BenchServer server, SignalScript script, int signalsPerS, Action<int> acknowledged, CancellationToken stop)
    {
        if (signalsPerS == 0) return;
        var (ids, began, sent) = (IdSource.Seeded(17), Stopwatch.StartNew(), 0L);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                if (Interlocked.Read(ref sent) > began.Elapsed.TotalSeconds * signalsPerS)
                {
                    await Task.Delay(5, CancellationToken.None);
                    continue;
                }
                Interlocked.Add(ref sent, Batch);
                var viewer = ids.Next<ViewerId>();
                acknowledged((await server.Grains.GetGrain<IViewerGrain>(viewer.Value).Record(script.Batch(viewer, 0, 2, Batch), null)).Length);
            }
        })));
    }
}
