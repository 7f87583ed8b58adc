using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Groundswell.Core;

namespace Groundswell.Server.Tests.Access;

/// <summary>Who may do what to which video, and what the cookies give away.</summary>
public sealed class OwnershipTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData(1, "GET", "journey")]
    [InlineData(2, "DELETE", "")]
    [InlineData(3, "POST", "appeal")]
    public async Task SomebodyElsesVideo_IsNotThere(int number, string method, string what)
    {
        var video = await api.SeedAsync(number, new CreatorId(77));
        var path = $"/v1/videos/{video}/{what}".TrimEnd('/');
        await Api.Problem(await Send(method, path, null), HttpStatusCode.Unauthorized);
        await Api.Problem(await Send(method, path, await api.TokenAsync("creator")), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task TheJourney_IsOpenToReviewersAndTheOperator()
    {
        var video = await api.SeedAsync(40, new CreatorId(77));
        foreach (var name in (string[])["reviewer", "operator"])
            (await Send("GET", $"/v1/videos/{video}/journey", await api.TokenAsync(name))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task TheReviewDesk_IsForReviewers()
    {
        var video = await api.SeedAsync(41, new CreatorId(77));
        var path = $"/v1/review/{video}/decision";
        await Api.Problem(await Send("POST", path, null), HttpStatusCode.Unauthorized);
        await Api.Problem(await Send("POST", path, await api.TokenAsync("creator")), HttpStatusCode.Forbidden);
        var decision = JsonContent.Create(new { decision = "reject", reason = "fraud" });
        // It waits for nobody's decision: nothing is moved.
        await Api.Problem(await api.SendAsync(HttpMethod.Post, path, decision, bearer: await api.TokenAsync("reviewer")), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task TheOperator_MayDeleteAnyVideo_AndItIsGoneForAll()
    {
        var video = await api.SeedAsync(42, new CreatorId(77));
        await Api.Problem(await Send("DELETE", $"/v1/videos/{video}", await api.TokenAsync("reviewer")), HttpStatusCode.NotFound);
        (await Send("DELETE", $"/v1/videos/{video}", await api.TokenAsync("operator"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await api.Follower.QuietAsync(CancellationToken.None);
        await Api.Problem(await api.Client.GetAsync($"/v1/videos/{video}"), HttpStatusCode.NotFound);
        await Api.Problem(await api.Client.GetAsync($"/v1/videos/{video}/comments"), HttpStatusCode.NotFound);
        await Api.Problem(await Send("DELETE", $"/v1/videos/{video}", await api.TokenAsync("operator")), HttpStatusCode.NotFound);
        var page = await api.FeedAsync(await api.DeviceAsync(), new() { ["n"] = 1, ["start_with"] = video.ToString() });
        page.GetProperty("items").EnumerateArray().ShouldAllBe(item => item.GetProperty("video_id").GetString() != video.ToString());
    }

    [Fact]
    public async Task Cookies_AreForNoScript_AndForNoOtherSite()
    {
        var first = await api.Client.GetAsync("/v1/session");
        var device = first.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("gs_device=", StringComparison.Ordinal));
        device.ShouldContain("httponly");
        device.ShouldContain("samesite=lax");
        device.ShouldContain("path=/");
        device.ShouldContain("expires=");
        var password = api.Server.Accounts.Single(account => account.Name == "creator").Password;
        var signedIn = await api.Client.PostAsJsonAsync("/v1/session", new { name = "creator", password });
        var session = signedIn.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("gs_session=", StringComparison.Ordinal));
        session.ShouldContain("httponly");
        session.ShouldContain("samesite=strict");
    }

    [Fact]
    public async Task APagesToken_IsWorthNothingInAnotherBrowser()
    {
        using var mine = Browser();
        using var theirs = Browser();
        await mine.GetFromJsonAsync<JsonElement>("/v1/session");
        var stolen = (await theirs.GetFromJsonAsync<JsonElement>("/v1/session")).GetProperty("csrf_token").GetString();
        mine.DefaultRequestHeaders.Add("X-CSRF-Token", stolen);
        await Api.Problem(await mine.PostAsJsonAsync("/v1/feed", new { n = 1 }), HttpStatusCode.Forbidden);
        await Api.Problem(await mine.DeleteAsync("/v1/taste"), HttpStatusCode.Forbidden);
        await Api.Problem(await mine.PutAsJsonAsync("/v1/taste", new { personalised = false }), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task ABearer_NeedsNoPagesToken_AlsoBesideCookies()
    {
        using var browser = Browser();
        await browser.GetFromJsonAsync<JsonElement>("/v1/session");
        browser.DefaultRequestHeaders.Authorization = new("Bearer", await api.TokenAsync("creator"));
        (await browser.PostAsJsonAsync("/v1/feed", new { n = 1 })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Zoë", "a long password", HttpStatusCode.Created)]
    [InlineData("a.b-c_d", "1234567890", HttpStatusCode.Created)]
    [InlineData("  padded  ", "a long password", HttpStatusCode.Created)]
    [InlineData("operator", "a long password", HttpStatusCode.Conflict)]
    [InlineData("OPERATOR", "a long password", HttpStatusCode.Conflict)]
    [InlineData("tab\there", "a long password", HttpStatusCode.UnprocessableEntity)]
    [InlineData("<script>", "a long password", HttpStatusCode.UnprocessableEntity)]
    [InlineData("a-name-of-more-than-thirty-letters", "a long password", HttpStatusCode.UnprocessableEntity)]
    [InlineData("nobody", null, HttpStatusCode.UnprocessableEntity)]
    [InlineData(null, "a long password", HttpStatusCode.UnprocessableEntity)]
    public async Task ANewAccount_FollowsTheRules(string? name, string? password, HttpStatusCode status)
    {
        var answer = await api.Client.PostAsJsonAsync("/v1/accounts", new { name, password });
        if (status != HttpStatusCode.Created) await Api.Problem(answer, status);
        else (await Api.Json(answer)).GetProperty("account").GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["creator"]);
    }

    private HttpClient Browser() => new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = api.Server.Address };

    private Task<HttpResponseMessage> Send(string method, string path, string? bearer) =>
        api.SendAsync(new HttpMethod(method), path, method == "POST" ? JsonContent.Create(new { note = "Please." }) : null, bearer: bearer);
}
