using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Cluster.Follow;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Demo.Seeds;
using Groundswell.Storage;
using Microsoft.Data.Sqlite;

namespace Groundswell.Cluster.Tests;

/// <summary>
/// The whole server while its store fails under it: a full disk, a disk that refuses writes, a commit that hangs, a damaged
/// file. It says so, refuses events with a time to come back, goes on serving pages from memory where it can, counts nothing
/// by half, and is well again by itself when the cause is gone.
/// </summary>
public sealed class StoreFaultTests(ITestOutputHelper output) : IDisposable
{
    private const int Videos = 60;
    private const int Padding = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("groundswell-fault-").FullName;
    private readonly List<string> _acknowledged = [];
    private int _sent;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (OperatingSystem.IsLinux() && Mounted()) Command("umount", "-l", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task AFullDisk_IsAClearState_AndPassesByItself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Command("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", _folder) == 0, "Only root may mount a small disk.");
        await SeedAsync();
        using var server = await ServerProcess.StartAsync(_folder, Cancel);
        var viewer = await Viewer.MeetAsync(server.Client);
        await WatchAsync(viewer);
        var filler = Path.Combine(_folder, "filler");
        await DegradesAsync(server, viewer, () => Fill(filler), "full");
        File.Delete(filler);
        await RecoversAsync(server, viewer);
        await server.KillAsync();
        await NothingIsHalfCountedAsync();
    }

    [Fact]
    public async Task ADiskThatRefusesWrites_IsAClearState_AndPassesByItself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/prlimit"), "There is no prlimit here, by which a running process is forbidden to write.");
        await SeedAsync();
        using var server = await ServerProcess.StartAsync(_folder, Cancel, ignoringFileLimits: true);
        var viewer = await Viewer.MeetAsync(server.Client);
        await WatchAsync(viewer);
        await DegradesAsync(server, viewer, () => Command("prlimit", "--pid", $"{server.Id}", "--fsize=0:unlimited").ShouldBe(0), "fails to read or write");
        Command("prlimit", "--pid", $"{server.Id}", "--fsize=unlimited:unlimited").ShouldBe(0);
        await RecoversAsync(server, viewer);
        await server.KillAsync();
        await NothingIsHalfCountedAsync();
    }

    [Fact]
    public async Task ACommitThatHangs_KeepsNoPageWaiting_AndIsAClearState()
    {
        await SeedAsync();
        using var server = await ServerProcess.StartAsync(_folder, Cancel);
        var (hanging, other) = (await Viewer.MeetAsync(server.Client), await Viewer.MeetAsync(server.Client));
        await WatchAsync(hanging);
        await other.PageAsync();
        // To the writer a disk that does not answer and a lock that is not given back look the same: its commit does not return.
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "store", "groundswell.db")};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var transaction = connection.BeginTransaction(deferred: false);
            var waiting = hanging.SendAsync(Batch(hanging));
            // Within the five seconds that the writer waits for the lock, whoever watches for the first time gets a page.
            var watch = Stopwatch.StartNew();
            var newcomer = await Viewer.MeetAsync(server.Client);
            (await newcomer.PageAsync()).ShouldNotBeEmpty();
            output.WriteLine($"a page while the commit hangs: {watch.ElapsedMilliseconds} ms");
            waiting.IsCompleted.ShouldBeFalse("the commit hangs");
            using var refused = await waiting;
            Refused(refused);
            (await UntilAsync(server, "degraded")).ShouldContain("lock");
        }
        await RecoversAsync(server, hanging);
        await server.KillAsync();
        await NothingIsHalfCountedAsync();
    }

    [Fact]
    public async Task AReadOnlyStore_EndsTheStartWithASentence()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Command("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", _folder) == 0, "Only root may mount a small disk.");
        await SeedAsync();
        using (var server = await ServerProcess.StartAsync(_folder, Cancel)) await server.KillAsync();
        Command("mount", "-o", "remount,ro", _folder).ShouldBe(0);
        var (code, said) = await ServerProcess.RunToEndAsync(_folder, Cancel);
        output.WriteLine(said);
        code.ShouldBe(1);
        said.ShouldNotContain("   at ");
        Command("mount", "-o", "remount,rw", _folder).ShouldBe(0);
        using var again = await ServerProcess.StartAsync(_folder, Cancel);
        (await (await Viewer.MeetAsync(again.Client)).PageAsync()).ShouldNotBeEmpty();
    }

    /// <summary>Whichever page is damaged: the start ends with a sentence, or the server serves and refuses with a sentence; it never counts on.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public async Task ADamagedEndOfTheFile_IsNamed(int pages)
    {
        await SeedAsync();
        using (var server = await ServerProcess.StartAsync(_folder, Cancel))
        {
            await WatchAsync(await Viewer.MeetAsync(server.Client));
            await server.KillAsync();
        }
        await using (await SqliteStore.OpenAsync(Path.Combine(_folder, "store"), TimeProvider.System, new StoreOptions()))
        {
            // Closing folds the write-ahead log into the file, whose last pages then are the newest.
        }
        Damage(Path.Combine(_folder, "store", "groundswell.db"), pages);
        using var process = ServerProcess.Run("serve", "--demo", "off", "--data", _folder, "--port", "0");
        var said = new List<string>();
        process.OutputDataReceived += (_, line) => said.Add(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Add(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var address = await StartedAsync(process, said);
        if (address is null)
        {
            output.WriteLine(string.Join('\n', said));
            process.ExitCode.ShouldBe(1);
            string.Join('\n', said).ShouldContain("damaged");
            return;
        }
        using var client = new HttpClient { BaseAddress = address };
        var viewer = await Viewer.MeetAsync(client);
        for (var number = 0; number < 30; number++)
        {
            using var answer = await viewer.SendAsync(Batch(viewer));
            output.WriteLine($"{(int)answer.StatusCode}");
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("damaged");
        }
        process.Kill();
        await process.WaitForExitAsync(Cancel);
        var (code, verified) = await ServerProcess.RunToEndAsync(["ledger", "verify", "--data", _folder], Cancel);
        output.WriteLine($"{code}: {verified}");
        verified.ShouldNotContain("   at ");
    }

    /// <summary>Brings the fault about and watches events being refused, pages served and the reason told.</summary>
    private async Task DegradesAsync(ServerProcess server, Viewer viewer, Action fault, string reason)
    {
        fault();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await viewer.SendAsync(Batch(viewer));
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                await AcknowledgeAsync(answer);
                watch.Elapsed.ShouldBeLessThan(Patience, "the fault has no effect");
                fault();
                continue;
            }
            Refused(answer);
            break;
        }
        (await UntilAsync(server, "degraded")).ShouldContain(reason);
        (await (await Viewer.MeetAsync(server.Client)).PageAsync()).ShouldNotBeEmpty("pages come from memory");
        using var console = new HttpRequestMessage(HttpMethod.Get, "/v1/console/overview");
        console.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await server.TokenAsync(_folder, "operator")}");
        using var overview = await server.Client.SendAsync(console, Cancel);
        (await overview.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("ledger").GetProperty("problem").GetString().ShouldNotBeNull().ShouldContain(reason);
    }

    /// <summary>Nobody writes: the server finds out by itself that it can again. Then what was refused is sent again.</summary>
    private async Task RecoversAsync(ServerProcess server, Viewer viewer)
    {
        await UntilAsync(server, "ready");
        await WatchAsync(viewer);
        server.Faults.Where(line => line.Contains("failed", StringComparison.Ordinal) && !line.Contains("/v1/", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private async Task NothingIsHalfCountedAsync()
    {
        await using var store = await SqliteStore.OpenAsync(Path.Combine(_folder, "store"), TimeProvider.System, new StoreOptions());
        var counts = new Dictionary<string, int>();
        for (long after = 0; store.Ledger.Read(after, 4096) is { Count: > 0 } entries; after = entries[^1].Position)
            foreach (var (_, entry) in entries)
                if (entry is SignalRecorded signal) counts[signal.EventId] = counts.GetValueOrDefault(signal.EventId) + 1;
        output.WriteLine($"{_acknowledged.Count} acknowledged, {counts.Count} in the ledger");
        _acknowledged.Where(id => counts.GetValueOrDefault(id) != 1).ShouldBeEmpty();
        counts.Where(pair => pair.Value != 1).ShouldBeEmpty();
        var engine = new Engine(new Rules(), Taxonomy.Default, store, new EngineClock(TimeProvider.System), new Chance(0), IdSource.Seeded(1));
        new LedgerVerification(engine, new Progress<LedgerProgress>()).Run(Cancel).Differences.ShouldBeEmpty();
    }

    private async Task WatchAsync(Viewer viewer)
    {
        using var answer = await viewer.SendAsync(Batch(viewer));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await AcknowledgeAsync(answer);
    }

    private async Task AcknowledgeAsync(HttpResponseMessage answer)
    {
        foreach (var result in (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("results").EnumerateArray())
            if (result.GetProperty("status").GetString() != "invalid") _acknowledged.Add(result.GetProperty("event_id").GetString() ?? "");
    }

    /// <summary>Comments of some length, so that a little disk fills soon.</summary>
    private JsonArray Batch(Viewer viewer) => new([.. Enumerable.Range(0, 50).Select(_ => (JsonNode)new JsonObject
    {
        ["event_id"] = $"event {_sent++}", ["type"] = "comment", ["client_ts"] = TimeProvider.System.GetUtcNow(), ["video_id"] = viewer.Video,
        ["props"] = new JsonObject { ["text"] = new string('x', Padding) },
    })]);

    private static void Refused(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    private async Task<string> UntilAsync(ServerProcess server, string status)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await server.Client.GetAsync("/health/ready", Cancel);
            var health = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            if (health.GetProperty("status").GetString() == status)
            {
                output.WriteLine($"{status} after {watch.ElapsedMilliseconds} ms: {health}");
                answer.IsSuccessStatusCode.ShouldBe(status == "ready");
                return health.GetProperty("detail").GetString() ?? "";
            }
            watch.Elapsed.ShouldBeLessThan(Patience, $"it does not become {status}: {health}");
            await Task.Delay(50, Cancel);
        }
    }

    private static async Task<Uri?> StartedAsync(Process process, List<string> said)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(50, Cancel))
        {
            if (said.ToArray().FirstOrDefault(line => line?.StartsWith("Groundswell is at ", StringComparison.Ordinal) == true) is { } line) return new Uri(line.Split(' ')[3]);
            if (process.HasExited)
            {
                await process.WaitForExitAsync(Cancel);
                return null;
            }
            watch.Elapsed.ShouldBeLessThan(Patience, "it neither starts nor ends");
        }
    }

    private async Task SeedAsync()
    {
        await using var store = await SqliteStore.OpenAsync(Path.Combine(_folder, "store"), TimeProvider.System, new StoreOptions());
        var seed = new CatalogueSeed(Taxonomy.Default, 5);
        var at = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);
        await store.Ledger.AppendAsync([.. Enumerable.Range(0, Videos).SelectMany(number => seed.Video(number, at, open: true, durationMs: 1500))], Cancel);
    }

    private static void Damage(string file, int pages)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        var bytes = new byte[Math.Min(stream.Length - 8192, pages * 8192)];
        Array.Fill(bytes, (byte)0xa5);
        stream.Seek(-bytes.Length, SeekOrigin.End);
        stream.Write(bytes);
    }

    /// <summary>Takes all the room there is.</summary>
    private static void Fill(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, 0);
            foreach (var size in (int[])[1 << 20, 1 << 12])
                for (var chunk = new byte[size]; ;)
                {
                    try
                    {
                        file.Write(chunk);
                    }
                    catch (IOException)
                    {
                        break;
                    }
                }
        }
        catch (IOException)
        {
            // Not even room to close it.
        }
    }

    private bool Mounted() => File.ReadLines("/proc/mounts").Any(line => line.Contains(_folder, StringComparison.Ordinal));

    private static int Command(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true }) ?? throw new InvalidOperationException($"{program} did not start.");
        process.WaitForExit();
        return process.ExitCode;
    }

    private sealed class Viewer(HttpClient client, string device)
    {
        public string Video { get; private set; } = "";

        public static async Task<Viewer> MeetAsync(HttpClient client)
        {
            using var answer = await client.PostAsync("/v1/devices", null, Cancel);
            var viewer = new Viewer(client, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("device_token").GetString() ?? "");
            viewer.Video = new CatalogueSeed(Taxonomy.Default, 5).Id(0).ToString();
            return viewer;
        }

        public async Task<JsonElement[]> PageAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/feed") { Content = JsonContent.Create(new JsonObject { ["n"] = 5 }) };
            request.Headers.Add("X-Device-Token", device);
            using var answer = await client.SendAsync(request, Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
            return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("items").EnumerateArray()];
        }

        public async Task<HttpResponseMessage> SendAsync(JsonArray events)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = JsonContent.Create(events) };
            request.Headers.Add("X-Device-Token", device);
            return await client.SendAsync(request, Cancel);
        }
    }
}
