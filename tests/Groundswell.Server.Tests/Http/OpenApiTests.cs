using System.Net.Http.Json;
using System.Text.Json;

namespace Groundswell.Server.Tests.Http;

public sealed class OpenApiTests(Api api) : IClassFixture<Api>
{
    private static readonly string[] Contract =
    [
        "get /v1/session", "post /v1/session", "delete /v1/session", "post /v1/accounts", "post /v1/tokens", "post /v1/devices", "get /v1/status", "post /v1/feed", "post /v1/events",
        "get /v1/videos/{id}", "get /v1/videos/{id}/comments", "post /v1/videos", "delete /v1/videos/{id}", "post /v1/videos/{id}/appeal", "get /v1/videos/{id}/journey",
        "get /v1/studio/videos", "get /v1/review/queue", "post /v1/review/{id}/decision", "get /v1/console/overview", "get /v1/console/videos", "get /v1/console/rules",
        "put /v1/console/rules", "get /v1/console/rules/schema", "get /v1/console/rules/history", "get /v1/console/rules/history/{version}", "post /v1/console/rules/dry-run",
        "get /v1/taste", "put /v1/taste", "delete /v1/taste", "get /v1/viewer/region", "put /v1/viewer/region", "delete /v1/viewer/region",
        "get /v1/viewer/interests", "put /v1/viewer/interests", "delete /v1/viewer/interests", "get /v1/viewer/age", "put /v1/viewer/age", "delete /v1/viewer/age", "put /v1/review/{id}/age",
        "get /media/{id}/video.mp4", "get /media/{id}/poster.jpg", "get /media/{id}/strip.jpg", "get /health/live", "get /health/ready",
        "get /v1/challenges", "get /v1/challenges/{slug}", "get /v1/console/challenges", "post /v1/console/challenges", "patch /v1/console/challenges/{slug}",
        "get /v1/console/boosts", "post /v1/console/boosts", "delete /v1/console/boosts/{id}",
        "get /v1/console/experiments", "post /v1/console/experiments", "get /v1/console/experiments/{id}", "delete /v1/console/experiments/{id}",
    ];

    [Fact]
    public async Task TheDocument_HasTheWholeContract_AndNothingBeside()
    {
        var document = await DocumentAsync();
        var described =
            from path in document.GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            select $"{method.Name} {path.Name}";
        described.Order().ShouldBe(Contract.Order());
        document.GetProperty("openapi").GetString().ShouldNotBeNull().ShouldStartWith("3.");
    }

    [Fact]
    public async Task EveryOperation_HasANameOfItsOwn_AndASummary()
    {
        var operations = (await DocumentAsync()).GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(method => method.Value).ToArray();
        operations.Select(operation => operation.GetProperty("operationId").GetString()).ShouldBeUnique();
        operations.ShouldAllBe(operation => operation.GetProperty("summary").GetString() != "");
    }

    [Fact]
    public async Task EveryId_HasAPattern()
    {
        var document = await DocumentAsync();
        var parameters =
            from path in document.GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            where method.Value.TryGetProperty("parameters", out _)
            from parameter in method.Value.GetProperty("parameters").EnumerateArray()
            where parameter.GetProperty("name").GetString() == "id"
            select (path.Name, Schema: Resolve(document, parameter.GetProperty("schema")));
        foreach (var (_, schema) in parameters.ToArray()) schema.GetProperty("pattern").GetString().ShouldBeOneOf("^v_[0-9a-hjkmnp-tv-z]{13}$", "^b_[0-9a-hjkmnp-tv-z]{13}$", "^x_[0-9a-hjkmnp-tv-z]{13}$");
        var properties =
            from schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject()
            where schema.Value.TryGetProperty("properties", out _)
            from property in schema.Value.GetProperty("properties").EnumerateObject()
            where property.Name is "video_id" or "viewer_id" or "request_id" or "challenge_id" or "boost_id" or "experiment_id"
            select (Name: $"{schema.Name}.{property.Name}", Schema: Resolve(document, property.Value));
        foreach (var (name, schema) in properties.ToArray()) schema.ToString().ShouldContain("pattern", customMessage: name);
    }

    private Task<JsonElement> DocumentAsync() => api.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

    private static JsonElement Resolve(JsonElement document, JsonElement schema)
    {
        if (schema.TryGetProperty("oneOf", out var choices)) return Resolve(document, choices.EnumerateArray().First(choice => choice.TryGetProperty("$ref", out _)));
        if (!schema.TryGetProperty("$ref", out var reference)) return schema;
        return document.GetProperty("components").GetProperty("schemas").GetProperty((reference.GetString() ?? "").Split('/')[^1]);
    }
}
