using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Orleans.Runtime;

namespace Groundswell.Bench;

/// <param name="HotBytes">Memory that a viewer who is here adds: their grain with taste, views and event ids, and their place in trends and statistics.</param>
/// <param name="ColdBytes">What is left of it in memory when they have gone.</param>
/// <param name="DiskBytes">Their snapshot.</param>
public sealed record ViewersFigures(int Viewers, int ViewsEach, int SignalsEach, double HotBytes, double ColdBytes, double DiskBytes);

/// <summary>What viewers cost in memory: those who are here, and those who have gone.</summary>
public static class ViewersBench
{
    private const int Videos = 10_000;
    private const int Signals = 100;
    private const int Views = 20;
    private const int Clients = 16;

    public static async Task<ViewersFigures> RunAsync(int viewers, IProgress<string> progress, CancellationToken cancellation)
    {
        await using var server = await BenchServer.StartAsync(Videos, progress, cancellation);
        var script = new SignalScript(BenchServer.Seed, Videos, server.Signer, server.Engine.Now);
        var ids = IdSource.Seeded(13);
        var people = Enumerable.Range(0, viewers + Clients).Select(_ => ids.Next<ViewerId>()).ToArray();
        // The first few make the engine allocate what is there once for all.
        await WatchAsync(server, script, people[viewers..], cancellation);
        var before = Heap();
        progress.Report($"{viewers:N0} viewers watch {Views} videos each");
        await WatchAsync(server, script, people[..viewers], cancellation);
        var hot = Heap() - before;
        progress.Report("they leave");
        await server.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero, cancellation);
        await server.FoldedAsync(cancellation);
        var cold = Heap() - before;
        var disk = server.Engine.Store.Snapshots.LoadAll(ViewerGrain.SnapshotKind).Average(snapshot => snapshot.Body.Length);
        return new ViewersFigures(viewers, Views, Signals, Math.Round((double)hot / viewers), Math.Round((double)cold / viewers), Math.Round(disk));
    }

    private static async Task WatchAsync(BenchServer server, SignalScript script, ViewerId[] viewers, CancellationToken cancellation)
    {
        await Parallel.ForEachAsync(viewers, new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = cancellation }, async (viewer, _) =>
            await server.Grains.GetGrain<IViewerGrain>(viewer.Value).Record(script.Batch(viewer, 0, 1, Signals), null));
        await server.FoldedAsync(cancellation);
    }

    private static long Heap()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
