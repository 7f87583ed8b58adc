using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Http.Headers;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Server.Access;
using Groundswell.Storage;

namespace Groundswell.Bench;

/// <param name="SignalsPerS">Durable signals a second, from the first call until all are acknowledged and every projection has folded them.</param>
/// <param name="RawInsertPerS">The same rows into the same tables of the same store, by a bare loop: see <see cref="BareInserts"/> and <see cref="BareCopies"/>.</param>
/// <param name="CpuUsASignal">Processor time of the whole process for one signal, the client's and the projections' included, in µs: what a busy machine does not blur.</param>
/// <param name="AckP99Ms">Time from sending a batch until all of it is acknowledged, within which 99 of 100 stayed.</param>
public sealed record SignalsFigures(
    string Store, string Path, int Signals, int Batch, int Clients, double SignalsPerS, double AckP50Ms, double AckP99Ms, double RawInsertPerS, double Ratio,
    double CpuUsASignal);

/// <summary>How the signals reach the engine: through the grains of the process, or through <c>POST /v1/events</c> with the client on the same cores.</summary>
public enum SignalsPath { InProcess, Http }

/// <summary>Durable signals a second, all rules and projections on.</summary>
public static class SignalsBench
{
    private const int Videos = 10_000;
    private const int Viewers = 1_000;
    private const int RowsACommit = 4_096;
    private const string Schema = "groundswell";
    private const string BareSchema = "bare";

    /// <summary>Why there can be no PostgreSQL server here; null when there can.</summary>
    public static string? PostgresMissing => PostgresServer.Missing;

    /// <param name="calls">Batches under way at once; null for what suits the path.</param>
    /// <param name="onPostgres">In a PostgreSQL server of its own, started for this and gone after; else in the embedded store.</param>
    public static async Task<SignalsFigures> RunAsync(
        SignalsPath path, bool onPostgres, int signals, int batch, int? calls, IProgress<string> progress, CancellationToken cancellation)
    {
        // Enough that the writer always finds something; over HTTP the client is on the same cores, and more would only wait longer.
        var clients = calls ?? (path == SignalsPath.Http ? 4 : 16);
        await using var postgres = onPostgres ? await PostgresServer.StartAsync() : null;
        if (postgres is not null) BareCopies.Begin(postgres.Address("public"), Schema);
        await using var server = await BenchServer.StartAsync(Videos, progress, cancellation, store: postgres?.Address(Schema) ?? Stores.Embedded);
        var (warmUp, batches) = Script(server, path, signals, batch);
        using var client = server.Client();
        Func<Batch, Task> send = path == SignalsPath.Http ? one => SendAsync(client, server, one, cancellation) : one => RecordAsync(server, one);
        GC.Collect();
        progress.Report("warming up");
        await RunAsync(warmUp, clients, send, new Latencies());
        await server.FoldedAsync(cancellation);
        progress.Report($"measuring {batches.Length * batch} signals");
        var before = server.Engine.Ledger.Head;
        var latencies = new Latencies();
        var watch = Stopwatch.StartNew();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        await RunAsync(batches, clients, send, latencies);
        await server.FoldedAsync(cancellation);
        var perSecond = batches.Length * batch / watch.Elapsed.TotalSeconds;
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        progress.Report("measuring the raw limit");
        var rows = Rows(server.Engine.Ledger, before, cancellation);
        var raw = postgres is null ? BareInserts.RowsPerS(rows) : BareCopies.RowsPerS(postgres.Address(BareSchema), BareSchema, rows);
        return new SignalsFigures(
            onPostgres ? "postgres" : "sqlite", path.ToString(), batches.Length * batch, batch, clients, Math.Round(perSecond), latencies.Quantile(0.5), latencies.Quantile(0.99), Math.Round(raw), Math.Round(perSecond / raw, 3),
            Math.Round(cpu.TotalMicroseconds / (batches.Length * batch), 1));
    }

    private sealed record Batch(ViewerId Viewer, ImmutableArray<Signal> Signals, byte[] Body, string Device);

    private static (Batch[] WarmUp, Batch[] Measured) Script(BenchServer server, SignalsPath path, int signals, int batch)
    {
        var script = new SignalScript(BenchServer.Seed, Videos, server.Signer, server.Engine.Now);
        var ids = IdSource.Seeded(11);
        var viewers = Enumerable.Range(0, Viewers).Select(_ => ids.Next<ViewerId>()).ToArray();
        var devices = viewers.Select(server.Tokens.ForDevice).ToArray();
        var turns = Math.Max(2, (signals / batch / Viewers) + 1);
        var all = Enumerable.Range(0, turns * Viewers).AsParallel().AsOrdered().Select(number =>
        {
            var viewer = viewers[number % Viewers];
            var of = script.Batch(viewer, number / Viewers, turns, batch);
            // Only what is sent is kept: a large heap of the bench's own would be the collector's work, not the engine's.
            return path == SignalsPath.Http ? new Batch(viewer, [], script.Body(of), devices[number % Viewers]) : new Batch(viewer, of, [], "");
        }).ToArray();
        return (all[..Viewers], all[Viewers..]);
    }

    private static async Task RunAsync(Batch[] batches, int clients, Func<Batch, Task> send, Latencies latencies)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < batches.Length)
            {
                var began = Stopwatch.GetTimestamp();
                await send(batches[number]);
                latencies.Add(Stopwatch.GetElapsedTime(began));
            }
        })));
    }

    /// <summary>The rows that were just written, as they would be written once more.</summary>
    private static PreparedEntry[][] Rows(ILedger ledger, long after, CancellationToken cancellation)
    {
        var rows = new List<PreparedEntry>();
        while (ledger.Read(after, RowsACommit) is [.., var last] entries)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.AddRange(entries.Where(recorded => recorded.Entry is SignalRecorded).Select(recorded => PreparedEntry.Of(recorded.Entry)));
            after = last.Position;
        }
        return [.. rows.Chunk(RowsACommit)];
    }

    private static async Task RecordAsync(BenchServer server, Batch batch)
    {
        var results = await server.Grains.GetGrain<IViewerGrain>(batch.Viewer.Value).Record(batch.Signals, null);
        if (results.FirstOrDefault(result => result.Status is not (SignalStatus.Accepted or SignalStatus.Late)) is { } refused)
            throw new InvalidOperationException($"A signal of the script does not count: {refused}.");
    }

    private static async Task SendAsync(HttpClient client, BenchServer server, Batch batch, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new ByteArrayContent(batch.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(Callers.DeviceHeader, batch.Device);
        using var answer = await client.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        if (body.AsSpan().IndexOf("disqualified"u8) >= 0 || body.AsSpan().IndexOf("invalid"u8) >= 0)
            throw new InvalidOperationException($"A signal of the script does not count: {System.Text.Encoding.UTF8.GetString(body)}.");
    }
}
