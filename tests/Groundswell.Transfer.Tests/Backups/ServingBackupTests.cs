using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Cluster.Tests;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Demo.Seeds;
using Groundswell.Transfer.Tests.Fixtures;

namespace Groundswell.Transfer.Tests.Backups;

/// <summary>A server is backed up while viewers watch, and another one is started on what was restored.</summary>
public sealed class ServingBackupTests(ITestOutputHelper output) : IDisposable
{
    private const int Videos = 60;
    private const int Viewers = 4;
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("backup")]
    [InlineData("backup.tar")]
    public async Task ABackupUnderLoad_HoldsAllUpToItsHead_AndAServerStartsOnIt(string target)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await SeedAsync();
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        using (var server = await ServerProcess.StartAsync(_folder["data"], cancellation))
        {
            var acknowledged = new ConcurrentBag<string>();
            var watching = Enumerable.Range(0, Viewers).Select(viewer => WatchAsync(server.Client, viewer, acknowledged, stop.Token)).ToArray();
            while (acknowledged.Count < 100) await Task.Delay(20, cancellation);
            var atStart = acknowledged.ToArray();
            var (code, said) = await ServerProcess.RunToEndAsync(["backup", _folder[target], "--data", _folder["data"]], cancellation);
            output.WriteLine($"{said} {acknowledged.Count - atStart.Length} events were acknowledged meanwhile");
            code.ShouldBe(0, said);
            var later = acknowledged.Count;
            while (acknowledged.Count < later + 20) await Task.Delay(20, cancellation);
            await stop.CancelAsync();
            await Task.WhenAll(watching);
            await server.KillAsync();

            (code, said) = await ServerProcess.RunToEndAsync(["restore", _folder[target], "--data", _folder["again"], "--verify"], cancellation);
            output.WriteLine(said);
            code.ShouldBe(0, said);
            said.ShouldContain(" 0 differences");
            var restored = _folder.Ledger("again");
            restored.ShouldBe(_folder.Ledger("data").Take(restored.Count));
            // Whatever was acknowledged before the backup began is in it.
            foreach (var id in atStart) restored.ShouldContain(line => line.Contains($"\"{id}\"", StringComparison.Ordinal));
        }
        foreach (var file in Directory.EnumerateFiles(_folder["data/media"], "*", SearchOption.AllDirectories))
            (await File.ReadAllBytesAsync(Path.Combine(_folder["again"], Path.GetRelativePath(_folder["data"], file)), cancellation)).ShouldBe(await File.ReadAllBytesAsync(file, cancellation));
        using var again = await ServerProcess.StartAsync(_folder["again"], cancellation);
        foreach (var name in (string[])["operator", "reviewer", "creator"]) (await again.TokenAsync(_folder["again"], name)).ShouldNotBeEmpty();
    }

    private async Task SeedAsync()
    {
        var seed = new CatalogueSeed(Taxonomy.Default, 5);
        var at = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);
        await _folder.FillAsync("data", [.. Enumerable.Range(0, Videos).SelectMany(number => seed.Video(number, at, open: true, durationMs: 1500))]);
        foreach (var number in Enumerable.Range(0, Videos))
        {
            var media = Directory.CreateDirectory(_folder[$"data/media/{seed.Id(number)}"]).FullName;
            await File.WriteAllBytesAsync(Path.Combine(media, "video.mp4"), [.. Enumerable.Range(0, 50_000).Select(at => (byte)(at * number))]);
        }
    }

    private static async Task WatchAsync(HttpClient client, int viewer, ConcurrentBag<string> acknowledged, CancellationToken stop)
    {
        try
        {
            var device = (await (await client.PostAsync("/v1/devices", null, stop)).Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("device_token").GetString() ?? "";
            var page = await SendAsync(client, device, "/v1/feed", new JsonObject { ["n"] = 5 }, stop);
            var items = page?.GetProperty("items").EnumerateArray().ToArray() ?? [];
            for (var number = 0; ; number++)
            {
                // Mostly redundant, but recorded: the catalogue is soon watched through, and the load must not end with it.
                var events = new JsonArray([.. items.Index().Select(pair => (JsonNode)Impression($"{viewer}-{number}-{pair.Index}", pair.Item))]);
                if (await SendAsync(client, device, "/v1/events", events, stop) is { } answer)
                    foreach (var result in answer.GetProperty("results").EnumerateArray()) acknowledged.Add(result.GetProperty("event_id").GetString() ?? "");
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The test has seen enough.
        }
    }

    private static JsonObject Impression(string id, JsonElement item) => new()
    {
        ["event_id"] = id, ["type"] = "impression", ["client_ts"] = TimeProvider.System.GetUtcNow(),
        ["slot_token"] = item.GetProperty("slot_token").GetString(), ["video_id"] = item.GetProperty("video_id").GetString(),
    };

    /// <summary>The answer; null when the viewer was asked to wait.</summary>
    private static async Task<JsonElement?> SendAsync(HttpClient client, string device, string path, JsonNode body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Device-Token", device);
        using var answer = await client.SendAsync(request, stop);
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
        {
            await Task.Delay(50, stop);
            return null;
        }
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
    }
}
