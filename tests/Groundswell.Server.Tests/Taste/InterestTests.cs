using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Ledger;

namespace Groundswell.Server.Tests.Taste;

public sealed class InterestTests(Api api) : IClassFixture<Api>
{
    private const string Path = "/v1/viewer/interests";

    [Fact]
    public async Task Interests_AreDeclaredOnlyByTheViewersWord_AndFoundAgain()
    {
        var device = await api.DeviceAsync();
        await api.FeedAsync(device);
        (await DeclaredAsync(device)).ShouldBeEmpty();

        var answer = await Api.Json(await PutAsync(device, "music", "animals", "music"));

        Names(answer).ShouldBe(["animals", "music"]);
        answer.GetProperty("genres").EnumerateArray().Select(genre => genre.GetProperty("title").GetString()).ShouldContain("Film & TV");
        (await DeclaredAsync(device)).ShouldBe(["animals", "music"]);
        (await Api.Json(await api.SendAsync(HttpMethod.Get, "/v1/taste", device: device))).GetProperty("genres").GetArrayLength().ShouldBe(0, "nothing was learned by it");
    }

    [Theory]
    [InlineData("/v1/viewer/interests")]
    [InlineData("/v1/taste")]
    public async Task InterestsTakenBackOrForgotten_AreInNoState(string path)
    {
        var device = await api.DeviceAsync();
        await Api.Json(await PutAsync(device, "calm"));
        var page = await api.FeedAsync(device, new JsonObject { ["n"] = 2 });
        var viewer = IdText.Parse<ViewerId>(page.GetProperty("viewer_id").GetString() ?? "");

        (await api.SendAsync(HttpMethod.Delete, path, device: device)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await DeclaredAsync(device)).ShouldBeEmpty();
        await api.Follower.QuietAsync(CancellationToken.None);
        ViewerLoading.Load(viewer, api.Engine).Interests.ShouldBeEmpty();
        // Taking back what is not there changes nothing, and writes nothing.
        var head = api.Engine.Ledger.Head;
        (await api.SendAsync(HttpMethod.Delete, Path, device: device)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        api.Engine.Ledger.Read(head, 10).ShouldNotContain(recorded => recorded.Entry is InterestsDeclared);
    }

    [Theory]
    [InlineData("""{"interests":[]}""")]
    [InlineData("""{"interests":null}""")]
    [InlineData("""{"interests":[null]}""")]
    [InlineData("""{"interests":["music","everything"]}""")]
    [InlineData("""{"interests":["animals","food","sports","dance","music","comedy"]}""")]
    [InlineData("{}")]
    public async Task WhatIsNoGenreOrTooMany_IsRefusedWithWhatToDo(string body)
    {
        var device = await api.DeviceAsync();
        var answer = await api.SendAsync(HttpMethod.Put, Path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), device);

        var problem = await Api.Problem(answer, HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors").GetProperty("interests")[0].GetString().ShouldNotBeNull().ShouldContain("1 to 5");
        (await DeclaredAsync(device)).ShouldBeEmpty();
    }

    private Task<HttpResponseMessage> PutAsync(string device, params string[] interests) => api.SendAsync(HttpMethod.Put, Path, JsonContent.Create(new { interests }), device);

    private async Task<string?[]> DeclaredAsync(string device) => Names(await Api.Json(await api.SendAsync(HttpMethod.Get, Path, device: device)));

    private static string?[] Names(JsonElement answer) => [.. answer.GetProperty("interests").EnumerateArray().Select(name => name.GetString())];
}
