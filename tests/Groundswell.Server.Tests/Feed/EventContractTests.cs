using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Server.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Groundswell.Server.Tests.Feed;

public sealed class EventContractTests(Api api) : IClassFixture<Api>
{
    private static readonly string[] Kinds =
        ["impression", "play_start", "heartbeat", "play_end", "like", "unlike", "comment", "delete_comment", "share", "follow", "unfollow", "not_interested", "report"];

    [Fact]
    public async Task EveryType_IsTaken()
    {
        var device = await api.DeviceAsync();
        var item = await ItemAsync(device);
        foreach (var kind in Kinds)
        {
            var props = kind switch
            {
                "heartbeat" or "play_end" => Api.Played(1000),
                "comment" => new JsonObject { ["text"] = "Nice" },
                "share" => new JsonObject { ["channel"] = "link" },
                "report" => new JsonObject { ["reason"] = "spam" },
                _ => null,
            };
            var result = (await api.EventsAsync(device, Api.Event($"kind-{kind}", kind, item, props)))[0];
            result.GetProperty("status").GetString().ShouldBe("accepted", $"{kind}: {result}");
        }
    }

    [Theory]
    [InlineData("event_id", "\"\"", "event_id")]
    [InlineData("event_id", "\"12345678901234567890123456789012345678901234567890123456789012345\"", "event_id")]
    [InlineData("event_id", "7", "event_id")]
    [InlineData("type", "\"adore\"", "type")]
    [InlineData("type", "4", "type")]
    [InlineData("client_ts", "\"yesterday\"", "client_ts")]
    [InlineData("client_ts", "1700000000", "client_ts")]
    [InlineData("video_id", "\"v_short\"", "video_id")]
    [InlineData("video_id", "\"u_0000000000001\"", "video_id")]
    [InlineData("video_id", "null", "video_id")]
    [InlineData("props", "\"none\"", "props")]
    [InlineData("props", "{\"played_ms\":1.5}", "props.played_ms")]
    [InlineData("props", "{\"played_ms\":86400001}", "props.played_ms")]
    [InlineData("props", "{\"played_ms\":1,\"total_ms\":-1}", "props.total_ms")]
    [InlineData("props", "{\"played_ms\":1,\"loops\":9223372036854775807}", "props.loops")]
    [InlineData("props", "{\"played_ms\":1,\"loops\":9223372036854775808}", "props.loops")]
    [InlineData("props", "{\"played_ms\":1,\"max_position_ms\":-5}", "props.max_position_ms")]
    [InlineData("props", "{\"played_ms\":1,\"end_reason\":2}", "props.end_reason")]
    [InlineData("props", "{\"played_ms\":1,\"end_reason\":\"bored\"}", "props.end_reason")]
    [InlineData("props", "null", "props.played_ms")]
    public async Task AWrongValue_NamesItsField_AndMovesNothing(string name, string value, string field)
    {
        var device = await api.DeviceAsync();
        var item = await ItemAsync(device);
        var spoilt = Api.Event("good", "play_end", item, Api.Played(500));
        spoilt[name] = JsonNode.Parse(value);
        var head = api.Engine.Ledger.Head;
        var result = (await api.EventsAsync(device, spoilt))[0];
        result.GetProperty("status").GetString().ShouldBe("invalid");
        result.GetProperty("field").GetString().ShouldBe(field);
        result.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
        api.Engine.Ledger.Read(head, 100).ShouldAllBe(recorded => recorded.Entry is PageServed);
    }

    [Fact]
    public async Task AVideoThatIsNot_IsInvalidEveryTime()
    {
        var device = await api.DeviceAsync();
        var stray = Api.Event("stray", "like", await ItemAsync(device));
        stray["video_id"] = "v_0000000000007";
        for (var tries = 0; tries < 2; tries++)
        {
            var result = (await api.EventsAsync(device, (JsonObject)stray.DeepClone()))[0];
            (result.GetProperty("status").GetString(), result.GetProperty("field").GetString()).ShouldBe(("invalid", "video_id"));
        }
    }

    [Fact]
    public async Task TheSameId_TwiceInOneBatch_CountsOnce()
    {
        var device = await api.DeviceAsync();
        var item = await ItemAsync(device);
        (await api.EventsAsync(device, Api.Event("one", "like", item), Api.Event("one", "like", item)))
            .Select(result => result.GetProperty("status").GetString()).ShouldBe(["accepted", "duplicate"]);
    }

    [Theory]
    [InlineData(-1, "accepted", null)]
    [InlineData(-10, "late", null)]
    [InlineData(-60 * 23, "late", null)]
    [InlineData(-60 * 25, "disqualified", "too_late")]
    [InlineData(60 * 24 * 365, "accepted", null)] // a clock that runs ahead: it happened when it arrived
    public async Task AnEvent_CountsAtItsTime_ForADay(int minutes, string status, string? reason)
    {
        var device = await api.DeviceAsync();
        var item = await ItemAsync(device);
        var old = Api.Event("old", "like", item);
        old["slot_token"] = Slot(device, item, servedMinutesAgo: Math.Max(0, -minutes) + 1);
        old["client_ts"] = TimeProvider.System.GetUtcNow().AddMinutes(minutes);
        var result = (await api.EventsAsync(device, old))[0];
        result.GetProperty("status").GetString().ShouldBe(status);
        result.GetProperty("reason").GetString().ShouldBe(reason);
    }

