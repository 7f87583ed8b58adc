using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core;

namespace Groundswell.Server.Tests.Feed;

public sealed class ModeTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("personalised")]
    [InlineData("non_profiled")]
    [InlineData("latest")]
    public async Task AMode_IsSaidBack_AndGivesEachVideoOnce(string mode)
    {
        var page = await api.FeedAsync(await api.DeviceAsync(), new JsonObject { ["n"] = 20, ["mode"] = mode, ["session_id"] = "any text" });
        page.GetProperty("mode").GetString().ShouldBe(mode);
        var ids = Ids(page);
        ids.Length.ShouldBe(20);
        ids.ShouldBeUnique();
        page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("position").GetInt32()).ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public async Task Latest_BeginsWithTheNewest()
    {
        var ids = Ids(await api.FeedAsync(await api.DeviceAsync(), new JsonObject { ["n"] = 20, ["mode"] = "latest" }));
        ids.Select(id => api.Engine.Catalogue.Video(IdText.Parse<VideoId>(id))?.UploadedAt ?? default).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task Following_GivesNothing_ThenOnlyWhoIsFollowed_ThenNothingAgain()
    {
        var device = await api.DeviceAsync();
        var nothing = await FollowedAsync(device);
        nothing.GetProperty("items").GetArrayLength().ShouldBe(0);
        nothing.GetProperty("exhausted").GetBoolean().ShouldBeTrue();

        var item = (await api.FeedAsync(device, new JsonObject { ["n"] = 1 })).GetProperty("items")[0];
        await api.EventsAsync(device, Api.Event("f", "follow", item));
        await api.Follower.QuietAsync(CancellationToken.None);
        var followed = await FollowedAsync(device);
        followed.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
        foreach (var next in followed.GetProperty("items").EnumerateArray())
        {
            next.GetProperty("creator").GetProperty("id").GetString().ShouldBe(item.GetProperty("creator").GetProperty("id").GetString());
            next.GetProperty("creator").GetProperty("followed").GetBoolean().ShouldBeTrue();
        }
        await api.EventsAsync(device, Api.Event("u", "unfollow", item));
        (await FollowedAsync(device)).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task NonProfiled_KnowsNoTaste_AndNeitherDoesAFeedSwitchedOff()
    {
        var device = await api.DeviceAsync();
        foreach (var (number, item) in (await api.FeedAsync(device, new JsonObject { ["n"] = 10 })).GetProperty("items").EnumerateArray().Index())
            await api.EventsAsync(device, Api.Event($"l{number}", "like", item), Api.Event($"e{number}", "play_end", item, Api.Played(1000)));
        (await TermsAsync(device, "personalised")).ShouldContain("taste");
        (await TermsAsync(device, "non_profiled")).ShouldNotContain("taste");
        var off = await api.SendAsync(HttpMethod.Put, "/v1/taste", JsonContent.Create(new { personalised = false }), device);
        (await Api.Json(off)).GetProperty("personalised").GetBoolean().ShouldBeFalse();
        (await TermsAsync(device, "personalised")).ShouldNotContain("taste");
        (await api.SendAsync(HttpMethod.Delete, "/v1/taste", device: device)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        (await Api.Json(await api.SendAsync(HttpMethod.Get, "/v1/taste", device: device))).GetProperty("genres").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task WhatTheAppHolds_IsLeftOut_AndCounted()
    {
        var newest = Ids(await api.FeedAsync(await api.DeviceAsync(), new JsonObject { ["n"] = 20, ["mode"] = "latest" }));
        var page = await api.FeedAsync(
            await api.DeviceAsync(), new JsonObject { ["n"] = 20, ["mode"] = "latest", ["explain"] = true, ["exclude_ids"] = new JsonArray([.. newest.Select(id => (JsonNode)id)]) });
        Ids(page).ShouldNotContain(id => newest.Contains(id));
        page.GetProperty("removed").EnumerateArray().Single(one => one.GetProperty("reason").GetString() == "excluded").GetProperty("count").GetInt32().ShouldBe(20);
        var many = new JsonArray([.. Enumerable.Range(0, 201).Select(number => (JsonNode)new VideoId(number).ToString())]);
        var refusal = await api.SendAsync(HttpMethod.Post, "/v1/feed", JsonContent.Create(new JsonObject { ["exclude_ids"] = many }), await api.DeviceAsync());
        (await Api.Problem(refusal, System.Net.HttpStatusCode.UnprocessableEntity)).GetProperty("errors").TryGetProperty("exclude_ids", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task ASharedVideo_ComesFirst_AlsoASecondTime_AndAnUnknownOneIsPassedOver()
    {
        var device = await api.DeviceAsync();
        var shared = api.Engine.Catalogue.Videos()[7].Id.ToString();
        for (var times = 0; times < 2; times++)
        {
            var page = await api.FeedAsync(device, new JsonObject { ["n"] = 3, ["start_with"] = shared });
            Ids(page)[0].ShouldBe(shared);
            Ids(page).ShouldBeUnique();
            await api.EventsAsync(device, Api.Event($"s{times}", "play_end", page.GetProperty("items")[0], Api.Played(1000)));
        }
        Ids(await api.FeedAsync(device, new JsonObject { ["n"] = 3, ["start_with"] = "v_0000000000007" })).Length.ShouldBe(3);
    }

    private static string[] Ids(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("video_id").GetString() ?? "")];

    private Task<JsonElement> FollowedAsync(string device) => api.FeedAsync(device, new JsonObject { ["mode"] = "following" });

    /// <summary>The names of the terms that are not zero, over a page.</summary>
    private async Task<string?[]> TermsAsync(string device, string mode)
    {
        var page = await api.FeedAsync(device, new JsonObject { ["n"] = 5, ["mode"] = mode, ["explain"] = true });
        return
        [
            .. page.GetProperty("items").EnumerateArray().SelectMany(item => item.GetProperty("explanation").GetProperty("terms").EnumerateArray())
                .Where(term => term.GetProperty("value").GetDouble() != 0).Select(term => term.GetProperty("name").GetString()).Distinct(),
        ];
    }
}
