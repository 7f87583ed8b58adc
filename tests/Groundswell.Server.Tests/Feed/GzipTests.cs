using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Groundswell.Server.Tests.Feed;

public sealed class GzipTests(Api api) : IClassFixture<Api>
{
    /// <summary>Of one request, as the API's document says.</summary>
    private const int MostBytes = 1 << 20;

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    public async Task AGzipBody_IsReadLikeAPlainOne(string type)
    {
        var device = await api.DeviceAsync();
        var item = (await api.FeedAsync(device)).GetProperty("items")[0];
        var events = new[] { Api.Event($"{type}-1", "impression", item), Api.Event($"{type}-2", "play_end", item, Api.Played(1000)) };
        var body = type == "application/json" ? new JsonArray([.. events]).ToJsonString() : string.Join('\n', events.Select(one => one.ToJsonString()));

        var answer = await Api.Json(await SendAsync(Gzip(Encoding.UTF8.GetBytes(body)), device, type));

        answer.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("status").GetString()).ShouldBe(["accepted", "accepted"]);
    }

    [Fact]
    public async Task ABomb_IsFoundOutAtTheBound()
    {
        var bomb = Gzip(new byte[64 << 20]);
        bomb.Length.ShouldBeLessThan(MostBytes);
        await Api.Problem(await SendAsync(bomb, await api.DeviceAsync()), HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task ABodyOfTheGreatestSize_IsTaken()
    {
        var body = Encoding.UTF8.GetBytes("[]".PadRight(MostBytes));
        (await SendAsync(Gzip(body), await api.DeviceAsync())).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Api.Problem(await SendAsync(Gzip([.. body, (byte)' ']), await api.DeviceAsync()), HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("not gzip at all")]
    [InlineData("")]
    public async Task WhatIsNoGzip_IsRefusedInASentence(string text) =>
        await Api.Problem(await SendAsync(Encoding.UTF8.GetBytes(text), await api.DeviceAsync()), HttpStatusCode.BadRequest);

    [Fact]
    public async Task AGzipThatBreaksOff_IsRefusedInASentence() =>
        await Api.Problem(await SendAsync(Gzip(Encoding.UTF8.GetBytes("[" + new string(' ', 5000)))[..40], await api.DeviceAsync()), HttpStatusCode.BadRequest);

    private static byte[] Gzip(byte[] body)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(body);
        return packed.ToArray();
    }

    private Task<HttpResponseMessage> SendAsync(byte[] body, string device, string type = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        content.Headers.ContentEncoding.Add("gzip");
        return api.SendAsync(HttpMethod.Post, "/v1/events", content, device);
    }
}