    /// <summary>Retries, redundant and forged events: the evidence of the video is the same after as before.</summary>
    [Fact]
    public async Task WhatDoesNotCount_LeavesTheEvidenceAsItWas()
    {
        var device = await api.DeviceAsync();
        var item = await ItemAsync(device);
        JsonObject[] view = [Api.Event("v1", "impression", item), Api.Event("v2", "like", item), Api.Event("v3", "play_end", item, Api.Played(1000))];
        await api.EventsAsync(device, [.. view.Select(one => (JsonObject)one.DeepClone())]);
        var before = await EvidenceAsync(item);
        before.GetProperty("points").GetDouble().ShouldBe(10);

        await api.EventsAsync(device, [.. view.Select(one => (JsonObject)one.DeepClone())]);
        await api.EventsAsync(device, Api.Event("v4", "like", item), Api.Event("v5", "play_end", item, Api.Played(1000)));
        await api.EventsAsync(await api.DeviceAsync(), Api.Event("v6", "like", item), Api.Event("v7", "play_end", item, Api.Played(1000)));
        var untokened = Api.Event("v8", "share", item);
        untokened["slot_token"] = null;
        await api.EventsAsync(device, untokened);
        var hasty = new JsonObject { ["played_ms"] = 1000, ["total_ms"] = 50_000, ["loops"] = 50, ["end_reason"] = "swipe" };
        await api.EventsAsync(device, Api.Event("v9", "play_end", item, hasty));

        var after = await EvidenceAsync(item);
        foreach (var field in (string[])["impressions", "views", "points", "actions", "points_by_action", "cohorts"])
            after.GetProperty(field).ToString().ShouldBe(before.GetProperty(field).ToString(), field);
        after.GetProperty("disqualified").EnumerateArray().Select(one => one.GetProperty("reason").GetString()).Order()
            .ShouldBe(["foreign_slot", "impossible_speed", "not_served", "redundant"]);
    }

    [Fact]
    public async Task ALikeTakenBack_TakesItsPointsBack()
    {
        var device = await api.DeviceAsync();
        var item = await ItemAsync(device);
        await api.EventsAsync(device, Api.Event("w1", "like", item), Api.Event("w2", "play_end", item, Api.Played(1000)));
        (await EvidenceAsync(item)).GetProperty("points").GetDouble().ShouldBe(10);
        await api.EventsAsync(device, Api.Event("w3", "unlike", item));
        (await EvidenceAsync(item)).GetProperty("points").GetDouble().ShouldBe(8);
        await api.EventsAsync(device, Api.Event("w4", "like", item));
        (await EvidenceAsync(item)).GetProperty("points").GetDouble().ShouldBe(10);
    }

    [Fact]
    public async Task TheOwnVideo_EarnsNothing_EvenWhenServedBeforeSigningIn()
    {
        var account = await Api.Json(await api.Client.PostAsync("/v1/accounts", JsonContent.Create(new { name = "own.viewer", password = "a long password" })));
        var token = await Api.Json(await api.Client.PostAsync("/v1/tokens", JsonContent.Create(new { name = "own.viewer", password = "a long password" })));
        var bearer = token.GetProperty("access_token").GetString() ?? "";
        var creator = IdText.Parse<CreatorId>(account.GetProperty("account").GetProperty("id").GetString() ?? "");
        var video = await api.SeedAsync(900, creator);
        var device = await api.DeviceAsync();
        var item = (await api.FeedAsync(device, new JsonObject { ["n"] = 1, ["start_with"] = video.ToString() })).GetProperty("items")[0];
        item.GetProperty("video_id").GetString().ShouldBe(video.ToString());

        var events = JsonContent.Create(new JsonArray(Api.Event("own", "play_end", item, Api.Played(1000))));
        var result = (await Api.Json(await api.SendAsync(HttpMethod.Post, "/v1/events", events, device, bearer))).GetProperty("results")[0];
        result.GetProperty("reason").GetString().ShouldBe("own_view");
        await api.Follower.QuietAsync(CancellationToken.None);
        api.Engine.Catalogue.Video(video)?.Evidence.Totals.ShouldBe(default);
    }

    /// <summary>An item whose video nobody else of this class has seen, so that evidence is this test's alone.</summary>
    private async Task<JsonElement> ItemAsync(string device)
    {
        var fresh = api.Engine.Catalogue.Videos().First(video => video.Evidence == Core.Audience.Evidence.None && video.Stage.IsServable()).Id;
        return (await api.FeedAsync(device, new JsonObject { ["n"] = 1, ["start_with"] = fresh.ToString() })).GetProperty("items")[0];
    }

    /// <summary>A token of an item's slot as it would be, had its page been served earlier.</summary>
    private string Slot(string device, JsonElement item, int servedMinutesAgo)
    {
        var signer = api.Server.Services.GetRequiredService<SlotSigner>();
        var slot = signer.Verify(item.GetProperty("slot_token").GetString());
        slot.ShouldNotBeNull().Viewer.ShouldBe(api.Server.Services.GetRequiredService<Tokens>().Device(device)?.Viewer ?? default);
        return signer.Sign(slot with { ServedAt = api.Engine.Now.AddMinutes(-servedMinutesAgo) });
    }

    private async Task<JsonElement> EvidenceAsync(JsonElement item)
    {
        await api.Follower.QuietAsync(CancellationToken.None);
        var path = $"/v1/videos/{item.GetProperty("video_id").GetString()}/journey";
        return (await Api.Json(await api.SendAsync(HttpMethod.Get, path, bearer: await api.TokenAsync("operator")))).GetProperty("evidence");
    }
}
