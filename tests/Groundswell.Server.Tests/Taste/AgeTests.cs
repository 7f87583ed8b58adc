using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Ledger;

namespace Groundswell.Server.Tests.Taste;

public sealed class AgeTests(Api api) : IClassFixture<Api>
{
    private const string Path = "/v1/viewer/age";

    [Fact]
    public async Task UnderEighteen_TheFeedIsNotPersonalisedAndSaysWhenToPause_UntilItIsTakenBack()
    {
        var device = await api.DeviceAsync();
        (await PauseInAsync(device)).ShouldBeNull();

        var answer = await Api.Json(await PutAsync(device, "teen"));

        answer.GetProperty("age").GetString().ShouldBe("teen");
        answer.GetProperty("teens").GetProperty("pause_after_ms").GetInt64().ShouldBe(3_600_000);
        (await PersonalisedAsync(device)).ShouldBeFalse();
        (await PauseInAsync(device)).ShouldNotBeNull().ShouldBeInRange(3_000_000, 3_600_000);
        await Api.Json(await api.SendAsync(HttpMethod.Put, "/v1/taste", JsonContent.Create(new { personalised = true }), device));
        (await PersonalisedAsync(device)).ShouldBeTrue("they may switch it on");

        await api.SendAsync(HttpMethod.Delete, Path, device: device);
        (await PauseInAsync(device)).ShouldBeNull();
        (await DeclaredAsync(device)).ShouldBeNull();
    }

    [Fact]
    public async Task AnAgeTakenBack_IsInNoState()
    {
        var device = await api.DeviceAsync();
        await Api.Json(await PutAsync(device, "adult"));
        var viewer = IdText.Parse<ViewerId>((await api.FeedAsync(device)).GetProperty("viewer_id").GetString() ?? "");

        (await api.SendAsync(HttpMethod.Delete, Path, device: device)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await api.Follower.QuietAsync(CancellationToken.None);
        JsonSerializer.Serialize(ViewerLoading.Load(viewer, api.Engine), GroundswellJson.Options).ShouldNotContain("\"age\"");
    }

    [Fact]
    public async Task AVideoMarkedForAdults_IsInNoFeedOfAnybodyElse_AndItsCreatorIsTold()
    {
        var (anybody, adult) = (await api.DeviceAsync(), await api.DeviceAsync());
        await Api.Json(await PutAsync(adult, "adult"));
        var video = (await api.FeedAsync(anybody, Asked())).GetProperty("items")[0].GetProperty("video_id").GetString();
        var link = new JsonObject { ["n"] = 1, ["mode"] = "latest", ["start_with"] = video };

        (await MarkAsync(video, new { adults_only = true, note = "rough words" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        Videos(await api.FeedAsync(adult, Asked())).ShouldContain(video);
        Videos(await api.FeedAsync(anybody, Asked())).ShouldNotContain(video);
        Videos(await api.FeedAsync(await api.DeviceAsync(), link)).ShouldNotContain(video, "nor by a shared link");
        await Api.Problem(await api.SendAsync(HttpMethod.Get, $"/v1/videos/{video}", device: anybody), HttpStatusCode.Forbidden);
        await Api.Problem(await api.SendAsync(HttpMethod.Get, $"/v1/videos/{video}/comments", device: anybody), HttpStatusCode.Forbidden);
        (await api.SendAsync(HttpMethod.Get, $"/v1/videos/{video}", device: adult)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.SendAsync(HttpMethod.Get, $"/v1/videos/{video}/comments", device: adult)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var journey = await Api.Json(await api.SendAsync(HttpMethod.Get, $"/v1/videos/{video}/journey", bearer: await api.TokenAsync("operator")));
        journey.GetProperty("entries").EnumerateArray().Last().GetProperty("text").GetString().ShouldNotBeNull().ShouldContain("“rough words”");

        await MarkAsync(video, new { adults_only = false });
        Videos(await api.FeedAsync(await api.DeviceAsync(), link)).ShouldContain(video);
    }

    [Fact]
    public async Task OnlyAReviewer_MarksAVideo()
    {
        var video = api.Engine.Catalogue.Videos()[0].Id.ToString();
        (await api.SendAsync(HttpMethod.Put, $"/v1/review/{video}/age", JsonContent.Create(new { adults_only = true }), bearer: await api.TokenAsync("creator"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await Api.Problem(await MarkAsync(video, new { }), HttpStatusCode.UnprocessableEntity);
        await Api.Problem(await MarkAsync(new VideoId(1).ToString(), new { adults_only = true }), HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"age":"child"}""")]
    [InlineData("""{"age":null}""")]
    [InlineData("{}")]
    public async Task AnAgeThatIsNone_IsRefusedWithWhatToDo(string body)
    {
        var device = await api.DeviceAsync();
        var answer = await api.SendAsync(HttpMethod.Put, Path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), device);

        await Api.Problem(answer, HttpStatusCode.UnprocessableEntity);
        (await DeclaredAsync(device)).ShouldBeNull();
    }

    private static JsonObject Asked() => new() { ["n"] = 20, ["mode"] = "latest" };

    private static string?[] Videos(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("video_id").GetString())];

    private async Task<HttpResponseMessage> MarkAsync(string? video, object body) =>
        await api.SendAsync(HttpMethod.Put, $"/v1/review/{video}/age", JsonContent.Create(body), bearer: await api.TokenAsync("reviewer"));

    private Task<HttpResponseMessage> PutAsync(string device, string age) => api.SendAsync(HttpMethod.Put, Path, JsonContent.Create(new { age }), device);

    private async Task<string?> DeclaredAsync(string device) => (await Api.Json(await api.SendAsync(HttpMethod.Get, Path, device: device))).GetProperty("age").GetString();

    private async Task<bool> PersonalisedAsync(string device) => (await Api.Json(await api.SendAsync(HttpMethod.Get, "/v1/taste", device: device))).GetProperty("personalised").GetBoolean();

    private async Task<long?> PauseInAsync(string device) =>
        (await api.FeedAsync(device, new JsonObject { ["n"] = 1 })).GetProperty("pause_in_ms") is { ValueKind: JsonValueKind.Number } left ? left.GetInt64() : null;
}
