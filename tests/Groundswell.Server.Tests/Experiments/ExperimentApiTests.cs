using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Groundswell.Core;
using Groundswell.Core.Experiments;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;

namespace Groundswell.Server.Tests.Experiments;

public sealed class ExperimentApiTests(Api api) : IClassFixture<Api>
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Experiment_IsStartedReadAndStopped_AndPagesNoteTheirArms()
    {
        var started = await Json(await StartAsync(new { name = "Bolder", unit = "viewer", rules = new { feed = new { optimism = 2.5 } }, why = "to see", share = 1 }));
        var id = started.GetProperty("experiment_id").GetString();
        started.GetProperty("status").GetString().ShouldBe("running");
        var change = started.GetProperty("changes").EnumerateArray().ShouldHaveSingleItem();
        (change.GetProperty("path").GetString(), change.GetProperty("new").GetDouble()).ShouldBe(("feed.optimism", 2.5));
        started.GetProperty("effects").GetArrayLength().ShouldBe(0, "there is nothing to say yet");

        for (var viewer = 0; viewer < 12; viewer++)
        {
            var device = await api.DeviceAsync();
            await api.FeedAsync(device);
            await api.FeedAsync(device);
        }
        await api.Follower.QuietAsync(CancellationToken.None);
        var pages = api.Engine.Ledger.Read(0, 100_000).Select(recorded => recorded.Entry).OfType<PageServed>().ToArray();
        foreach (var viewer in pages.GroupBy(page => page.Viewer)) viewer.Select(page => page.Enrolments is { } arms ? (object)arms[0] : "held out").Distinct().Count().ShouldBe(1);
        pages.Where(page => page.Enrolments is not null).Select(page => page.Enrolments!.Value[0].Arm).Distinct().Count().ShouldBe(2);

        var read = await Json(await ReadAsync(id));
        read.GetProperty("under_observation").GetInt32().ShouldBe(pages.Where(page => page.Enrolments is not null).Select(page => page.Viewer).Distinct().Count());
        (await ListAsync()).GetProperty("experiments")[0].GetProperty("experiment_id").GetString().ShouldBe(id);

        var stopped = await Json(await StopAsync(id, "?note=enough"));
        (stopped.GetProperty("status").GetString(), stopped.GetProperty("stopped_by").GetString(), stopped.GetProperty("cause").GetString(), stopped.GetProperty("note").GetString())
            .ShouldBe(("stopped", "operator", "operator", "enough"));
        (await Json(await StopAsync(id, ""))).GetProperty("note").GetString().ShouldBe("enough", "what is over stays as it is");
        api.Engine.Ledger.Read(0, 100_000).Count(recorded => recorded.Entry is ExperimentStopped stop && stop.Experiment.ToString() == id).ShouldBe(1);
    }

    [Fact]
    public async Task Experiment_ThatIsNotRight_IsRefusedWithAllItsFields()
    {
        await Refused("unit", new { name = "Nameless unit", rules = new { feed = new { skip_penalty = 4 } }, why = "to see" });
        await Refused("name why rules", new { unit = "viewer" });
        await Refused("share until", new { name = "Late", unit = "viewer", rules = new { feed = new { skip_penalty = 4 } }, why = "to see", share = 2, until = Now.AddDays(-1) });
        await Refused("rules.feed.skip_penalty", new { name = "Negative", unit = "viewer", rules = new { feed = new { skip_penalty = -1 } }, why = "to see" });
        await Refused("rules.points.like", new { name = "Dearer likes", unit = "viewer", rules = new { points = new { like = 3 } }, why = "to see" });
        await Refused("rules.feed.skip_penalty", new { name = "Wrong unit", unit = "video", rules = new { feed = new { skip_penalty = 4 } }, why = "to see" });
        await Api.Problem(await StartAsync(new { name = "x", unit = "creator" }), HttpStatusCode.BadRequest);
        await Api.Problem(await StartAsync(new { name = "x", unit = "viewer", share = "half" }), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Experiments_OnOneRuleOrOfOneName_ComeOneAfterTheOther()
    {
        var first = await Json(await StartAsync(new { name = "Surer", unit = "video", rules = new { gate = new { widen_at = 0.95 } }, why = "fewer mistakes", until = Now.AddDays(20) }));
        await Refused("name rules.gate.widen_at", new { name = "surer", unit = "video", rules = new { gate = new { widen_at = 0.8 } }, why = "to see" });

        var id = first.GetProperty("experiment_id").GetString();
        await StopAsync(id, "");
        (await TriedAsync(IdText.Parse<ExperimentId>(id ?? ""))).ShouldBe(["Surer"], "the journey says by which experiment a verdict was made, for good");
        var second = await Json(await StartAsync(new { name = "Surer", unit = "video", rules = new { gate = new { widen_at = 0.8 } }, why = "to see" }));
        await StopAsync(second.GetProperty("experiment_id").GetString(), "");
    }

    [Fact]
    public async Task Experiments_AreForOperators_AndWhatIsNotThereIsNotFound()
    {
        (await api.SendAsync(HttpMethod.Get, "/v1/console/experiments", bearer: await api.TokenAsync("creator"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await api.SendAsync(HttpMethod.Post, "/v1/console/experiments", JsonContent.Create(new { }))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var nobodys = new ExperimentId(9).ToString();
        await Api.Problem(await ReadAsync(nobodys), HttpStatusCode.NotFound);
        await Api.Problem(await StopAsync(nobodys, ""), HttpStatusCode.NotFound);
        await Api.Problem(await StopAsync(nobodys, $"?note={new string('x', 301)}"), HttpStatusCode.UnprocessableEntity);
        var varied = (await ListAsync()).GetProperty("varied");
        varied.GetProperty("viewer").EnumerateArray().Select(path => path.GetString()).ShouldContain("feed.optimism");
        varied.GetProperty("video").EnumerateArray().Select(path => path.GetString()).ShouldContain("gate.widen_at");
    }

    /// <summary>The experiments that the journey names at a verdict under their treatment.</summary>
    private async Task<string?[]> TriedAsync(ExperimentId id)
    {
        var video = api.Engine.Catalogue.Videos().First(video => video.Stage == VideoStage.Open);
        var verdict = new VideoMoved(api.Engine.Now, video.Id, video.Creator, VideoStage.Open, VideoStage.Library, 0, Reason.Of(ReasonCode.CooledDown), api.Engine.InForce.Version) { Enrolments = [new Enrolment(id, Arm.Treatment)] };
        await api.Engine.Ledger.AppendAsync([verdict], CancellationToken.None);
        await api.Follower.QuietAsync(CancellationToken.None);
        var journey = await Json(await api.SendAsync(HttpMethod.Get, $"/v1/videos/{video.Id}/journey", bearer: await api.TokenAsync("operator")));
        return [.. journey.GetProperty("entries").EnumerateArray().Last().GetProperty("tried").EnumerateArray().Select(name => name.GetString())];
    }

    private async Task Refused(string fields, object body) =>
        (await Api.Problem(await StartAsync(body), HttpStatusCode.UnprocessableEntity)).GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe(fields.Split(' '), ignoreOrder: true);

    private async Task<JsonElement> ListAsync() => await Json(await api.SendAsync(HttpMethod.Get, "/v1/console/experiments", bearer: await api.TokenAsync("operator")));

    private async Task<HttpResponseMessage> StartAsync(object body) =>
        await api.SendAsync(HttpMethod.Post, "/v1/console/experiments", JsonContent.Create(body), bearer: await api.TokenAsync("operator"));

    private async Task<HttpResponseMessage> ReadAsync(string? id) => await api.SendAsync(HttpMethod.Get, $"/v1/console/experiments/{id}", bearer: await api.TokenAsync("operator"));

    private async Task<HttpResponseMessage> StopAsync(string? id, string query) =>
        await api.SendAsync(HttpMethod.Delete, $"/v1/console/experiments/{id}{query}", bearer: await api.TokenAsync("operator"));

    private static Task<JsonElement> Json(HttpResponseMessage answer) => Api.Json(answer);
}
