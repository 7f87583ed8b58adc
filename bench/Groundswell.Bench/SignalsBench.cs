using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core.Ledger;
using Groundswell.Server.Access;
using Groundswell.Storage;

namespace Groundswell.Bench;

/// <param name="SignalsPerS">Durable signals a second over HTTP, all rules and projections on, client on the same cores.</param>
/// <param name="RawInsertPerS">The same entries appended to an empty ledger of the same store by a bare loop, full commits.</param>
public sealed record SignalsFigures(
    string Store, int Batch, int Clients, double SignalsPerS, double AckP50Ms, double AckP99Ms, double RawInsertPerS, double Ratio);

/// <summary><c>POST /v1/events</c> over HTTP: batches of signals that answer slots really served.</summary>
public static class SignalsBench
{
    private const int Viewers = 400;

    public static async Task<SignalsFigures> RunAsync(int batch, int clients, TimeSpan time, IProgress<string> progress, CancellationToken cancellation)
    {
        await using var server = await BenchServer.StartAsync(2_000, progress, cancellation);
        using var client = server.Client();
        var tokens = await FeedBench.TokensAsync(client, Viewers, cancellation);
        progress.Report("serving slots");
        var slots = new string[Viewers][];
        for (var viewer = 0; viewer < Viewers; viewer++) slots[viewer] = await SlotsAsync(client, tokens[viewer], cancellation);
        progress.Report("measuring signals");
        var latencies = new Latencies();
        var before = server.Engine.Ledger.Head;
        var requests = await Load.RunAsync(clients, time, latencies, (number, token) => Send(client, tokens, slots, number, batch, token), cancellation);
        var entries = server.Engine.Ledger.Read(before, 4_000).Select(recorded => recorded.Entry).OfType<SignalRecorded>().ToArray();
        progress.Report("measuring the raw limit");
        var raw = await RawAsync(entries, cancellation);
        var perSecond = requests * batch;
        return new SignalsFigures(
            "sqlite", batch, clients, Math.Round(perSecond), latencies.Quantile(0.5), latencies.Quantile(0.99), Math.Round(raw), Math.Round(perSecond / raw, 3));
    }

    /// <summary>Each slot of a page as "token video".</summary>
    private static async Task<string[]> SlotsAsync(HttpClient client, string device, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/feed") { Content = JsonContent.Create(new JsonObject { ["n"] = 20 }) };
        request.Headers.Add(Callers.DeviceHeader, device);
        using var answer = await client.SendAsync(request, cancellation);
        var page = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return [.. page.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("slot_token").GetString()} {item.GetProperty("video_id").GetString()}")];
    }

    private static Task<HttpResponseMessage> Send(HttpClient client, string[] tokens, string[][] slots, int number, int batch, CancellationToken cancellation)
    {
        var viewer = number % tokens.Length;
        var now = TimeProvider.System.GetUtcNow();
        var body = new StringBuilder("[");
        for (var i = 0; i < batch; i++)
        {
            var slot = slots[viewer][i % slots[viewer].Length].Split(' ');
            if (i > 0) body.Append(',');
            body.Append($$$"""{"event_id":"{{{number}}}-{{{i}}}","type":"heartbeat","client_ts":"{{{now:O}}}","slot_token":"{{{slot[0]}}}","video_id":"{{{slot[1]}}}",""")
                .Append($$$""" "props":{"played_ms":{{{i}}},"total_ms":{{{i}}},"loops":0}}""");
        }
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new StringContent(body.Append(']').ToString(), Encoding.UTF8, "application/json") };
        request.Headers.Add(Callers.DeviceHeader, tokens[viewer]);
        return client.SendAsync(request, cancellation);
    }

    /// <summary>Rows a second that the store takes when nothing but the store is in the way.</summary>
    private static async Task<double> RawAsync(SignalRecorded[] entries, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("groundswell-bench-").FullName;
        await using var store = await SqliteStore.OpenAsync(folder, TimeProvider.System, new StoreOptions());
        const int rounds = 25;
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < rounds; round++)
            await store.Ledger.AppendAsync([.. entries.Select(entry => entry with { EventId = $"{round} {entry.EventId}" })], cancellation);
        var perSecond = entries.Length * rounds / watch.Elapsed.TotalSeconds;
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        return perSecond;
    }
}
