using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Groundswell.Server.Tests.Http;

public sealed class SurfaceTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task OpenApi_DescribesEveryPath_AndReferenceReadsIt()
    {
        var document = await api.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToArray();
        foreach (var path in (string[])["/v1/feed", "/v1/events", "/v1/devices", "/v1/videos", "/v1/videos/{id}/journey", "/v1/studio/videos", "/v1/review/queue", "/v1/console/overview", "/v1/taste", "/v1/session", "/health/ready"])
            paths.ShouldContain(path);
        var reference = await api.Client.GetAsync("/reference/");
        (await reference.Content.ReadAsStringAsync()).ShouldContain("Groundswell API");
    }

    [Fact]
    public async Task Health_IsReady_AndStatusIsLive()
    {
        (await api.Client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.Client.GetFromJsonAsync<JsonElement>("/v1/status")).GetProperty("phase").GetString().ShouldBe("live");
    }

    [Theory]
    [InlineData("/v1/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/v1/videos/nonsense", HttpStatusCode.BadRequest)]
    [InlineData("/v1/videos/v_0000000000000", HttpStatusCode.NotFound)]
    [InlineData("/media/v_0000000000000/video.mp4", HttpStatusCode.NotFound)]
    public async Task AWrongAddress_GetsAProblem(string path, HttpStatusCode status) => await Api.Problem(await api.Client.GetAsync(path), status);

    [Fact]
    public async Task Pages_AreHtml_WithAStrictPolicyAndADeviceCookie()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.ParseAdd("text/html");
        var answer = await api.Client.SendAsync(request);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/html");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith("gs_device=", StringComparison.Ordinal) && cookie.Contains("httponly"));
    }

    [Fact]
    public async Task Rules_AreShownWithTheirReasons()
    {
        var rules = await Api.Json(await api.SendAsync(HttpMethod.Get, "/v1/console/rules", bearer: await api.TokenAsync("operator")));
        rules.GetProperty("rules").GetProperty("points").GetProperty("rewatch").GetDouble().ShouldBe(10);
        rules.GetProperty("notes").EnumerateObject().Count().ShouldBeGreaterThan(40);
        rules.GetProperty("notes").GetProperty("gate.quantile").GetString().ShouldNotBeNullOrEmpty();
    }
}
