using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.RuleBook;
using Groundswell.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Groundswell.Server.Tests.Console;

/// <summary>Each test leaves the rules as shipped.</summary>
public sealed class RulesTests(Api api) : IClassFixture<Api>, IAsyncLifetime
{
    private string RulesPath => Path.Combine(api.Folder, RulesFile.Name);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        (await PutAsync("{}")).EnsureSuccessStatusCode();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Rules_AreInForceAtOnce_InTheFile_AndInTheHistory()
    {
        var answer = await Api.Json(await PutAsync("""{ "feed": { "page_default": 7 }, "points": { "like": 3 } }"""));
        var version = answer.GetProperty("version").GetString();
        answer.GetProperty("before").GetString().ShouldBe(new Rules().Version);
        answer.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("text").GetString()).ShouldBe(["points.like: 2 → 3", "feed.page_default: 5 → 7"]);

        api.Engine.InForce.Version.ShouldBe(version);
        (await api.FeedAsync(await api.DeviceAsync())).GetProperty("items").GetArrayLength().ShouldBe(7);
        JsonNode.Parse(await File.ReadAllTextAsync(RulesPath))?.ToJsonString().ShouldBe("""{"points":{"like":3},"feed":{"page_default":7}}""");

        var rules = await GetAsync("/v1/console/rules");
        rules.GetProperty("version").GetString().ShouldBe(version);
        var item = rules.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("path").GetString() == "points.like");
        (item.GetProperty("value").GetDouble(), item.GetProperty("default").GetDouble(), item.GetProperty("kind").GetString()).ShouldBe((3, 2, "number"));
        var newest = (await GetAsync("/v1/console/rules/history")).GetProperty("versions")[0];
        (newest.GetProperty("version").GetString(), newest.GetProperty("by").GetString(), newest.GetProperty("changes").GetArrayLength()).ShouldBe((version, "operator", 2));
        (await GetAsync($"/v1/console/rules/history/{version}")).GetProperty("rules").GetProperty("points").GetProperty("like").GetDouble().ShouldBe(3);
        await Api.Problem(await SendAsync(HttpMethod.Get, "/v1/console/rules/history/rules-00000000"), HttpStatusCode.NotFound);

        // What changes nothing is recorded nowhere.
        var head = api.Engine.Ledger.Head;
        (await Api.Json(await PutAsync("""{ "feed": { "page_default": 7 }, "points": { "like": 3 } }"""))).GetProperty("changes").GetArrayLength().ShouldBe(0);
        api.Engine.Ledger.Head.ShouldBe(head);
    }

    [Fact]
    public async Task WrongRules_AreRefusedWhole_WithEveryProblemByItsPath()
    {
        var problem = await Api.Problem(await PutAsync("""{ "gate": { "widn_at": 0.9, "pause_at": 2 }, "points": { "like": 3, "share": "six" } }"""), HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order().ShouldBe(["gate.pause_at", "gate.widn_at", "points.share"]);
        problem.GetProperty("errors").GetProperty("gate.widn_at")[0].GetString().ShouldBe("gate.widn_at is not a rule; did you mean gate.widen_at?");
        api.Engine.Rules.Points.Like.ShouldBe(2);

        await Api.Problem(await PutAsync("nonsense"), HttpStatusCode.UnprocessableEntity);
        await Api.Problem(await SendAsync(HttpMethod.Put, "/v1/console/rules", new StringContent("{}", Encoding.UTF8, "text/plain")), HttpStatusCode.UnsupportedMediaType);
        await Api.Problem(await api.SendAsync(HttpMethod.Put, "/v1/console/rules", new StringContent("{}", Encoding.UTF8, "application/json"), bearer: await api.TokenAsync("creator")), HttpStatusCode.Forbidden);
        await Api.Problem(await api.SendAsync(HttpMethod.Get, "/v1/console/rules/history"), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task OneOperator_DoesNotOverwriteAnother()
    {
        var seen = api.Engine.InForce.Version;
        (await PutAsync("""{ "gate": { "widen_at": 0.95 } }""", seen)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var problem = await Api.Problem(await PutAsync("""{ "gate": { "widen_at": 0.8 } }""", seen), HttpStatusCode.PreconditionFailed);
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(api.Engine.InForce.Version);
        api.Engine.Rules.Gate.WidenAt.ShouldBe(0.95);
    }

    [Fact]
    public async Task WhereTheFileCannotBeWritten_NothingChanges()
    {
        var blocked = RulesPath + ".new";
        Directory.CreateDirectory(blocked);
        await Api.Problem(await PutAsync("""{ "points": { "like": 4 } }"""), HttpStatusCode.ServiceUnavailable);
        Directory.Delete(blocked);
        api.Engine.Rules.Points.Like.ShouldBe(2);
        api.Engine.Catalogue.RulesHistory.Set[^1].Recalled.Points.Like.ShouldBe(2);
    }

    [Fact]
    public async Task TheSchema_IsServed()
    {
        var schema = await GetAsync("/v1/console/rules/schema");
        schema.GetProperty("properties").GetProperty("gate").GetProperty("properties").GetProperty("widen_at").GetProperty("maximum").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task ADryRun_AnswersWithAReport_OrInLinesThatTellHowFarItIs()
    {
        var body = """{ "rules": { "gate": { "widen_at": 0.95 } } }""";
        var report = await Api.Json(await PostAsync(body));
        report.GetProperty("changes")[0].GetProperty("path").GetString().ShouldBe("gate.widen_at");
        report.GetProperty("totals").GetProperty("trials").GetInt32().ShouldBe(0, "the catalogue was seeded, not judged");
        report.GetProperty("limits").GetArrayLength().ShouldBeGreaterThan(0);
        api.Engine.Rules.Gate.WidenAt.ShouldBe(0.9);

        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/console/rules/dry-run") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        request.Headers.Authorization = new("Bearer", await api.TokenAsync("operator"));
        var answer = await api.Client.SendAsync(request);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/x-ndjson");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        lines[^1].GetProperty("report").GetProperty("tried").GetString().ShouldBe(report.GetProperty("tried").GetString());
        lines[^1].GetProperty("progress").GetDouble().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{ "rules": { "gate": { "widn_at": 1 } } }""", HttpStatusCode.UnprocessableEntity, "rules.gate.widn_at")]
    [InlineData("""{ "rules": {}, "from": "2026-03-02T00:00:00Z", "to": "2026-03-01T00:00:00Z" }""", HttpStatusCode.UnprocessableEntity, "from")]
    [InlineData("""{ "rules": {}, "to": "0001-01-01T00:00:00Z" }""", HttpStatusCode.UnprocessableEntity, "from")]
    [InlineData("{}", HttpStatusCode.UnprocessableEntity, "rules")]
    [InlineData("""{ "rules": 7 }""", HttpStatusCode.UnprocessableEntity, "rules")]
    [InlineData("""{ "rules": {}, "from": "yesterday" }""", HttpStatusCode.BadRequest, null)]
    [InlineData("nonsense", HttpStatusCode.BadRequest, null)]
    public async Task ADryRun_RefusesWhatMakesNoSense(string body, HttpStatusCode status, string? field)
    {
        var problem = await Api.Problem(await PostAsync(body), status);
        if (field is not null) problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.ToString());
    }

    [Fact]
    public async Task ARestart_FindsTheRules_AndAWrongFileIsRefusedWithEverythingInIt()
    {
        using var data = new DataFolder();
        await File.WriteAllTextAsync(data.File(RulesFile.Name), """{ "$schema": "rules.schema.json", "gate": { "absolute": 4 } }""");
        string version;
        await using (var server = await data.StartAsync())
        {
            var engine = server.Services.GetRequiredService<Engine>();
            engine.Rules.Gate.Absolute.ShouldBe(4);
            version = engine.InForce.Version;
            await server.Services.GetRequiredService<RulesEnactment>().EnactAsync(engine.Rules with { Points = new(Like: 1) }, "ada", null, CancellationToken.None);
        }
        (await File.ReadAllTextAsync(data.File(RulesFile.Name))).ShouldContain("rules.schema.json", customMessage: "an editor's schema stays");
        await using (var server = await data.StartAsync())
        {
            var engine = server.Services.GetRequiredService<Engine>();
            engine.Rules.Points.Like.ShouldBe(1);
            engine.Catalogue.RulesHistory.Set.Select(set => set.By).ShouldBe(["start", "ada"], "a start that finds what is recorded records nothing");
            engine.Catalogue.RulesHistory.Of(version)?.Recalled.Gate.Absolute.ShouldBe(4);
            new LedgerVerification(engine, new Progress<LedgerProgress>()).Run(CancellationToken.None).Differences.ShouldBeEmpty();
        }
        await File.WriteAllTextAsync(data.File(RulesFile.Name), """{ "gate": { "abslute": 4, "widen_at": 7 } }""");
        var refused = await Should.ThrowAsync<RulesRefusedException>(() => data.StartAsync());
        refused.Message.ShouldContain("gate.abslute is not a rule; did you mean gate.absolute?");
        refused.Message.ShouldContain("gate.widen_at is 7, but must be from 0 to 1.");
    }

    private async Task<JsonElement> GetAsync(string path) => await Api.Json(await SendAsync(HttpMethod.Get, path));

    private async Task<HttpResponseMessage> PutAsync(string rules, string? seen = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/v1/console/rules") { Content = new StringContent(rules, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", await api.TokenAsync("operator"));
        if (seen is not null) request.Headers.TryAddWithoutValidation("If-Match", $"\"{seen}\"");
        return await api.Client.SendAsync(request);
    }

    private Task<HttpResponseMessage> PostAsync(string body) => SendAsync(HttpMethod.Post, "/v1/console/rules/dry-run", new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null) =>
        await api.SendAsync(method, path, content, bearer: await api.TokenAsync("operator"));
}
