using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;

namespace Groundswell.Server.Tests.Boosts;

public sealed class BoostApiTests(Api api) : IClassFixture<Api>
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Boost_IsShownAsSuchUpToItsCapAndCountsForNoScore()
    {
        const int cap = 5;
        var video = api.Engine.Catalogue.Videos()[0];
        var begun = await Json(await BeginAsync(new { video_id = video.Id.ToString(), slots = cap, expires = Now.AddHours(1), reason = "The blood bank needs donors" }));
        begun.GetProperty("status").GetString().ShouldBe("running");
        await Refused("video_id", new { video_id = video.Id.ToString(), slots = 1, expires = Now.AddHours(1), reason = "again" });

        var seen = new List<JsonElement>();
        // A twentieth of the pages has a boosted slot; eight hundred viewers at once want more of them than there are.
        await Parallel.ForEachAsync(Enumerable.Range(0, 800), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
        {
            var device = await api.DeviceAsync();
            foreach (var item in (await api.FeedAsync(device)).GetProperty("items").EnumerateArray().Where(item => item.GetProperty("source").GetString() == "boost"))
            {
                item.GetProperty("label").GetString().ShouldBe("boosted");
                item.GetProperty("why").GetString().ShouldBe("The operator promoted this.");
                item.GetProperty("video_id").GetString().ShouldBe(video.Id.ToString());
                await api.EventsAsync(device, Api.Event("e1", "impression", item), Api.Event("e2", "play_end", item, Api.Played(1000)), Api.Event("e3", "like", item));
                lock (seen) seen.Add(item);
            }
        });
        await api.Follower.QuietAsync(CancellationToken.None);

        seen.Count.ShouldBe(cap);
        var after = api.Engine.Catalogue.Video(video.Id)!;
        after.Evidence.Totals.ShouldBe(video.Evidence.Totals);
        after.Evidence.Boosted!.Actions.Like.ShouldBe(cap);
        var card = (await ListAsync())[0];
        (card.GetProperty("used").GetInt32(), card.GetProperty("views").GetInt32(), card.GetProperty("status").GetString()).ShouldBe((cap, cap, "used_up"));
        (await Json(await api.SendAsync(HttpMethod.Get, $"/v1/videos/{video.Id}"))).GetProperty("counts").GetProperty("views").GetInt32().ShouldBe(cap, "they are views all the same");

        var journey = await Json(await api.SendAsync(HttpMethod.Get, $"/v1/videos/{video.Id}/journey", bearer: await api.TokenAsync("operator")));
        var last = journey.GetProperty("entries").EnumerateArray().Last();
        last.GetProperty("code").GetString().ShouldBe("boosted");
        last.GetProperty("text").GetString()!.ShouldContain("The blood bank needs donors");
    }

    [Fact]
    public async Task Boost_IsEndedByTheOperator()
    {
        var video = api.Engine.Catalogue.Videos()[5].Id;
        var id = (await Json(await BeginAsync(new { video_id = video.ToString(), slots = 10, expires = Now.AddHours(1), reason = "test" }))).GetProperty("boost_id").GetString();

        var ended = await Json(await EndAsync(id, "?note=enough"));
        (ended.GetProperty("status").GetString(), ended.GetProperty("ended_by").GetString(), ended.GetProperty("note").GetString()).ShouldBe(("ended", "operator", "enough"));
        (await Json(await EndAsync(id, ""))).GetProperty("note").GetString().ShouldBe("enough", "what is over stays as it is");
        api.Engine.Ledger.Read(0, 100_000).Count(recorded => recorded.Entry is BoostEnded).ShouldBe(1);
        await Api.Problem(await EndAsync("b_0000000000009", ""), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Boost_OfWrongFormIsRefusedWithItsField()
    {
        var open = api.Engine.Catalogue.Videos()[9].Id.ToString();
        await Refused("video_id", new { slots = 10, expires = Now.AddHours(1), reason = "test" });
        await Refused("slots", new { video_id = open, expires = Now.AddHours(1), reason = "test" });
        await Refused("expires", new { video_id = open, slots = 10, reason = "test" });
        await Refused("expires", new { video_id = open, slots = 10, expires = Now.AddDays(30), reason = "test" });
        await Refused("reason", new { video_id = open, slots = 10, expires = Now.AddHours(1) });
        await Api.Problem(await BeginAsync(new { video_id = "v_0000000000009", slots = 10, expires = Now.AddHours(1), reason = "test" }), HttpStatusCode.NotFound);
        (await api.SendAsync(HttpMethod.Get, "/v1/console/boosts", bearer: await api.TokenAsync("creator"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var paused = await api.SeedAsync(700, new CreatorId(4242));
        await api.Engine.Ledger.AppendAsync([new VideoMoved(api.Engine.Now, paused, new CreatorId(4242), VideoStage.Open, VideoStage.Library, 0, Reason.Of(ReasonCode.CooledDown), "test")], CancellationToken.None);
        await api.Follower.QuietAsync(CancellationToken.None);
        await Refused("video_id", new { video_id = paused.ToString(), slots = 10, expires = Now.AddHours(1), reason = "test" });
    }

    private async Task Refused(string field, object body) =>
        (await Api.Problem(await BeginAsync(body), HttpStatusCode.UnprocessableEntity)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(field);

    private async Task<JsonElement[]> ListAsync() =>
        [.. (await Json(await api.SendAsync(HttpMethod.Get, "/v1/console/boosts", bearer: await api.TokenAsync("operator")))).GetProperty("boosts").EnumerateArray()];

    private async Task<HttpResponseMessage> BeginAsync(object body) =>
        await api.SendAsync(HttpMethod.Post, "/v1/console/boosts", JsonContent.Create(body), bearer: await api.TokenAsync("operator"));

    private async Task<HttpResponseMessage> EndAsync(string? id, string query) =>
        await api.SendAsync(HttpMethod.Delete, $"/v1/console/boosts/{id}{query}", bearer: await api.TokenAsync("operator"));

    private static Task<JsonElement> Json(HttpResponseMessage answer) => Api.Json(answer);
}
