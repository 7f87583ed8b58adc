using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Server.Access;

namespace Groundswell.Bench;

/// <param name="ReadyS">From opening the store until the server answers.</param>
/// <param name="FirstFeedS">… until the first page of a viewer who had been there is answered.</param>
/// <param name="HighestRssMb">The most memory that the process has held.</param>
public sealed record ColdStartFigures(long Entries, int Videos, double ReadyS, double FirstFeedS, int Items, double HighestRssMb);

/// <summary>How long a server takes from its start on a full store to its first page; see <see cref="FillBench"/> for the store.</summary>
public static class ColdStartBench
{
    public static async Task<ColdStartFigures> RunAsync(string folder, IProgress<string> progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await using var server = await BenchServer.StartAsync(videos: 0, progress, cancellation, folder);
        var ready = watch.Elapsed;
        using var client = server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/feed") { Content = JsonContent.Create(new JsonObject { ["n"] = 5 }) };
        request.Headers.Add(Callers.DeviceHeader, server.Tokens.ForDevice(IdSource.Seeded(11).Next<ViewerId>()));
        using var answer = await client.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
        var page = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        var first = watch.Elapsed;
        return new ColdStartFigures(
            server.Engine.Ledger.Head, server.Engine.Catalogue.Videos().Length, Math.Round(ready.TotalSeconds, 2), Math.Round(first.TotalSeconds, 2),
            page.GetProperty("items").GetArrayLength(), Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0));
    }
}
