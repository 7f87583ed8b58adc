using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Groundswell.Server.Tests.Http;

public sealed class RateLimitTests
{
    [Fact]
    public async Task WhoeverAsksTooOften_IsToldWhenToComeBack_AndNobodyElseWaits()
    {
        using var data = new DataFolder();
        await using var server = await data.StartAsync(rateLimits: true);
        using var client = new HttpClient { BaseAddress = server.Address };
        var (eager, calm) = (await DeviceAsync(client), await DeviceAsync(client));
        var refused = await FirstRefusal(() => FeedAsync(client, eager), most: 400);
        var problem = await Api.Problem(refused, HttpStatusCode.TooManyRequests);
        var wait = int.Parse(refused.Headers.GetValues("Retry-After").Single());
        wait.ShouldBeInRange(1, 10);
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain($"{wait} s");
        (await FeedAsync(client, calm)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task GuessingPasswords_IsSlowedDown()
    {
        using var data = new DataFolder();
        await using var server = await data.StartAsync(rateLimits: true);
        using var client = new HttpClient { BaseAddress = server.Address };
        var refused = await FirstRefusal(() => client.PostAsJsonAsync("/v1/tokens", new { name = "operator", password = "a guess" }), most: 60);
        await Api.Problem(refused, HttpStatusCode.TooManyRequests);
    }

    private static async Task<HttpResponseMessage> FirstRefusal(Func<Task<HttpResponseMessage>> ask, int most)
    {
        for (var asked = 0; asked < most; asked++)
            if (await ask() is { StatusCode: HttpStatusCode.TooManyRequests } refused) return refused;
        throw new InvalidOperationException($"{most} requests in a row were answered.");
    }

    private static async Task<string> DeviceAsync(HttpClient client) =>
        (await (await client.PostAsync("/v1/devices", null)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("device_token").GetString() ?? "";

    private static Task<HttpResponseMessage> FeedAsync(HttpClient client, string device)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/feed") { Content = JsonContent.Create(new { n = 1 }) };
        request.Headers.Add("X-Device-Token", device);
        return client.SendAsync(request);
    }
}
