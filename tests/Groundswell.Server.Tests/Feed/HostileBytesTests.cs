using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core.Chances;

namespace Groundswell.Server.Tests.Feed;

/// <summary>What no app sends, but somebody will: broken text, broken bytes, shapes nobody asked for.</summary>
public sealed class HostileBytesTests(Api api) : IClassFixture<Api>
{
    private static readonly TimeSpan FuzzTime = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("""[{"event_id":"\ud800","type":"like"}]""")]
    [InlineData("""[{"\udfff":1,"event_id":"a"}]""")]
    [InlineData("""[{"event_id":["a"],"type":7}]""")]
    [InlineData("""[{"event_id":"a","type":3,"client_ts":"2026-01-01T00:00:00Z","video_id":"v_0000000000001"}]""")]
    [InlineData("""[{"event_id":"a","type":"like","client_ts":"0001-01-01T00:00:00+14:00","video_id":"v_0000000000001"}]""")]
    [InlineData("""[null,1,"x",[],true]""")]
    public async Task AnEventThatIsNone_IsInvalidByItself(string body)
    {
        var answer = await Api.Json(await SendAsync("/v1/events", Encoding.UTF8.GetBytes(body), await api.DeviceAsync()));
        answer.GetProperty("results").EnumerateArray().ShouldAllBe(result => result.GetProperty("status").GetString() == "invalid");
    }

    [Fact]
    public async Task BytesThatAreNoText_AreInvalid()
    {
        byte[] body = [.. "[{\"event_id\":\"a"u8, 0xff, 0xc0, .. "\",\"type\":\"like\"}]"u8];
        var device = await api.DeviceAsync();
        ((int)(await SendAsync("/v1/events", body, device)).StatusCode).ShouldBeInRange(200, 499);
        byte[] feed = [.. "{\"session_id\":\"a"u8, 0xff, 0xc0, .. "\"}"u8];
        ((int)(await SendAsync("/v1/feed", feed, device)).StatusCode).ShouldBeInRange(200, 499);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("[NaN]")]
    [InlineData("[[[[[[[[[[[[1]]]]]]]]]]]]")]
    [InlineData("")]
    [InlineData("null")]
    public async Task ABodyThatIsNoArray_IsRefusedWhole(string body) =>
        await Api.Problem(await SendAsync("/v1/events", Encoding.UTF8.GetBytes(body), await api.DeviceAsync()), HttpStatusCode.BadRequest);

    [Fact]
    public async Task NoEvents_AreNoError() =>
        (await Api.Json(await SendAsync("/v1/events", "[]"u8.ToArray(), await api.DeviceAsync()))).GetProperty("results").GetArrayLength().ShouldBe(0);

    [Theory]
    [InlineData("""{"mode":99}""")]
    [InlineData("""{"mode":0}""")]
    [InlineData("""{"exclude_ids":[null]}""")]
    [InlineData("""{"start_with":7}""")]
    public async Task AFeedRequest_NamesTheFieldThatIsWrong(string body)
    {
        var problem = await Api.Problem(await SendAsync("/v1/feed", Encoding.UTF8.GetBytes(body), await api.DeviceAsync()), HttpStatusCode.BadRequest);
        var field = JsonNode.Parse(body)?.AsObject().First().Key ?? "";
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(field);
    }

    [Theory]
    [InlineData("/v1/feed", "gzip")]
    [InlineData("/v1/events", "br")]
    public async Task ACompressedBody_GetsAClearAnswer(string path, string encoding)
    {
        var content = new ByteArrayContent([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add(encoding);
        var problem = await Api.Problem(await api.SendAsync(HttpMethod.Post, path, content, await api.DeviceAsync()), HttpStatusCode.UnsupportedMediaType);
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("Content-Encoding");
    }

    [Theory]
    [InlineData("/v1/events", "utf-16")]
    [InlineData("/v1/feed", "nonsense")]
    public async Task JsonInAnotherCharset_GetsAClearAnswer(string path, string charset)
    {
        var content = new ByteArrayContent("[]"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");
        var problem = await Api.Problem(await api.SendAsync(HttpMethod.Post, path, content, await api.DeviceAsync()), HttpStatusCode.UnsupportedMediaType);
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("UTF-8");
    }

    [Fact]
    public async Task AChunkOfImpossibleSize_IsABadRequest()
    {
        var device = await api.DeviceAsync();
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(api.Server.Address.Host, api.Server.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/events HTTP/1.1\r\nHost: a\r\nX-Device-Token: {device}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\nffffffffffffffff\r\n"));
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync()).ShouldNotBeNull().ShouldContain(" 400 ");
    }

    [Fact]
    public async Task AnyText_SurvivesAsComment()
    {
        const string Text = "e\u0301 \U0001F469\u200D\U0001F680 \u202Eabc \0 <b>&amp;</b> \"quoted\"";
        var device = await api.DeviceAsync();
        var item = (await api.FeedAsync(device)).GetProperty("items")[0];
        var result = (await api.EventsAsync(device, Api.Event("c", "comment", item, new JsonObject { ["text"] = Text })))[0];
        result.GetProperty("status").GetString().ShouldBe("accepted");
        var comments = await Api.Json(await api.Client.GetAsync($"/v1/videos/{item.GetProperty("video_id").GetString()}/comments"));
        comments.GetProperty("comments")[0].GetProperty("text").GetString().ShouldBe(Text.Replace('\0', '\uFFFD'), "no database takes the character zero");
    }

    /// <summary>Bodies from a seeded generator, spoilt byte by byte: every answer is 2xx or 4xx, and every 4xx says why.</summary>
    [Fact]
    public async Task SpoiltBodies_NeverBreakTheServer()
    {
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        var device = await api.DeviceAsync();
        var item = (await api.FeedAsync(device)).GetProperty("items")[0];
        var watch = Stopwatch.StartNew();
        for (var number = 0; watch.Elapsed < FuzzTime; number++)
        {
            var chance = new Chance(seed).For(number);
            var path = chance.For("path").Hits(0.3) ? "/v1/feed" : "/v1/events";
            var body = Spoilt.Body(path, item, chance);
            using var answer = await SendAsync(path, body, device, chance.For("type").Hits(0.2) ? "application/x-ndjson" : "application/json");
            var status = (int)answer.StatusCode;
            status.ShouldBeLessThan(500, $"seed {seed}, request {number}: {Encoding.Latin1.GetString(body)}");
            if (status >= 400) await Api.Problem(answer, answer.StatusCode);
        }
        (await api.FeedAsync(await api.DeviceAsync())).GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
    }

    private Task<HttpResponseMessage> SendAsync(string path, byte[] body, string device, string type = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return api.SendAsync(HttpMethod.Post, path, content, device);
    }

    private static class Spoilt
    {
        private static readonly string[] Insertions =
            ["\\ud800", "\\u0000", "null", "-", "1e999", "{", "[", "\"", "\\", ",", ":", "99999999999999999999", "\"\\udc00\"", "0001-01-01T00:00:00+14:00", "\n", "like, share"];

        public static byte[] Body(string path, JsonElement item, Chance chance)
        {
            var good = path == "/v1/feed"
                ? """{"n":3,"mode":"latest","exclude_ids":["v_0000000000001"],"session_id":"s","explain":true,"start_with":"v_0000000000001"}"""
                : new JsonArray(Api.Event($"s{chance.Bits()}", "play_end", item, Api.Played(500)), Api.Event($"t{chance.Bits()}", "comment", item, new JsonObject { ["text"] = "so" })).ToJsonString();
            var bytes = Encoding.UTF8.GetBytes(good).ToList();
            for (var change = 0; change < 1 + chance.For("changes").Below(4); change++) Change(bytes, chance.For("change").For(change));
            return [.. bytes];
        }

        private static void Change(List<byte> bytes, Chance chance)
        {
            var at = chance.For("at").Below(bytes.Count);
            switch (chance.For("how").Below(4))
            {
                case 0: bytes[at] = (byte)chance.For("byte").Below(256); break;
                case 1: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Insertions[chance.For("what").Below(Insertions.Length)])); break;
                case 2: bytes.RemoveRange(at, Math.Min(bytes.Count - at - 1, 1 + chance.For("length").Below(20))); break;
                default: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, 1 + chance.For("length").Below(60)))); break;
            }
        }
    }
}
