using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core.Chances;

namespace Groundswell.Server.Tests.Feed;

public sealed class FeedContractTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Feed_MintsADevice_AndGivesWhatTheContractNames()
    {
        var answer = await api.Client.PostAsJsonAsync("/v1/feed", new { n = 3, explain = true });
        answer.Headers.GetValues("X-Device-Token").Single().ShouldNotBeEmpty();
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("gs_device", StringComparison.Ordinal)).ShouldContain("httponly");
        var page = await Api.Json(answer);
        page.GetProperty("items").GetArrayLength().ShouldBe(3);
        page.GetProperty("exhausted").GetBoolean().ShouldBeFalse();
        foreach (var item in page.GetProperty("items").EnumerateArray())
        {
            foreach (var field in (string[])["video_id", "slot_token", "position", "caption", "creator", "duration_ms", "video_url", "genres", "counts", "source", "why", "propensity"])
                item.TryGetProperty(field, out _).ShouldBeTrue(field);
            item.GetProperty("propensity").GetDouble().ShouldBeInRange(1e-9, 1);
            var explanation = item.GetProperty("explanation");
            explanation.GetProperty("probabilities").EnumerateObject().ShouldAllBe(p => p.Value.GetDouble() >= 0 && p.Value.GetDouble() <= 1);
            explanation.GetProperty("terms").EnumerateArray().Sum(term => term.GetProperty("value").GetDouble()).ShouldBe(explanation.GetProperty("value").GetDouble(), 1e-6);
        }
    }

    [Theory]
    [InlineData("""{"n":0}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"n":21}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"n":"five"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"n":1e99}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"mode":"loud"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"exclude_ids":["nonsense"]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"n":""", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    public async Task Feed_RefusesWithAProblem(string body, HttpStatusCode status) =>
        await Api.Problem(await api.SendAsync(HttpMethod.Post, "/v1/feed", new StringContent(body, Encoding.UTF8, "application/json")), status);

    [Fact]
    public async Task Events_AreAnsweredOneByOne_AndARetryChangesNothing()
    {
        var device = await api.DeviceAsync();
        var item = (await api.FeedAsync(device)).GetProperty("items")[0];
        JsonObject[] events = [Api.Event("a", "impression", item), Api.Event("b", "like", item), Api.Event("c", "play_end", item, Api.Played(1000, 1))];

        (await api.EventsAsync(device, [.. events.Select(one => (JsonObject)one.DeepClone())])).ShouldAllBe(result => result.GetProperty("status").GetString() == "accepted");
        (await api.EventsAsync(device, [.. events.Select(one => (JsonObject)one.DeepClone())])).ShouldAllBe(result => result.GetProperty("status").GetString() == "duplicate");
        (await api.EventsAsync(device, Api.Event("d", "like", item)))[0].GetProperty("reason").GetString().ShouldBe("redundant");
    }

    [Fact]
    public async Task Events_OfAForeignOrForgedSlot_CountNothing()
    {
        var (mine, theirs) = (await api.DeviceAsync(), await api.DeviceAsync());
        var item = (await api.FeedAsync(theirs)).GetProperty("items")[0];
        var forged = Api.Event("f", "like", item);
        forged["slot_token"] = "AAAA" + forged["slot_token"]?.GetValue<string>()[4..];
        (await api.EventsAsync(mine, Api.Event("e", "like", item)))[0].GetProperty("reason").GetString().ShouldBe("foreign_slot");
        (await api.EventsAsync(theirs, forged))[0].GetProperty("reason").GetString().ShouldBe("not_served");
        (await api.EventsAsync(theirs, Api.Event("g", "play_end", item, Api.Played(600_000, 600))))[0].GetProperty("reason").GetString().ShouldBe("impossible_speed");
    }

    [Fact]
    public async Task Events_NameTheFieldThatIsWrong_AndTakeTheRest()
    {
        var device = await api.DeviceAsync();
        var item = (await api.FeedAsync(device)).GetProperty("items")[0];
        var noType = Api.Event("h", "like", item);
        noType.Remove("type");
        var results = await api.EventsAsync(device, noType, Api.Event("i", "play_end", item, new JsonObject { ["played_ms"] = -1 }), Api.Event("j", "comment", item), Api.Event("k", "impression", item));
        results.Select(result => result.GetProperty("status").GetString()).ShouldBe(["invalid", "invalid", "invalid", "accepted"]);
        results.Take(3).Select(result => result.GetProperty("field").GetString()).ShouldBe(["type", "props.played_ms", "props.text"]);
    }

    [Fact]
    public async Task Events_ComeAsNdjsonToo_UpToAThousand()
    {
        var device = await api.DeviceAsync();
        var item = (await api.FeedAsync(device)).GetProperty("items")[0];
        var lines = string.Join('\n', Enumerable.Range(0, 3).Select(number => Api.Event($"l{number}", "impression", item).ToJsonString()));
        var answer = await Api.Json(await api.SendAsync(HttpMethod.Post, "/v1/events", new StringContent(lines, Encoding.UTF8, "application/x-ndjson"), device));
        answer.GetProperty("results").GetArrayLength().ShouldBe(3);
        var many = new JsonArray([.. Enumerable.Range(0, 1001).Select(number => new JsonObject { ["event_id"] = $"m{number}" })]);
        await Api.Problem(await api.SendAsync(HttpMethod.Post, "/v1/events", JsonContent.Create(many), device), HttpStatusCode.UnprocessableEntity);
        using var large = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new StringContent(new string(' ', 1_100_000) + "[]", Encoding.UTF8, "application/json") };
        large.Headers.ExpectContinue = true; // the server answers before the body is sent
        large.Headers.Add("X-Device-Token", device);
        await Api.Problem(await api.Client.SendAsync(large), HttpStatusCode.RequestEntityTooLarge);
        await Api.Problem(await api.SendAsync(HttpMethod.Post, "/v1/events", new StringContent("{\"a\":", Encoding.UTF8, "application/json"), device), HttpStatusCode.BadRequest);
        await Api.Problem(await api.SendAsync(HttpMethod.Post, "/v1/events", new StringContent("[]", Encoding.UTF8, "application/json")), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ABrokenLine_SpoilsNoOther()
    {
        var device = await api.DeviceAsync();
        var item = (await api.FeedAsync(device)).GetProperty("items")[0];
        var whole = Api.Event("whole", "impression", item).ToJsonString();
        var content = new StringContent($"{whole}\n{whole[..40]}\n\n{whole.Replace("whole", "last")}\r\n", Encoding.UTF8, "application/x-ndjson");
        var answer = await Api.Json(await api.SendAsync(HttpMethod.Post, "/v1/events", content, device));
        answer.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("status").GetString()).ShouldBe(["accepted", "invalid", "accepted"]);
    }

    [Fact]
    public async Task ASignal_ChangesTheVeryNextPage()
    {
        var device = await api.DeviceAsync();
        var item = (await api.FeedAsync(device, new JsonObject { ["n"] = 1 })).GetProperty("items")[0];
        await api.EventsAsync(device, Api.Event("n", "impression", item), Api.Event("o", "not_interested", item), Api.Event("p", "play_end", item, Api.Played(100)));
        var taste = await Api.Json(await api.SendAsync(HttpMethod.Get, "/v1/taste", device: device));
        taste.GetProperty("genres").EnumerateArray().ShouldContain(genre => genre.GetProperty("score").GetDouble() < 0);
        for (var page = 0; page < 5; page++)
            (await api.FeedAsync(device, new JsonObject { ["rewatch"] = true })).GetProperty("items").EnumerateArray()
                .ShouldNotContain(next => next.GetProperty("video_id").GetString() == item.GetProperty("video_id").GetString());
    }

    [Fact]
    public async Task Feed_EndsExhausted_AndWatchesAgainOnlyWhenAsked()
    {
        var device = await api.DeviceAsync();
        var seen = new HashSet<string>();
        JsonElement page;
        do
        {
            page = await api.FeedAsync(device, new JsonObject { ["n"] = 20 });
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                seen.Add(item.GetProperty("video_id").GetString() ?? "").ShouldBeTrue("a video came twice");
                await api.EventsAsync(device, Api.Event($"q{seen.Count}", "impression", item));
            }
        }
        while (!page.GetProperty("exhausted").GetBoolean());
        (await api.FeedAsync(device)).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await api.FeedAsync(device, new JsonObject { ["rewatch"] = true })).GetProperty("items").GetArrayLength().ShouldBe(5);
    }

    /// <summary>Hostile JSON from a seeded generator: every answer is 2xx or 4xx. The seed of a failure replays it.</summary>
    [Fact]
    public async Task HostileRequests_NeverBreakTheServer()
    {
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        var device = await api.DeviceAsync();
        var item = (await api.FeedAsync(device)).GetProperty("items")[0];
        for (var number = 0; number < 600; number++)
        {
            var chance = new Chance(seed).For(number);
            var path = chance.For("path").Hits(0.4) ? "/v1/feed" : "/v1/events";
            var body = path == "/v1/feed" ? Hostile.Object(chance, ["n", "mode", "exclude_ids", "explain", "rewatch", "start_with", "session_id"]) : $"[{Hostile.Event(chance, item)},{Hostile.Value(chance.For("more"), 0)}]";
            using var answer = await api.SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, "application/json"), device);
            ((int)answer.StatusCode).ShouldBeLessThan(500, $"seed {seed}, request {number}: {body}");
        }
    }

    private static class Hostile
    {
        private static readonly string[] Values =
        [
            "null", "true", "-1", "0", "1e308", "99999999999999999999999", "\"\"", "\"NaN\"", "[]", "{}", "\"\\u0000\"", "\"💥\"", "\"v_0000000000000\"", "\"2026-11-24T00:00:00Z\"",
            "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"play_end\"", "\"like\"", "[[[[[[[[[[1]]]]]]]]]]", "-0.0", "2147483648", "\"personalised\"",
        ];

        public static string Value(Chance chance, int depth) => depth < 3 && chance.For("nest").Hits(0.2)
            ? Object(chance.For("nested"), ["event_id", "props", "played_ms", "x"], depth + 1)
            : Values[chance.For("value").Below(Values.Length)];

        public static string Object(Chance chance, string[] names, int depth = 0) =>
            $"{{{string.Join(',', names.Where(name => chance.For(name).Hits(0.6)).Select(name => $"\"{name}\":{Value(chance.For(name).For(1), depth)}"))}}}";

        public static string Event(Chance chance, JsonElement item)
        {
            var good = Api.Event($"z{chance.Bits()}", "play_end", item, Api.Played(500));
            foreach (var name in (string[])["event_id", "type", "client_ts", "video_id", "slot_token", "props"])
                if (chance.For("spoil").For(name).Hits(0.25)) good[name] = JsonNode.Parse(Value(chance.For(name), 0));
            return good.ToJsonString();
        }
    }
}
