using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Demo.Seeds;
using Groundswell.Server.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Groundswell.Server.Tests.Http;

/// <summary>More events than a server takes: the surplus is refused with a time to come back, the rest is durable, memory stays bounded.</summary>
public sealed class OverloadTests(ITestOutputHelper output)
{
    private const int Clients = 48;
    private const int RequestsEach = 6;
    private const int Batch = 800;
    private const int Padding = 900;

    [Fact]
    public async Task MoreThanTheServerTakes_IsRefused_AndWhatItTookIsDurable()
    {
        using var folder = new DataFolder();
        await using var server = await GroundswellServer.StartAsync(
            new ServerOptions(Port: 0, DataFolder: folder.Path, Demo: false, RateLimits: false, EventBacklogMb: 4), TimeProvider.System, logging => logging.SetMinimumLevel(LogLevel.Error), CancellationToken.None);
        var engine = server.Services.GetRequiredService<Engine>();
        var seed = new CatalogueSeed(Taxonomy.Default, 1);
        await engine.Ledger.AppendAsync([.. seed.Video(0, engine.Now - TimeSpan.FromHours(1), open: true)], CancellationToken.None);
        await server.Services.GetRequiredService<LedgerFollower>().QuietAsync(CancellationToken.None);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = Clients }) { BaseAddress = server.Address };
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (accepted, statuses, most) = (new ConcurrentBag<string>(), new ConcurrentDictionary<HttpStatusCode, int>(), 0L);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Task.Run(async () =>
        {
            using var minted = await client.PostAsync("/v1/devices", null);
            var device = (await minted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("device_token").GetString() ?? "";
            for (var sent = 0; sent < RequestsEach; sent++)
            {
                using var answer = await SendAsync(client, device, $"{number}-{sent}", seed.Id(0).ToString());
                statuses.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
                most = Math.Max(most, server.Services.GetRequiredService<EventAdmission>().UnderWay);
                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    answer.Headers.RetryAfter.ShouldNotBeNull();
                    await Api.Problem(answer, HttpStatusCode.TooManyRequests);
                    continue;
                }
                foreach (var result in (await Api.Json(answer)).GetProperty("results").EnumerateArray())
                    if (result.GetProperty("status").GetString() != "invalid") accepted.Add(result.GetProperty("event_id").GetString() ?? "");
            }
        })));
        output.WriteLine($"{string.Join(", ", statuses.Select(pair => $"{(int)pair.Key}: {pair.Value}"))}; {accepted.Count} events accepted, {most / 1048576.0:N1} MB under way at most");
        statuses.Keys.ShouldBe([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], ignoreOrder: true);
        most.ShouldBeLessThanOrEqualTo(4L << 20);
        server.Services.GetRequiredService<EventAdmission>().UnderWay.ShouldBe(0);

        var held = new HashSet<string>();
        for (long after = 0; engine.Ledger.Read(after, 4096) is { Count: > 0 } entries; after = entries[^1].Position)
            foreach (var (_, entry) in entries)
                if (entry is SignalRecorded signal) held.Add(signal.EventId).ShouldBeTrue();
        held.ShouldBe(accepted, ignoreOrder: true);
        output.WriteLine($"{(GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0:N1} MB more on the heap afterwards");
    }

    [Fact]
    public void AnAdmission_TakesUpToItsLimit_AndOneThatIsLargerAlone()
    {
        var admission = new EventAdmission(10_000);
        admission.TryEnter(9_000, 1 << 20).ShouldBe(9_000);
        admission.TryEnter(2_000, 1 << 20).ShouldBeNull();
        admission.TryEnter(null, 1 << 20).ShouldBeNull("a body of unknown length counts as the largest there is");
        admission.Leave(9_000);
        admission.TryEnter(null, 1 << 20).ShouldBe(1 << 20);
        admission.TryEnter(1, 1 << 20).ShouldBeNull();
        admission.Leave(1 << 20);
        admission.UnderWay.ShouldBe(0);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string device, string name, string video)
    {
        var events = new JsonArray([.. Enumerable.Range(0, Batch).Select(number => (JsonNode)new JsonObject
        {
            ["event_id"] = $"{name}-{number}", ["type"] = "share", ["client_ts"] = TimeProvider.System.GetUtcNow(), ["video_id"] = video,
            ["session_id"] = new string('s', Padding),
        })]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = JsonContent.Create(events) };
        request.Headers.Add("X-Device-Token", device);
        return await client.SendAsync(request);
    }
}
