using System.Diagnostics;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Chances;

namespace Groundswell.Bench;

public sealed record FillFigures(long Signals, int Videos, int Viewers, double SignalsPerS, double BytesASignal);

/// <summary>Fills a data folder with a catalogue and any number of signals, through the grains, as an audience would have: what a cold start and a verification are measured on.</summary>
public static class FillBench
{
    private const int Batch = 100;
    private const int Clients = 8;

    public static async Task<FillFigures> RunAsync(string folder, long signals, int videos, int viewers, IProgress<string> progress, CancellationToken cancellation)
    {
        await using var server = await BenchServer.StartAsync(videos, progress, cancellation, folder);
        var script = new SignalScript(BenchServer.Seed, videos, server.Signer, server.Engine.Now);
        var ids = IdSource.Seeded(11);
        var people = Enumerable.Range(0, viewers).Select(_ => ids.Next<ViewerId>()).ToArray();
        var batches = signals / Batch;
        var turns = (int)(batches / viewers) + 1;
        var next = -1L;
        var before = server.Engine.Ledger.Head;
        var bytesBefore = new FileInfo(server.StoreFile).Length;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < batches)
            {
                cancellation.ThrowIfCancellationRequested();
                var viewer = people[number % viewers];
                await server.Grains.GetGrain<IViewerGrain>(viewer.Value).Record(script.Batch(viewer, (int)(number / viewers), turns, Batch), null);
                if (number % 1000 == 0) progress.Report($"{number * Batch:N0} of {signals:N0} signals");
            }
        }, cancellation)));
        await server.FoldedAsync(cancellation);
        var seconds = watch.Elapsed.TotalSeconds;
        var entries = server.Engine.Ledger.Head - before;
        return new FillFigures(entries, videos, viewers, Math.Round(entries / seconds), Math.Round((new FileInfo(server.StoreFile).Length - bytesBefore) / (double)entries));
    }
}
