using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Cluster.Videos;
using Groundswell.Core;
using Groundswell.Core.Videos;
using Microsoft.Extensions.DependencyInjection;

namespace Groundswell.Server.Tests.Videos;

/// <summary>A clip's whole life over HTTP, with real ffmpeg and a scripted audience.</summary>
public sealed class UploadToVerdictTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task ALovedClipWidens_AnUnlovedOneIsPaused_AndTheirJourneysSayWhy()
    {
        await TestsInEverySessionAsync();
        var bearer = await api.TokenAsync("creator");
        var loved = await api.UploadAsync(await api.ClipAsync("loved.mp4", "mandelbrot=s=180x320:r=12"), "A fractal #fractals", bearer);
        var unloved = await api.UploadAsync(await api.ClipAsync("unloved.mp4", "life=s=180x320:r=12:mold=10:ratio=0.4:seed=5", "sine=f=200"), "Cells #gameoflife", bearer);
        (await api.StageAsync(loved, VideoStage.Testing)).ShouldBe(VideoStage.Testing);
        (await api.StageAsync(unloved, VideoStage.Testing)).ShouldBe(VideoStage.Testing);

        await WatchAsync(loved, unloved);
        (await api.StageAsync(loved, VideoStage.Widening, VideoStage.Open)).IsServable().ShouldBeTrue();
        await api.StageAsync(unloved, VideoStage.Paused);

        foreach (var video in (VideoId[])[loved, unloved])
        {
            await Api.Problem(await api.SendAsync(HttpMethod.Get, $"/v1/videos/{video}/journey"), HttpStatusCode.Unauthorized);
            var journey = await Api.Json(await api.SendAsync(HttpMethod.Get, $"/v1/videos/{video}/journey", bearer: bearer));
            var entries = journey.GetProperty("entries").EnumerateArray().ToArray();
            entries.Select(entry => entry.GetProperty("to").GetString()).Take(4).ShouldBe(["uploaded", "processed", "reviewed", "testing"]);
            entries.ShouldAllBe(entry => (entry.GetProperty("text").GetString() ?? "").Length > 20);
            entries[^1].GetProperty("numbers").TryGetProperty("probability", out _).ShouldBeTrue();
            journey.GetProperty("evidence").GetProperty("views").GetInt32().ShouldBeGreaterThanOrEqualTo(3, "a first look is a quarter of the batch");
            journey.GetProperty("history").GetArrayLength().ShouldBeGreaterThanOrEqualTo(3);
        }
    }

    [Fact]
    public async Task ACopyIsHeld_AppealedAndDecidedOnce_AndDeletingLeavesNoFile()
    {
        var bearer = await api.TokenAsync("creator");
        var clip = await api.ClipAsync("twice.mp4", "testsrc2=s=180x320:r=12");
        var first = await api.UploadAsync(clip, "One", bearer);
        await api.StageAsync(first, VideoStage.Testing);
        var copy = await api.UploadAsync(clip, "One again", bearer);
        await api.StageAsync(copy, VideoStage.Held);
        api.Engine.Catalogue.Video(copy)?.LastReason?.Other.ShouldBe(first);
        await Api.Problem(await api.Client.GetAsync($"/media/{copy}/video.mp4"), HttpStatusCode.NotFound);

        (await api.SendAsync(HttpMethod.Post, $"/v1/videos/{copy}/appeal", JsonContent.Create(new { note = "It is mine." }), bearer: bearer)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await api.StageAsync(copy, VideoStage.HumanReview);
        var reviewer = await api.TokenAsync("reviewer");
        var queue = await Api.Json(await api.SendAsync(HttpMethod.Get, "/v1/review/queue", bearer: reviewer));
        var item = queue.GetProperty("items").EnumerateArray().Single(one => one.GetProperty("video_id").GetString() == copy.ToString());
        item.GetProperty("appeal").GetProperty("note").GetString().ShouldBe("It is mine.");
        item.GetProperty("duplicate_of").GetProperty("video_id").GetString().ShouldBe(first.ToString());
        await Api.Json(await Decide(copy, reviewer, new { decision = "approve", reason = "original" }));
        await Api.Problem(await Decide(copy, reviewer, new { decision = "reject", reason = "copy" }), HttpStatusCode.Conflict);
        await api.StageAsync(copy, VideoStage.Testing);

        var range = new HttpRequestMessage(HttpMethod.Get, $"/media/{copy}/video.mp4");
        range.Headers.Range = new(0, 99);
        (await api.Client.SendAsync(range)).StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await api.SendAsync(HttpMethod.Delete, $"/v1/videos/{copy}", bearer: bearer)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await api.StageAsync(copy, VideoStage.Deleted);
        await Api.Problem(await api.Client.GetAsync($"/media/{copy}/video.mp4"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task ABlockedWordWaitsForAPerson_AndGarbageIsRefusedInASentence()
    {
        var bearer = await api.TokenAsync("creator");
        var flagged = await api.UploadAsync(await api.ClipAsync("scam.mp4", "gradients=s=180x320:r=12:speed=0.05"), "This is no scam", bearer);
        await api.StageAsync(flagged, VideoStage.HumanReview);
        var reviewer = await api.TokenAsync("reviewer");
        await Api.Problem(await Decide(flagged, reviewer, new { decision = "reject", reason = "nonsense" }), HttpStatusCode.UnprocessableEntity);
        await Api.Json(await Decide(flagged, reviewer, new { decision = "reject", reason = "fraud", note = "Plainly one." }));
        await api.StageAsync(flagged, VideoStage.Rejected);

        var garbage = Path.Combine(Path.GetTempPath(), $"garbage-{Environment.ProcessId}.mp4");
        await File.WriteAllTextAsync(garbage, "This is not a video at all.");
        var refused = await api.UploadAsync(garbage, "Hm", bearer);
        File.Delete(garbage);
        await api.StageAsync(refused, VideoStage.Rejected);
        var journey = await Api.Json(await api.SendAsync(HttpMethod.Get, $"/v1/videos/{refused}/journey", bearer: bearer));
        journey.GetProperty("headline").GetString().ShouldStartWith("The file cannot be shown:");
        await Api.Problem(await api.SendAsync(HttpMethod.Post, "/v1/videos", new StringContent("x"), bearer: bearer), HttpStatusCode.UnsupportedMediaType);
        await Api.Problem(await api.SendAsync(HttpMethod.Post, "/v1/videos", new MultipartFormDataContent { { new StringContent("no file"), "caption" } }, bearer: bearer), HttpStatusCode.UnprocessableEntity);
    }

    private Task<HttpResponseMessage> Decide(VideoId video, string bearer, object body) =>
        api.SendAsync(HttpMethod.Post, $"/v1/review/{video}/decision", JsonContent.Create(body), bearer: bearer);

    [Fact]
    public async Task AViewBySharedLink_IsAViewButNoEvidenceForTheGate()
    {
        var bearer = await api.TokenAsync("creator");
        var clip = await api.UploadAsync(await api.ClipAsync("shared.mp4", "rgbtestsrc=s=180x320:r=12"), "By link", bearer);
        await api.StageAsync(clip, VideoStage.Testing);
        var device = await api.DeviceAsync();
        var page = await api.FeedAsync(device, new JsonObject { ["n"] = 1, ["start_with"] = clip.ToString() });
        await PlayAsync(device, page.GetProperty("items").EnumerateArray().First(), "shared", full: true);

        var video = api.Engine.Catalogue.Video(clip).ShouldNotBeNull();
        (video.Evidence.Totals.Views, video.OnTrial).ShouldBe((1, default));
    }

    /// <summary>As shipped, tests wait for a viewer's second session, half an hour later: the operator takes them into the first.</summary>
    private async Task TestsInEverySessionAsync()
    {
        var rules = JsonContent.Create(new { test_batch = new { first_session = 1, first_position = 0, slot_share = 0.5 } });
        var answer = await api.SendAsync(HttpMethod.Put, "/v1/console/rules", rules, bearer: await api.TokenAsync("operator"));
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>New devices come until both have their verdict: who is served the one as a test watches and likes it, and leaves the other at once.</summary>
    private async Task WatchAsync(VideoId loved, VideoId unloved)
    {
        for (var viewer = 0; viewer < 120 && new[] { loved, unloved }.Any(video => api.Engine.Catalogue.Video(video)?.Stage == VideoStage.Testing); viewer++)
        {
            var device = await api.DeviceAsync();
            var page = await api.FeedAsync(device, new JsonObject { ["n"] = 10 });
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                var video = item.GetProperty("video_id").GetString();
                if (video == loved.ToString() || video == unloved.ToString()) await PlayAsync(device, item, $"{video}-{viewer}", full: video == loved.ToString());
            }
        }
    }

    private async Task PlayAsync(string device, JsonElement item, string name, bool full)
    {
        // The clip lasts two seconds, and so much play the clock allows at once.
        await api.EventsAsync(
            device, Api.Event($"{name}-i", "impression", item), Api.Event($"{name}-l", full ? "like" : "play_start", item),
            Api.Event($"{name}-e", "play_end", item, new JsonObject { ["played_ms"] = full ? 1990 : 150, ["total_ms"] = full ? 1990 : 150, ["loops"] = 0, ["end_reason"] = "swipe" }));
        await api.Follower.QuietAsync(CancellationToken.None);
    }
}
