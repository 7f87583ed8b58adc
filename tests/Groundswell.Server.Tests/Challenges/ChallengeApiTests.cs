using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Groundswell.Core;

namespace Groundswell.Server.Tests.Challenges;

public sealed class ChallengeApiTests(Api api) : IClassFixture<Api>
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Challenge_IsOpenedWatchedChangedAndClosed()
    {
        // The seeded clips carry their genre's first word as a hashtag, and are an hour old.
        var tag = api.Engine.Catalogue.Videos()[0].Hashtags[0];
        var opened = await Json(await OpenAsync(new { title = "Ten seconds of pure çalm, please!", description = "Slow down.", hashtags = new[] { $"#{tag}" }, opens = Now.AddHours(-2), closes = Now.AddDays(3) }));
        var slug = opened.GetProperty("challenge").GetProperty("slug").GetString();
        slug.ShouldBe("ten-seconds-of-pure-please");
        opened.GetProperty("steps")[0].GetProperty("by").GetString().ShouldBe("operator");

        var page = await Json(await api.SendAsync(HttpMethod.Get, $"/v1/challenges/{slug}"));
        var card = page.GetProperty("challenge");
        var taking = api.Engine.Catalogue.Videos().Where(video => video.Hashtags.Contains(tag)).Select(video => video.Id).ToArray();
        card.GetProperty("videos").GetInt32().ShouldBe(taking.Length);
        card.GetProperty("participants").GetInt32().ShouldBe(api.Engine.Catalogue.Videos().Where(video => video.Hashtags.Contains(tag)).Select(video => video.Creator).Distinct().Count());
        card.GetProperty("status").GetString().ShouldBe("open");
        page.GetProperty("videos").EnumerateArray().Select(video => IdText.Parse<VideoId>(video.GetProperty("video_id").GetString()!)).ShouldBe(taking, ignoreOrder: true);
        page.GetProperty("trend").GetProperty("rising").GetBoolean().ShouldBeFalse();

        var device = await api.DeviceAsync();
        var item = await FirstOfAsync(device, tag);
        item.GetProperty("challenge").GetProperty("slug").GetString().ShouldBe(slug);
        (await api.EventsAsync(device, Api.Event("e1", "play_end", item, Api.Played(1000))))[0].GetProperty("status").GetString().ShouldBe("accepted");
        await api.Follower.QuietAsync(CancellationToken.None);
        page = await Json(await api.SendAsync(HttpMethod.Get, $"/v1/challenges/{slug}"));
        page.GetProperty("trend").GetProperty("hours").GetArrayLength().ShouldBeInRange(3, 4);
        page.GetProperty("trend").GetProperty("hours").EnumerateArray().Sum(hour => hour.GetProperty("viewers").GetInt32()).ShouldBe(1);

        var changed = await Json(await ChangeAsync(slug, new { title = "Ten calm seconds", sound = "Rain" }));
        changed.GetProperty("challenge").GetProperty("title").GetString().ShouldBe("Ten calm seconds");
        changed.GetProperty("challenge").GetProperty("description").GetString().ShouldBe("Slow down.", "what is not named stays");
        var closed = await Json(await ChangeAsync(slug, new { closed = true }));
        closed.GetProperty("challenge").GetProperty("status").GetString().ShouldBe("closed");
        closed.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("what").GetString()).ShouldBe(["opened", "edited", "closed"]);
        (await Api.Problem(await ChangeAsync(slug, new { title = "No" }), HttpStatusCode.UnprocessableEntity)).GetProperty("errors").TryGetProperty("closes", out _).ShouldBeTrue();
        (await Json(await api.SendAsync(HttpMethod.Get, "/v1/challenges"))).GetProperty("challenges").EnumerateArray().Select(one => one.GetProperty("slug").GetString()).ShouldContain(slug);
    }

    [Fact]
    public async Task Challenge_OfWrongFormIsRefusedWithItsField()
    {
        await Refused("closes", new { title = "A", hashtags = new[] { "a" } });
        await Refused("closes", new { title = "Ab", hashtags = new[] { "a" }, closes = Now.AddDays(-1) });
        await Refused("hashtags", new { title = "Ab", closes = Now.AddDays(1) });
        await Refused("hashtags", new { title = "Ab", hashtags = new[] { "#", " " }, closes = Now.AddDays(1) });
        await Refused("slug", new { title = "漢字", hashtags = new[] { "a" }, closes = Now.AddDays(1) });
        await Refused("title", new { title = " ", slug = "xy", hashtags = new[] { "a" }, closes = Now.AddDays(1) });
        await Api.Problem(await api.SendAsync(HttpMethod.Get, "/v1/challenges/nowhere"), HttpStatusCode.NotFound);
        await Api.Problem(await api.SendAsync(HttpMethod.Get, "/v1/challenges/nowhere?limit=0"), HttpStatusCode.UnprocessableEntity);
        await Api.Problem(await ChangeAsync("nowhere", new { closed = true }), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task ChallengeDesk_IsForOperators()
    {
        var body = new { title = "Mine", hashtags = new[] { "mine" }, closes = Now.AddDays(1) };
        (await api.SendAsync(HttpMethod.Post, "/v1/console/challenges", JsonContent.Create(body))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await api.SendAsync(HttpMethod.Post, "/v1/console/challenges", JsonContent.Create(body), bearer: await api.TokenAsync("creator"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await api.SendAsync(HttpMethod.Get, "/v1/console/challenges", bearer: await api.TokenAsync("reviewer"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task Refused(string field, object body) =>
        (await Api.Problem(await OpenAsync(body), HttpStatusCode.UnprocessableEntity)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(field);

    private async Task<JsonElement> FirstOfAsync(string device, string tag)
    {
        while (true)
            foreach (var item in (await api.FeedAsync(device)).GetProperty("items").EnumerateArray())
                if (item.GetProperty("hashtags").EnumerateArray().Any(one => one.GetString() == tag)) return item;
    }

    private async Task<HttpResponseMessage> OpenAsync(object body) =>
        await api.SendAsync(HttpMethod.Post, "/v1/console/challenges", JsonContent.Create(body), bearer: await api.TokenAsync("operator"));

    private async Task<HttpResponseMessage> ChangeAsync(string? slug, object body) =>
        await api.SendAsync(HttpMethod.Patch, $"/v1/console/challenges/{slug}", JsonContent.Create(body), bearer: await api.TokenAsync("operator"));

    private static Task<JsonElement> Json(HttpResponseMessage answer) => Api.Json(answer);
}
