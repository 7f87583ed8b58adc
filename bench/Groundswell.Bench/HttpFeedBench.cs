using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Server.Access;

namespace Groundswell.Bench;

/// <param name="FeedsPerS">Pages of five a second over HTTP, client on the same cores.</param>
/// <param name="RawPerS">What the same client gets from the same server's liveness answer: the limit of HTTP on this machine.</param>
public sealed record HttpFeedFigures(int Videos, int Viewers, int Clients, double FeedsPerS, double P50Ms, double P99Ms, double RawPerS, double Ratio, double RssMb, double StartS);

/// <summary><c>POST /v1/feed</c> over HTTP: many viewers, each with some taste, asking for pages.</summary>
public static class HttpFeedBench
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task<HttpFeedFigures> RunAsync(int videos, int viewers, int clients, TimeSpan time, IProgress<string> progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await using var server = await BenchServer.StartAsync(videos, progress, cancellation);
        var start = watch.Elapsed;
        using var client = server.Client();
        progress.Report("introducing viewers");
        var tokens = await TokensAsync(client, viewers, cancellation);
        await Run(WarmUp, new Latencies());
        progress.Report("measuring feeds");
        var latencies = new Latencies();
        var feeds = await Run(time, latencies);
        progress.Report("measuring the raw limit");
        var raw = await Load.RunAsync(clients, TimeSpan.FromSeconds(3), new Latencies(), (_, token) => client.GetAsync("/health/live", token), cancellation);
        return new HttpFeedFigures(
            videos, viewers, clients, Math.Round(feeds), latencies.Quantile(0.5), latencies.Quantile(0.99), Math.Round(raw), Math.Round(feeds / raw, 3),
            Math.Round(Process.GetCurrentProcess().WorkingSet64 / 1048576.0), Math.Round(start.TotalSeconds, 1));

        Task<double> Run(TimeSpan span, Latencies into) => Load.RunAsync(clients, span, into, (number, token) => Page(client, tokens[number % tokens.Length], token), cancellation);
    }

    private static Task<HttpResponseMessage> Page(HttpClient client, string device, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/feed") { Content = JsonContent.Create(new JsonObject { ["n"] = 5 }) };
        request.Headers.Add(Callers.DeviceHeader, device);
        return client.SendAsync(request, cancellation);
    }

    internal static async Task<string[]> TokensAsync(HttpClient client, int count, CancellationToken cancellation)
    {
        var tokens = new string[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation }, async (number, token) =>
        {
            using var answer = await client.PostAsync("/v1/devices", null, token);
            tokens[number] = (await answer.Content.ReadFromJsonAsync<JsonElement>(token)).GetProperty("device_token").GetString() ?? "";
        });
        return tokens;
    }
}
