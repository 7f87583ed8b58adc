using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Groundswell.Core.Chances;

namespace Groundswell.Cluster.Tests.Uploads;

/// <summary>The server is killed while it has a clip in work: an upload that was acknowledged comes to its end all the same.</summary>
public sealed class KilledUploadTests(ITestOutputHelper output)
{
    private const int Kills = 3;

    [Fact]
    public async Task AnAcknowledgedUpload_ReachesItsTest_HoweverOftenTheServerIsKilled()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        output.WriteLine($"seed {seed}");
        var folder = Directory.CreateTempSubdirectory("groundswell-killed-").FullName;
        var clip = await ClipAsync(folder);
        var video = "";
        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = await ServerProcess.StartAsync(folder, cancellation);
            if (kill == 0) video = await UploadAsync(server, await server.TokenAsync(folder, "creator"), clip);
            await Task.Delay(TimeSpan.FromMilliseconds(900 * new Chance(seed).For(kill).Unit()), cancellation);
            await server.KillAsync();
        }
        using (var server = await ServerProcess.StartAsync(folder, cancellation))
        {
            var bearer = await server.TokenAsync(folder, "creator");
            var watch = Stopwatch.StartNew();
            JsonElement journey;
            while ((journey = await JourneyAsync(server, bearer, video)).GetProperty("stage").GetString() != "testing")
            {
                watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(40), $"seed {seed}: {journey}");
                await Task.Delay(50, cancellation);
            }
            journey.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("to").GetString()).ShouldBe(["uploaded", "processed", "reviewed", "testing"]);
            (await server.Client.GetAsync($"/media/{video}/video.mp4", cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
            Directory.EnumerateFiles(Path.Combine(folder, "uploads")).ShouldBeEmpty();
            await server.KillAsync();
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The data folder is one server's: a second one says so in a sentence and ends.</summary>
    [Fact]
    public async Task ASecondServer_OnTheSameFolder_EndsWithOneSentence()
    {
        var folder = Directory.CreateTempSubdirectory("groundswell-second-").FullName;
        using (var first = await ServerProcess.StartAsync(folder, TestContext.Current.CancellationToken))
        {
            var (code, said) = await ServerProcess.RunToEndAsync(folder, TestContext.Current.CancellationToken);
            code.ShouldBe(1);
            said.Trim().ShouldStartWith("groundswell: The store in");
            said.Trim().ShouldNotContain("\n");
            (await first.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
            await first.KillAsync();
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> UploadAsync(ServerProcess server, string bearer, string clip)
    {
        using var form = new MultipartFormDataContent { { new StringContent("Killed in the middle #test"), "caption" }, { new ByteArrayContent(await File.ReadAllBytesAsync(clip)), "file", "clip.mp4" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/videos") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var answer = await server.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("video_id").GetString() ?? "";
    }

    private static async Task<JsonElement> JourneyAsync(ServerProcess server, string bearer, string video)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/videos/{video}/journey");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var answer = await server.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string> ClipAsync(string folder)
    {
        var path = Path.Combine(folder, "clip.mp4");
        using var ffmpeg = Process.Start(
            "ffmpeg", ["-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=s=360x640:r=24", "-f", "lavfi", "-i", "sine=f=300", "-t", "3", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", path]);
        await ffmpeg.WaitForExitAsync();
        ffmpeg.ExitCode.ShouldBe(0);
        return path;
    }
}
