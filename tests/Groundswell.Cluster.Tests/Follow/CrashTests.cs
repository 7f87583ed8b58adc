using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Demo.Seeds;
using Groundswell.Storage;

namespace Groundswell.Cluster.Tests.Follow;

/// <summary>
/// The server is killed under load again and again. What it acknowledged is there exactly once, and everything it had
/// saved equals a rebuild from the first entry.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    /// <summary>How often the server is killed: 5 times, or GROUNDSWELL_KILLS for a long run.</summary>
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("GROUNDSWELL_KILLS"), out var kills) && kills > 0 ? kills : 5;
    private const int Viewers = 6;
    private const int Videos = 300;
    private const int Journeys = 60;
    private const ulong Catalogue = 3;

    [Fact]
    public async Task KilledServer_LosesNothingAcknowledged_CountsNothingTwice_AndRebuildsEqual()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        output.WriteLine($"seed {seed}");
        var chance = new Chance(seed);
        var folder = Directory.CreateTempSubdirectory("groundswell-crash-").FullName;
        await SeedAsync(folder);
        var acknowledged = new ConcurrentBag<string>();
        var devices = new ConcurrentDictionary<string, string>();
        for (var round = 0; round < Rounds; round++)
        {
            using var server = await ServerProcess.StartAsync(folder, cancellation);
            var load = Enumerable.Range(0, Viewers).Select(viewer => WatchAsync(server.Client, $"{round}-{viewer}", acknowledged, devices)).ToArray();
            await Task.Delay(TimeSpan.FromMilliseconds(700 + (1500 * chance.For(round).Unit())), cancellation);
            await server.KillAsync();
            // What the server logged first: it tells why, should one of its answers be a fault.
            foreach (var fault in server.Faults) output.WriteLine($"kill {round + 1}: {fault}");
            await Task.WhenAll(load);
        }

        await using (var store = await SqliteStore.OpenAsync(Path.Combine(folder, "store"), TimeProvider.System, new StoreOptions()))
        {
            var recorded = Recorded(store).Select(signal => signal.EventId).CountBy(id => id).ToDictionary(pair => pair.Key, pair => pair.Value);
            acknowledged.Count.ShouldBeGreaterThan(Rounds * Viewers);

            var engine = new Engine(new Rules(), Taxonomy.Default, store, new EngineClock(TimeProvider.System), new Chance(0), IdSource.Seeded(1));
            engine.Store.Snapshots.Watermark(CatalogueSnapshots.Kind).ShouldBeGreaterThan(0, "the killed servers had saved something");
            var report = new LedgerVerification(engine, new Progress<LedgerProgress>()).Run(cancellation);
            var missing = acknowledged.Where(id => !recorded.ContainsKey(id)).ToArray();
            var doubled = recorded.Where(pair => pair.Value > 1).Select(pair => pair.Key).ToArray();
            output.WriteLine(
                $"{Rounds} kills, {acknowledged.Count} events acknowledged, {recorded.Count} in the ledger, {missing.Length} missing, {doubled.Length} doubled, {report.Differences.Length} of {report.Projections} projections differ");
            missing.ShouldBeEmpty();
            doubled.ShouldBeEmpty();
            report.Differences.ShouldBeEmpty();
            report.Projections.ShouldBeGreaterThan(Videos);
        }
        await RestartedServerAgreesWithTheLedger(folder, devices, cancellation);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What a restarted server says over HTTP is what a fold over the ledger alone says: totals, tastes, evidence.</summary>
    private static async Task RestartedServerAgreesWithTheLedger(string folder, ConcurrentDictionary<string, string> devices, CancellationToken cancellation)
    {
        JsonElement totals;
        var tastes = new Dictionary<ViewerId, JsonElement>();
        var evidence = new Dictionary<VideoId, JsonElement>();
        using (var server = await ServerProcess.StartAsync(folder, cancellation))
        {
            var bearer = await server.TokenAsync(folder, "operator");
            totals = (await GetAsync(server, "/v1/console/overview", "Authorization", $"Bearer {bearer}")).GetProperty("totals");
            foreach (var (viewer, device) in devices) tastes[IdText.Parse<ViewerId>(viewer)] = await GetAsync(server, "/v1/taste", "X-Device-Token", device);
            foreach (var number in Enumerable.Range(0, Journeys))
            {
                var video = new CatalogueSeed(Taxonomy.Default, Catalogue).Id(number);
                evidence[video] = (await GetAsync(server, $"/v1/videos/{video}/journey", "Authorization", $"Bearer {bearer}")).GetProperty("evidence");
            }
            await server.KillAsync();
        }
        await using var store = await SqliteStore.OpenAsync(Path.Combine(folder, "store"), TimeProvider.System, new StoreOptions());
        var signals = Recorded(store).ToArray();
        totals.GetProperty("signals").GetInt64().ShouldBe(signals.Length);
        totals.GetProperty("views").GetInt64().ShouldBe(signals.Count(signal => signal.Change is { ResolvedNow: true }));
        totals.GetProperty("videos").GetInt32().ShouldBe(Videos);

        var engine = new Engine(new Rules(), Taxonomy.Default, store, new EngineClock(TimeProvider.System), new Chance(0), IdSource.Seeded(1));
        tastes.Values.Sum(taste => taste.GetProperty("views").GetInt32()).ShouldBeGreaterThan(Rounds);
        foreach (var (viewer, said) in tastes)
        {
            var rebuilt = ViewerLoading.Rebuild(viewer, engine, long.MaxValue);
            said.GetProperty("views").GetInt32().ShouldBe(rebuilt.Views.Count);
            foreach (var genre in said.GetProperty("genres").EnumerateArray())
            {
                var index = Taxonomy.Default.Genres.Index().Single(known => known.Item.Name == genre.GetProperty("name").GetString()).Index;
                genre.GetProperty("score").GetDouble().ShouldBe(Math.Round(rebuilt.Taste.Affinity(index, engine.Rules.Taste), 3), 1e-9);
            }
        }
        var recordedOf = store.Ledger.Read(0, int.MaxValue).Select(recorded => recorded.Entry).OfType<SignalRecorded>().ToLookup(signal => signal.Video);
        foreach (var (video, said) in evidence)
        {
            var rebuilt = recordedOf[video].Aggregate(Evidence.None, (sum, signal) => sum.Fold(signal));
            said.GetProperty("impressions").GetInt32().ShouldBe(rebuilt.Totals.Impressions);
            said.GetProperty("views").GetInt32().ShouldBe(rebuilt.Totals.Views);
            said.GetProperty("points").GetDouble().ShouldBe(Math.Round(rebuilt.Totals.Points, 1), 1e-9);
            said.GetProperty("actions").GetProperty("like").GetInt32().ShouldBe(rebuilt.Actions.Like);
        }
    }

    private static async Task<JsonElement> GetAsync(ServerProcess server, string path, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        return await Json(await server.Client.SendAsync(request));
    }

    /// <summary>Pages, watches and remembers what was acknowledged, until the server is gone.</summary>
    private static async Task WatchAsync(HttpClient client, string name, ConcurrentBag<string> acknowledged, ConcurrentDictionary<string, string> devices)
    {
        try
        {
            var minted = await Json(await client.PostAsync("/v1/devices", null));
            var device = minted.GetProperty("device_token").GetString() ?? "";
            devices[minted.GetProperty("viewer_id").GetString() ?? ""] = device;
            for (var page = 0; ; page++)
            {
                var items = (await SendAsync(client, device, "/v1/feed", new JsonObject { ["n"] = 5 })).GetProperty("items");
                foreach (var (number, item) in items.EnumerateArray().Index())
                {
                    var events = Events($"{name}-{page}-{number}", item);
                    // Half of all requests are sent twice: the second must change nothing.
                    for (var sent = 0; sent < 1 + (number % 2); sent++)
                    {
                        var results = (await SendAsync(client, device, "/v1/events", events.DeepClone())).GetProperty("results");
                        foreach (var result in results.EnumerateArray())
                            if (sent == 0) acknowledged.Add(result.GetProperty("event_id").GetString() ?? "");
                            else result.GetProperty("status").GetString().ShouldBe("duplicate");
                    }
                }
            }
        }
        catch (HttpRequestException)
        {
            // Killed, or refused: what was not acknowledged may or may not be there.
        }
    }

    private static JsonArray Events(string name, JsonElement item)
    {
        JsonObject Of(string type, JsonObject? props = null) => new()
        {
            ["event_id"] = $"{name}-{type}", ["type"] = type, ["client_ts"] = TimeProvider.System.GetUtcNow(), ["props"] = props,
            ["slot_token"] = item.GetProperty("slot_token").GetString(), ["video_id"] = item.GetProperty("video_id").GetString(),
        };
        return [Of("impression"), Of("like"), Of("play_end", new JsonObject { ["played_ms"] = 1500, ["total_ms"] = 1500, ["loops"] = 0, ["end_reason"] = "swipe" })];
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string device, string path, JsonNode body)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            request.Headers.Add("X-Device-Token", device);
            var answer = await client.SendAsync(request);
            // A refusal is no acknowledgement; a fault is one too many.
            if (answer.StatusCode is not (System.Net.HttpStatusCode.TooManyRequests or System.Net.HttpStatusCode.ServiceUnavailable)) return await Json(answer, path);
            await Task.Delay(100);
        }
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer, string path = "")
    {
        if (!answer.IsSuccessStatusCode) throw new ShouldAssertException($"{path} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static IEnumerable<SignalRecorded> Recorded(SqliteStore store)
    {
        for (long after = 0; store.Ledger.Read(after, 4096) is { Count: > 0 } entries; after = entries[^1].Position)
            foreach (var (_, entry) in entries)
                if (entry is SignalRecorded signal) yield return signal;
    }

    private static async Task SeedAsync(string folder)
    {
        await using var store = await SqliteStore.OpenAsync(Path.Combine(folder, "store"), TimeProvider.System, new StoreOptions());
        var seed = new CatalogueSeed(Taxonomy.Default, Catalogue);
        var at = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);
        LedgerEntry[] entries = [.. Enumerable.Range(0, Videos).SelectMany(number => seed.Video(number, at, open: number % 5 != 0, durationMs: 1500))];
        await store.Ledger.AppendAsync(entries, CancellationToken.None);
    }
}
