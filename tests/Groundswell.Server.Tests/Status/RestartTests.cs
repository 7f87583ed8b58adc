using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Groundswell.Cluster;
using Groundswell.Core;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;
using Groundswell.Demo.Seeds;
using Groundswell.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Groundswell.Server.Tests.Status;

/// <summary>What a server makes of what another one left behind.</summary>
public sealed class RestartTests(Api api) : IClassFixture<Api>
{
    private static readonly CreatorId Creator = new(5);

    [Fact]
    public async Task AVideoLeftInWork_IsTakenUpAgain_AndOneWithoutItsFileIsRefused()
    {
        using var data = new DataFolder();
        var (whole, lost) = (new VideoId(101), new VideoId(102));
        await data.AppendAsync(Uploaded(whole), Uploaded(lost));
        Directory.CreateDirectory(data.File("uploads"));
        File.Copy(await api.ClipAsync("left.mp4", "testsrc=s=180x320:r=12"), data.File("uploads", $"{whole}.bin"));
        // What a kill in the middle of media work leaves.
        Directory.CreateDirectory(data.File("media", whole.ToString(), ".work"));
        await File.WriteAllTextAsync(data.File("media", whole.ToString(), ".work", "video.mp4"), "half");

        await using var server = await data.StartAsync();
        await StageAsync(server, whole, VideoStage.Testing);
        await StageAsync(server, lost, VideoStage.Rejected);
        Directory.EnumerateFileSystemEntries(data.File("media", whole.ToString())).Select(Path.GetFileName).Order().ShouldBe(["poster.jpg", "strip.jpg", "video.mp4"]);
        Directory.EnumerateFiles(data.File("uploads")).ShouldBeEmpty();
    }

    /// <summary>Where the video's folder should be lies a file: a fault of the machine, not of the clip.</summary>
    [Fact]
    public async Task AFaultOfTheMachine_IsTriedAgain_WithoutARestart()
    {
        using var data = new DataFolder();
        var video = new VideoId(104);
        await data.AppendAsync(Uploaded(video));
        Directory.CreateDirectory(data.File("uploads"));
        Directory.CreateDirectory(data.File("media"));
        File.Copy(await api.ClipAsync("fault.mp4", "testsrc=s=180x320:r=12"), data.File("uploads", $"{video}.bin"));
        await File.WriteAllTextAsync(data.File("media", video.ToString()), "in the way");
        await using var server = await data.StartAsync();
        File.Delete(data.File("media", video.ToString()));
        await StageAsync(server, video, VideoStage.Testing);
    }

    [Fact]
    public async Task BytesThatNoVideoOwns_AreTidiedAtTheStart()
    {
        using var data = new DataFolder();
        var seed = new CatalogueSeed(Taxonomy.Default, 4);
        var (kept, deleted, never) = (seed.Id(1), seed.Id(2), new VideoId(103));
        await data.AppendAsync(
        [
            .. seed.Video(1, TimeProvider.System.GetUtcNow(), open: true), .. seed.Video(2, TimeProvider.System.GetUtcNow(), open: true),
            new VideoMoved(TimeProvider.System.GetUtcNow(), deleted, seed.Creator(2), VideoStage.Open, VideoStage.Deleted, 0, Reason.Of(ReasonCode.DeletedByCreator), "creator"),
        ]);
        Directory.CreateDirectory(data.File("uploads"));
        foreach (var video in (VideoId[])[kept, deleted]) Directory.CreateDirectory(data.File("media", video.ToString()));
        await File.WriteAllTextAsync(data.File("media", deleted.ToString(), "video.mp4"), "deleted, and then the server was killed");
        await File.WriteAllTextAsync(data.File("uploads", $"{never}.bin"), "half an upl");
        await File.WriteAllTextAsync(data.File("uploads", "note.txt"), "not ours");

        await using var server = await data.StartAsync();
        Directory.Exists(data.File("media", kept.ToString())).ShouldBeTrue();
        Directory.Exists(data.File("media", deleted.ToString())).ShouldBeFalse();
        Directory.EnumerateFiles(data.File("uploads")).Select(Path.GetFileName).ShouldBe(["note.txt"]);
    }

    [Fact]
    public async Task ASecondServer_OnTheSameFolder_FailsWithOneSentence()
    {
        using var data = new DataFolder();
        await using var first = await data.StartAsync();
        var refusal = await Should.ThrowAsync<StoreUnavailableException>(() => data.StartAsync());
        refusal.Message.ShouldContain("open already");
        refusal.Message.ShouldNotContain("\n");
        using var client = new HttpClient { BaseAddress = first.Address };
        (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Killed after the file was written and before all accounts were: the passwords that were shown work.</summary>
    [Fact]
    public async Task FirstAccounts_AreFinished_WhereAKillLeftThem()
    {
        using var data = new DataFolder();
        Directory.CreateDirectory(data.File("keys"));
        await File.WriteAllTextAsync(data.File("keys", "first-accounts.txt"), "operator\tpassword-one\tcreator, reviewer, operator\nreviewer\tpassword-two\treviewer\n");
        await File.WriteAllBytesAsync(data.File("keys", "slot.key.new"), [1, 2, 3]);
        await using var server = await data.StartAsync();
        server.Accounts.Select(account => account.Name).ShouldBe(["operator", "reviewer"]);
        using var client = new HttpClient { BaseAddress = server.Address };
        var token = await client.PostAsJsonAsync("/v1/tokens", new { name = "operator", password = "password-one" });
        (await Api.Json(token)).GetProperty("roles").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task AnIdentity_OutlivesTheServer()
    {
        using var data = new DataFolder();
        await data.AppendAsync([.. Enumerable.Range(0, 10).SelectMany(number => new CatalogueSeed(Taxonomy.Default, 4).Video(number, TimeProvider.System.GetUtcNow(), open: true, durationMs: 1000))]);
        string device;
        string? viewer;
        string seen;
        await using (var server = await data.StartAsync())
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            device = (await Api.Json(await client.PostAsync("/v1/devices", null))).GetProperty("device_token").GetString() ?? "";
            client.DefaultRequestHeaders.Add("X-Device-Token", device);
            var page = await Api.Json(await client.PostAsJsonAsync("/v1/feed", new { n = 1 }));
            viewer = page.GetProperty("viewer_id").GetString();
            var item = page.GetProperty("items")[0];
            seen = item.GetProperty("video_id").GetString() ?? "";
            await Api.Json(await client.PostAsJsonAsync("/v1/events", new[] { Api.Event("a", "play_end", item, Api.Played(1000)) }));
        }
        await using var again = await data.StartAsync();
        using var later = new HttpClient { BaseAddress = again.Address };
        later.DefaultRequestHeaders.Add("X-Device-Token", device);
        var rest = await Api.Json(await later.PostAsJsonAsync("/v1/feed", new { n = 20 }));
        rest.GetProperty("viewer_id").GetString().ShouldBe(viewer);
        rest.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("video_id").GetString()).ShouldNotContain(seen);
    }

    private static VideoUploaded Uploaded(VideoId video) => new(TimeProvider.System.GetUtcNow(), video, Creator, "ada", "Left #alone", ["alone"], null, "left.mp4", 1000);

    private static async Task StageAsync(GroundswellServer server, VideoId video, VideoStage wanted)
    {
        var engine = server.Services.GetRequiredService<Engine>();
        var watch = Stopwatch.StartNew();
        while (engine.Catalogue.Video(video)?.Stage != wanted)
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(40), $"{video} is at {engine.Catalogue.Video(video)?.Stage}");
            await Task.Delay(20);
        }
    }
}
