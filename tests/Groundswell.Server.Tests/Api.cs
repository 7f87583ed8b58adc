using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Core;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;
using Groundswell.Demo.Seeds;
using Groundswell.Server.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Groundswell.Server.Tests;

/// <summary>A real server with a seeded catalogue of open videos, and the words a test speaks to it with.</summary>
public sealed class Api : IAsyncLifetime
{
    private const int Videos = 80;
    private readonly string _folder = Directory.CreateTempSubdirectory("groundswell-api-").FullName;
    private readonly Dictionary<string, string> _tokens = [];
    private GroundswellServer? _server;
    private HttpClient? _client;

    /// <summary>The server's data folder.</summary>
    public string Folder => _folder;

    public GroundswellServer Server => _server ?? throw new InvalidOperationException("The server was not started.");
    public HttpClient Client => _client ?? throw new InvalidOperationException("The server was not started.");
    public Engine Engine => Server.Services.GetRequiredService<Engine>();
    public LedgerFollower Follower => Server.Services.GetRequiredService<LedgerFollower>();

    public async ValueTask InitializeAsync()
    {
        _server = await GroundswellServer.StartAsync(
            new ServerOptions(Port: 0, DataFolder: _folder, Demo: false, RateLimits: false), TimeProvider.System, logging => logging.SetMinimumLevel(LogLevel.Error), CancellationToken.None);
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = _server.Address };
        var seed = new CatalogueSeed(Taxonomy.Default, 11);
        LedgerEntry[] entries = [.. Enumerable.Range(0, Videos).SelectMany(number => seed.Video(number, Engine.Now - TimeSpan.FromHours(1), open: true, durationMs: 1000))];
        await Engine.Ledger.AppendAsync(entries, CancellationToken.None);
        await Follower.QuietAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public async Task<string> DeviceAsync() => (await Json(await Client.PostAsync("/v1/devices", null))).GetProperty("device_token").GetString() ?? "";

    /// <summary>One more open video, of a given creator.</summary>
    public async Task<VideoId> SeedAsync(int number, CreatorId creator)
    {
        var seed = new CatalogueSeed(Taxonomy.Default, 12);
        LedgerEntry[] entries =
        [
            .. seed.Video(number, Engine.Now - TimeSpan.FromHours(1), open: true, durationMs: 1000).Select(entry => entry switch
            {
                VideoUploaded uploaded => uploaded with { Creator = creator },
                VideoProcessed processed => processed with { Creator = creator },
                VideoMoved moved => moved with { Creator = creator },
                _ => entry,
            }),
        ];
        await Engine.Ledger.AppendAsync(entries, CancellationToken.None);
        await Follower.QuietAsync(CancellationToken.None);
        return seed.Id(number);
    }

    /// <summary>A bearer token of one of the first accounts.</summary>
    public async Task<string> TokenAsync(string name)
    {
        if (_tokens.TryGetValue(name, out var known)) return known;
        var password = Server.Accounts.Single(account => account.Name == name).Password;
        var answer = await Json(await Client.PostAsJsonAsync("/v1/tokens", new { name, password }));
        return _tokens[name] = answer.GetProperty("access_token").GetString() ?? "";
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? device = null, string? bearer = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (device is not null) request.Headers.Add(Callers.DeviceHeader, device);
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return Client.SendAsync(request);
    }

    public async Task<JsonElement> FeedAsync(string device, JsonObject? body = null) =>
        await Json(await SendAsync(HttpMethod.Post, "/v1/feed", JsonContent.Create(body ?? []), device));

    public async Task<JsonElement[]> EventsAsync(string device, params JsonObject[] events) =>
        [.. (await Json(await SendAsync(HttpMethod.Post, "/v1/events", JsonContent.Create(new JsonArray([.. events])), device))).GetProperty("results").EnumerateArray()];

    public static JsonObject Event(string id, string type, JsonElement item, JsonObject? props = null) => new()
    {
        ["event_id"] = id, ["type"] = type, ["client_ts"] = TimeProvider.System.GetUtcNow(), ["props"] = props,
        ["slot_token"] = item.GetProperty("slot_token").GetString(), ["video_id"] = item.GetProperty("video_id").GetString(),
    };

    public static JsonObject Played(int ms, int loops = 0) => new() { ["played_ms"] = Math.Min(ms, 1000), ["total_ms"] = ms, ["loops"] = loops, ["end_reason"] = "swipe" };

    public static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>The problem document of an answer, which must be one.</summary>
    public static async Task<JsonElement> Problem(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
        return problem;
    }

    public async Task<VideoId> UploadAsync(string file, string caption, string bearer)
    {
        using var form = new MultipartFormDataContent { { new StringContent(caption), "caption" }, { new ByteArrayContent(await File.ReadAllBytesAsync(file)), "file", Path.GetFileName(file) } };
        var answer = await SendAsync(HttpMethod.Post, "/v1/videos", form, bearer: bearer);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return IdText.Parse<VideoId>((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("video_id").GetString() ?? "");
    }

    /// <summary>Waits until a video is at one of the stages.</summary>
    public async Task<VideoStage> StageAsync(VideoId video, params VideoStage[] wanted)
    {
        var watch = Stopwatch.StartNew();
        while (Engine.Catalogue.Video(video) is not { } state || !wanted.Contains(state.Stage))
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(60)) throw new TimeoutException($"{video} is at {Engine.Catalogue.Video(video)?.Stage} after a minute.");
            await Task.Delay(50);
        }
        return Engine.Catalogue.Video(video)?.Stage ?? default;
    }

    /// <summary>A tiny clip by ffmpeg's generators.</summary>
    public async Task<string> ClipAsync(string name, string source, string sound = "sine=f=440")
    {
        var path = Path.Combine(_folder, name);
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardError = true };
        foreach (var argument in (string[])
            ["-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i", source, "-f", "lavfi", "-i", sound, "-t", "2", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", path])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("ffmpeg did not start.");
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, errors);
        return path;
    }
}
