using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core.Videos;

namespace Groundswell.Server.Tests.Feed;

/// <summary>Ranges, device clocks and deleted comments, over HTTP.</summary>
public sealed class PlayReportTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Ranges_AreUnitedByTheServer_WhateverSumTheDeviceClaims()
    {
        var (device, item) = await OpenAsync();
        var first = await api.EventsAsync(device, Api.Event("r1", "heartbeat", item, Ranges([0, 400])), Api.Event("r2", "heartbeat", item, Ranges([300, 600], [900, 1000])));
        first.ShouldAllBe(result => result.GetProperty("status").GetString() == "accepted");
        var claimed = Ranges([900, 1000]);
        claimed["played_ms"] = 1000;
        await api.EventsAsync(device, Api.Event("r3", "play_end", item, claimed));
        (await PointsAsync(item)).ShouldBe(0);

        await api.EventsAsync(device, Api.Event("r4", "play_end", item, Ranges([0, 900])));
        (await PointsAsync(item)).ShouldBe(8);
    }

    [Theory]
    [InlineData("[[0]]", "props.ranges")]
    [InlineData("[[5,4]]", "props.ranges")]
    [InlineData("[[-1,4]]", "props.ranges")]
    [InlineData("[[0,86400001]]", "props.ranges")]
    [InlineData("[null]", "props.ranges")]
    [InlineData("[5]", "props.ranges")]
    [InlineData("\"0-5\"", "props.ranges")]
    [InlineData("many", "props.ranges")]
    public async Task WrongRanges_NameTheirField(string ranges, string field)
    {
        var (device, item) = await OpenAsync();
        var text = ranges == "many" ? $"[{string.Join(',', Enumerable.Range(0, 65).Select(i => $"[{i * 2},{(i * 2) + 1}]"))}]" : ranges;
        var result = (await api.EventsAsync(device, Api.Event("w", "play_end", item, new JsonObject { ["ranges"] = JsonNode.Parse(text) })))[0];
        result.GetProperty("status").GetString().ShouldBe("invalid");
        result.GetProperty("field").GetString().ShouldNotBeNull().ShouldStartWith(field);
    }

    [Theory]
    [InlineData("lost:r_0000000000001:0", null, "event_id")]
    [InlineData("e", "lost", "props.end_reason")]
    public async Task WhatIsTheEnginesOwn_NoDeviceMaySay(string id, string? reason, string field)
    {
        var (device, item) = await OpenAsync();
        var props = Api.Played(500);
        if (reason is not null) props["end_reason"] = reason;
        var result = (await api.EventsAsync(device, Api.Event(id, "play_end", item, props)))[0];
        (result.GetProperty("status").GetString(), result.GetProperty("field").GetString()).ShouldBe(("invalid", field));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task ClientTime_CorrectsAWrongClock(int daysOff)
    {
        var (device, item) = await OpenAsync();
        var wrong = TimeProvider.System.GetUtcNow().AddDays(daysOff);
        var one = Api.Event("c", "like", item);
        one["client_ts"] = wrong;
        var result = (await SendAsync(device, one, wrong.ToString("O"))).GetProperty("results")[0];
        result.GetProperty("status").GetString().ShouldBe("accepted");
    }

    [Fact]
    public async Task AClientTimeThatIsNone_IsRefused()
    {
        var (device, item) = await OpenAsync();
        using var request = Request(device, Api.Event("c", "like", item), "noon");
        await Api.Problem(await api.Client.SendAsync(request), HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("n1", new[] { "two" })]
    [InlineData(null, new string[0])]
    public async Task ADeletedComment_IsGone_WithItsPoints(string? named, string[] left)
    {
        var (device, item) = await OpenAsync();
        await api.EventsAsync(
            device, Api.Event("p", "play_end", item, Api.Played(1000)), Api.Event("n1", "comment", item, new JsonObject { ["text"] = "one" }),
            Api.Event("n2", "comment", item, new JsonObject { ["text"] = "two" }));
        (await PointsAsync(item)).ShouldBe(12);

        var deletion = Api.Event("d", "delete_comment", item, named is null ? null : new JsonObject { ["comment_id"] = named });
        deletion["slot_token"] = null;
        (await api.EventsAsync(device, deletion))[0].GetProperty("status").GetString().ShouldBe("accepted");

        var comments = await Api.Json(await api.Client.GetAsync($"/v1/videos/{item.GetProperty("video_id").GetString()}/comments"));
        comments.GetProperty("comments").EnumerateArray().Select(comment => comment.GetProperty("text").GetString()).ShouldBe(left);
        (await PointsAsync(item)).ShouldBe(left.Length > 0 ? 12 : 8);
    }

    [Fact]
    public async Task NewDevicesOfOneNetwork_CountForLittle_ThoseOfThisMachineAreTheOperators()
    {
        var (_, first) = await OpenAsync();
        var video = first.GetProperty("video_id").GetString() ?? "";
        var reasons = new List<string?>();
        for (var number = 0; number < 4; number++) reasons.Add(await WatchAsync(video, "203.0.113.9"));
        reasons.Add(await WatchAsync(video, "2001:db8::1"));
        reasons.Add(await WatchAsync(video, null));
        reasons.ShouldBe([null, null, "fresh_devices", "fresh_devices", null, null]);
    }

    private async Task<string?> WatchAsync(string video, string? from)
    {
        var device = await api.DeviceAsync();
        var item = (await api.FeedAsync(device, new JsonObject { ["n"] = 1, ["start_with"] = video })).GetProperty("items")[0];
        using var request = Request(device, Api.Event("f", "play_end", item, Api.Played(1000)), null);
        if (from is not null) request.Headers.Add("X-Forwarded-For", from);
        return (await Api.Json(await api.Client.SendAsync(request))).GetProperty("results")[0].GetProperty("reason").GetString();
    }

    private async Task<JsonElement> SendAsync(string device, JsonObject one, string clientTime)
    {
        using var request = Request(device, one, clientTime);
        return await Api.Json(await api.Client.SendAsync(request));
    }

    private static HttpRequestMessage Request(string device, JsonObject one, string? clientTime)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = JsonContent.Create(new JsonArray(one)) };
        request.Headers.Add("X-Device-Token", device);
        if (clientTime is not null) request.Headers.Add("Client-Time", clientTime);
        return request;
    }

    private static JsonObject Ranges(params int[][] ranges) =>
        new() { ["ranges"] = new JsonArray([.. ranges.Select(range => (JsonNode)new JsonArray(range[0], range[1]))]), ["end_reason"] = "swipe" };

    private async Task<(string Device, JsonElement Item)> OpenAsync()
    {
        var device = await api.DeviceAsync();
        var fresh = api.Engine.Catalogue.Videos().First(video => video.Evidence == Core.Audience.Evidence.None && video.Stage.IsServable()).Id;
        return (device, (await api.FeedAsync(device, new JsonObject { ["n"] = 1, ["start_with"] = fresh.ToString() })).GetProperty("items")[0]);
    }

    private async Task<double> PointsAsync(JsonElement item)
    {
        await api.Follower.QuietAsync(CancellationToken.None);
        return api.Engine.Catalogue.Video(Core.IdText.Parse<Core.VideoId>(item.GetProperty("video_id").GetString() ?? ""))?.Evidence.Totals.Points ?? -1;
    }
}
