using System.Net;
using System.Text;

namespace Groundswell.Server.Tests.Http;

public sealed class ProblemTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("GET", "/v1/nowhere", null)]
    [InlineData("GET", "/v1/studio/videos", null)]
    [InlineData("PATCH", "/v1/feed", null)]
    [InlineData("POST", "/v1/feed", "{\"n\":\"x\"}")]
    [InlineData("POST", "/v1/feed", "{\"n\":0}")]
    public async Task AnError_CarriesTheSecurityHeaders_LikeEveryAnswer(string method, string path, string? body)
    {
        var answer = await api.SendAsync(new HttpMethod(method), path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));
        await Api.Problem(answer, answer.StatusCode);
        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("same-origin");
    }

    /// <summary>No length is said beforehand, so the server finds out while it reads.</summary>
    [Fact]
    public async Task ABodyThatGrowsTooLarge_IsAnsweredLikeEveryOther()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new StreamContent(new MemoryStream(new byte[2 << 20])) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("X-Device-Token", await api.DeviceAsync());
        request.Headers.Accept.ParseAdd("text/html");
        request.Content.Headers.ContentType = new("application/json");
        var answer = await api.Client.SendAsync(request);
        await Api.Problem(answer, HttpStatusCode.RequestEntityTooLarge);
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    /// <summary>A browser that opens an address of the API asks for HTML; it still gets the sentence.</summary>
    [Theory]
    [InlineData("text/html")]
    [InlineData("image/png")]
    public async Task AnError_IsAProblem_WhateverTheCallerAccepts(string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/feed") { Content = new StringContent("{", Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd(accept);
        await Api.Problem(await api.Client.SendAsync(request), HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("PUT", "/v1/taste", "{}")]
    [InlineData("PUT", "/v1/taste", "{\"personalised\":null}")]
    [InlineData("PUT", "/v1/taste", "{\"personalised\":\"yes\"}")]
    [InlineData("POST", "/v1/session", "[]")]
    [InlineData("POST", "/v1/accounts", "{\"name\":7}")]
    [InlineData("POST", "/v1/tokens", "\"operator\"")]
    public async Task ABodyOfAnotherForm_IsRefused(string method, string path, string body)
    {
        var answer = await api.SendAsync(new HttpMethod(method), path, new StringContent(body, Encoding.UTF8, "application/json"), await api.DeviceAsync());
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity);
        await Api.Problem(answer, answer.StatusCode);
    }
}
