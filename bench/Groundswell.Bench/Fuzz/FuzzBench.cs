using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core.Chances;

namespace Groundswell.Bench.Fuzz;

/// <param name="ByStatus">Answers by status; <c>closed</c> are connections closed without one where the request was not whole.</param>
/// <param name="Faults">Requests answered with 5xx, or not at all though they were whole: the first of them as text.</param>
/// <param name="FirstHeapMb">Managed heap after a full collection, client included: at the end of the first tenth.</param>
public sealed record FuzzFigures(
    ulong Seed, double Minutes, long Requests, double RequestsPerS, ImmutableSortedDictionary<string, long> ByStatus, ImmutableSortedDictionary<string, long> ByKind,
    ImmutableArray<string> Faults, double FirstHeapMb, double LastHeapMb, double FirstRssMb, double LastRssMb);

/// <summary>
/// <c>POST /v1/events</c> and <c>POST /v1/feed</c> over bare connections: bodies from the server's own OpenAPI document,
/// spoilt in every way we could think of. Whatever comes, the answer is 2xx or 4xx.
/// </summary>
public static class FuzzBench
{
    private const int Clients = 4;
    private const int Devices = 200;
    private const int FaultsKept = 20;
    private static readonly string[] Paths = ["/v1/events", "/v1/feed"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<FuzzFigures> RunAsync(TimeSpan time, ulong seed, IProgress<string> progress, CancellationToken cancellation)
    {
        progress.Report($"seed {seed}");
        await using var server = await BenchServer.StartAsync(300, progress, cancellation);
        using var client = server.Client();
        var shapes = new Shapes(JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync("/openapi/v1.json", cancellation)));
        var devices = await HttpFeedBench.TokensAsync(client, Devices, cancellation);
        var slots = await SlotsAsync(client, devices, cancellation);
        var run = new Run(client.BaseAddress ?? throw new InvalidOperationException("The server listens nowhere."), shapes, devices, slots, new Chance(seed));
        var watch = Stopwatch.StartNew();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(time);
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => run.SendUntilAsync(stop.Token), cancellation)).ToArray();
        await Task.Delay(time / 10, cancellation);
        var first = Memory();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(10), stop.Token);
                progress.Report($"{run.Requests:N0} requests, {run.Faults.Count} faults");
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // The time is up.
            }
        }
        await Task.WhenAll(clients);
        var elapsed = watch.Elapsed;
        var last = Memory();
        return new FuzzFigures(
            seed, Math.Round(elapsed.TotalMinutes, 2), run.Requests, Math.Round(run.Requests / elapsed.TotalSeconds), run.ByStatus.ToImmutableSortedDictionary(), run.ByKind.ToImmutableSortedDictionary(),
            [.. run.Faults], first.Heap, last.Heap, first.Rss, last.Rss);
    }

    private static (double Heap, double Rss) Memory()
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        return (Math.Round(heap / 1048576.0, 1), Math.Round(process.WorkingSet64 / 1048576.0));
    }

    /// <summary>Slots really served to each device, so that some of what is spoilt would have counted.</summary>
    private static async Task<(string Token, string Video)[][]> SlotsAsync(HttpClient client, string[] devices, CancellationToken cancellation)
    {
        var slots = new (string, string)[devices.Length][];
        for (var number = 0; number < devices.Length; number++) slots[number] = await ServedSlots.OfAsync(client, devices[number], cancellation);
        return slots;
    }

    private sealed class Run(Uri address, Shapes shapes, string[] devices, (string Token, string Video)[][] slots, Chance chance)
    {
        private long _number;

        public long Requests => Volatile.Read(ref _number);
        public ConcurrentDictionary<string, long> ByStatus { get; } = new();
        public ConcurrentDictionary<string, long> ByKind { get; } = new();
        public ConcurrentQueue<string> Faults { get; } = new();

        public async Task SendUntilAsync(CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref _number);
                var request = Request(chance.For(number));
                var (status, said) = await AnswerAsync(request);
                ByKind.AddOrUpdate(request.Kind, 1, (_, count) => count + 1);
                var explained = status is not (null or >= 500) || (status is null && request.Closes) || status is 501 or 505;
                ByStatus.AddOrUpdate(status is { } code ? $"{code}" : "closed", 1, (_, count) => count + 1);
                if (!explained && Faults.Count < FaultsKept) Faults.Enqueue($"request {number}, {status?.ToString() ?? said}: {request}");
            }
        }

        private RawRequest Request(Chance one)
        {
            var path = Paths[one.For("path").Hits(0.7) ? 0 : 1];
            var device = one.For("device").Below(devices.Length);
            var body = shapes.Body(path, one.For("body"));
            if (body is JsonArray events)
                foreach (var (index, item) in events.OfType<JsonObject>().Index())
                    if (one.For("slot").For(index).Hits(0.7) && slots[device].Length > 0)
                    {
                        var (token, video) = slots[device][one.For("which").For(index).Below(slots[device].Length)];
                        (item["slot_token"], item["video_id"]) = (token, video);
                    }
            return Hostility.Request(path, Encoding.UTF8.GetBytes(body?.ToJsonString() ?? "null"), devices[device], one.For("hostility"));
        }

        private async Task<(int? Status, string Said)> AnswerAsync(RawRequest request)
        {
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(address.Host, address.Port, patience.Token);
                await using var stream = new NetworkStream(socket);
                await SendAsync(stream, socket, request, patience.Token);
                var answer = new byte[64];
                var read = await stream.ReadAtLeastAsync(answer, 12, throwOnEndOfStream: false, patience.Token);
                var line = Encoding.ASCII.GetString(answer, 0, read);
                return line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && line.Length >= 12 && int.TryParse(line.AsSpan(9, 3), out var status) ? (status, line) : (null, $"closed after {read} bytes");
            }
            catch (Exception broken) when (broken is IOException or SocketException)
            {
                return (null, broken.Message);
            }
            catch (OperationCanceledException)
            {
                return (599, $"no answer within {Patience.TotalSeconds} s");
            }
        }

        private static async Task SendAsync(NetworkStream stream, Socket socket, RawRequest request, CancellationToken cancellation)
        {
            try
            {
                await stream.WriteAsync(request.Head, cancellation);
                await stream.WriteAsync(request.Body, cancellation);
                // A body that is shorter than its head says ends here: nothing more will come.
                if (request.Closes) socket.Shutdown(SocketShutdown.Send);
            }
            catch (Exception refused) when (refused is IOException or SocketException)
            {
                // The server answered before it had read everything, and wants no more: its answer may still be there to read.
            }
        }
    }
}
