using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Groundswell.Server.Tests.Access;

public sealed class AccessTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("GET", "/v1/studio/videos", "creator")]
    [InlineData("POST", "/v1/videos", "creator")]
    [InlineData("GET", "/v1/review/queue", "reviewer")]
    [InlineData("GET", "/v1/console/overview", "operator")]
    [InlineData("GET", "/v1/console/rules", "operator")]
    [InlineData("GET", "/v1/console/videos?stage=open", "operator")]
    public async Task Endpoint_IsForItsRoleOnly(string method, string path, string role)
    {
        var verb = new HttpMethod(method);
        await Api.Problem(await api.SendAsync(verb, path), HttpStatusCode.Unauthorized);
        foreach (var other in (string[])["creator", "reviewer"])
            if (other != role) await Api.Problem(await api.SendAsync(verb, path, bearer: await api.TokenAsync(other)), HttpStatusCode.Forbidden);
        ((int)(await api.SendAsync(verb, path, bearer: await api.TokenAsync(role))).StatusCode).ShouldNotBeOneOf(401, 403);
        await Api.Problem(await api.SendAsync(verb, path, bearer: "forged"), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ACookie_ChangesNothingWithoutThePagesToken()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = api.Server.Address };
        var session = await browser.GetFromJsonAsync<JsonElement>("/v1/session");
        await Api.Problem(await browser.PostAsJsonAsync("/v1/feed", new { n = 1 }), HttpStatusCode.Forbidden);
        browser.DefaultRequestHeaders.Add("X-CSRF-Token", session.GetProperty("csrf_token").GetString());
        (await browser.PostAsJsonAsync("/v1/feed", new { n = 1 })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SigningIn_GivesARole_AndSigningOutTakesIt()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = api.Server.Address };
        async Task UseTokenOf(JsonElement session)
        {
            browser.DefaultRequestHeaders.Remove("X-CSRF-Token");
            browser.DefaultRequestHeaders.Add("X-CSRF-Token", session.GetProperty("csrf_token").GetString());
            await Task.CompletedTask;
        }
        await UseTokenOf(await browser.GetFromJsonAsync<JsonElement>("/v1/session"));
        await Api.Problem(await browser.PostAsJsonAsync("/v1/session", new { name = "reviewer", password = "wrong" }), HttpStatusCode.Unauthorized);
        var password = api.Server.Accounts.Single(account => account.Name == "reviewer").Password;
        var signedIn = await Api.Json(await browser.PostAsJsonAsync("/v1/session", new { name = "reviewer", password }));
        signedIn.GetProperty("account").GetProperty("roles")[0].GetString().ShouldBe("reviewer");
        await UseTokenOf(signedIn);
        (await browser.GetAsync("/v1/review/queue")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.DeleteAsync("/v1/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Api.Problem(await browser.GetAsync("/v1/review/queue"), HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("ab", "long enough password", "name")]
    [InlineData("spa ced", "long enough password", "name")]
    [InlineData("someone", "short", "password")]
    public async Task NewAccount_HasToFollowTheRules(string name, string password, string field)
    {
        var problem = await Api.Problem(await api.Client.PostAsJsonAsync("/v1/accounts", new { name, password }), HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task ANameIsTakenOnce_WhateverItsCase()
    {
        (await api.Client.PostAsJsonAsync("/v1/accounts", new { name = "Marisol", password = "a long password" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        await Api.Problem(await api.Client.PostAsJsonAsync("/v1/accounts", new { name = "marisol", password = "a long password" }), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task AToken_HasNoMoreRolesThanAskedFor()
    {
        var password = api.Server.Accounts.Single(account => account.Name == "operator").Password;
        var answer = await Api.Json(await api.Client.PostAsJsonAsync("/v1/tokens", new { name = "operator", password, roles = (string[])["creator"] }));
        var token = answer.GetProperty("access_token").GetString();
        await Api.Problem(await api.SendAsync(HttpMethod.Get, "/v1/console/overview", bearer: token), HttpStatusCode.Forbidden);
        (await api.SendAsync(HttpMethod.Get, "/v1/studio/videos", bearer: token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
