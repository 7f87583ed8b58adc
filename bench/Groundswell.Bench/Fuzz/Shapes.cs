using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core.Chances;

namespace Groundswell.Bench.Fuzz;

/// <summary>Bodies as a server's own OpenAPI document describes them: types, enums, patterns, formats, required fields.</summary>
internal sealed class Shapes(JsonElement document)
{
    private const int Deepest = 8;
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A body that the document allows for <c>POST</c> to a path.</summary>
    public JsonNode? Body(string path, Chance chance)
    {
        var content = document.GetProperty("paths").GetProperty(path).GetProperty("post").GetProperty("requestBody").GetProperty("content");
        return Of(content.GetProperty("application/json").GetProperty("schema"), chance, 0);
    }

    private JsonNode? Of(JsonElement schema, Chance chance, int depth)
    {
        if (depth > Deepest) return null;
        if (schema.TryGetProperty("$ref", out var reference)) return Of(Resolve(reference.GetString() ?? ""), chance, depth + 1);
        foreach (var choice in (string[])["oneOf", "anyOf", "allOf"])
            if (schema.TryGetProperty(choice, out var choices) && choices.GetArrayLength() > 0) return Of(choices[chance.For("choice").Below(choices.GetArrayLength())], chance, depth + 1);
        if (schema.TryGetProperty("enum", out var values) && values.GetArrayLength() > 0) return JsonNode.Parse(values[chance.For("enum").Below(values.GetArrayLength())].GetRawText());
        return TypeOf(schema, chance) switch
        {
            "object" => Object(schema, chance, depth),
            "array" => Array(schema, chance, depth),
            "integer" => JsonValue.Create((long)Number(schema, chance)),
            "number" => JsonValue.Create(Number(schema, chance)),
            "boolean" => JsonValue.Create(chance.For("flag").Hits(0.5)),
            "string" => JsonValue.Create(Text(schema, chance)),
            _ => null,
        };
    }

    private static string TypeOf(JsonElement schema, Chance chance)
    {
        if (!schema.TryGetProperty("type", out var type)) return schema.TryGetProperty("properties", out _) ? "object" : "string";
        if (type.ValueKind != JsonValueKind.Array) return type.GetString() ?? "";
        return type[chance.For("type").Below(type.GetArrayLength())].GetString() ?? "";
    }

    private JsonObject Object(JsonElement schema, Chance chance, int depth)
    {
        var made = new JsonObject();
        if (!schema.TryGetProperty("properties", out var properties)) return made;
        string[] required = schema.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString() ?? "")] : [];
        foreach (var property in properties.EnumerateObject())
            if (required.Contains(property.Name) || chance.For(property.Name).For("there").Hits(0.8)) made[property.Name] = Of(property.Value, chance.For(property.Name), depth + 1);
        return made;
    }

    private JsonArray Array(JsonElement schema, Chance chance, int depth)
    {
        var count = chance.For("count").Below(4);
        return [.. Enumerable.Range(0, count).Select(number => schema.TryGetProperty("items", out var items) ? Of(items, chance.For(number), depth + 1) : null)];
    }

    private static double Number(JsonElement schema, Chance chance)
    {
        var least = schema.TryGetProperty("minimum", out var minimum) && minimum.TryGetDouble(out var low) ? low : 0;
        var most = schema.TryGetProperty("maximum", out var maximum) && maximum.TryGetDouble(out var high) ? high : 20_000;
        return least + Math.Floor(chance.For("number").Unit() * (most - least + 1));
    }

    private static string Text(JsonElement schema, Chance chance)
    {
        if (schema.TryGetProperty("pattern", out var pattern) && pattern.GetString() is { Length: > 3 } ids && ids[0] == '^' && ids.Contains("{13}", StringComparison.Ordinal))
            return string.Concat(ids.AsSpan(1, 2), "0", string.Concat(Enumerable.Range(0, 12).Select(at => Digits[chance.For("digit").For(at).Below(Digits.Length)])));
        if (schema.TryGetProperty("format", out var format) && format.GetString() == "date-time")
            return (TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(chance.For("time").Below(200_000))).ToString("O");
        return string.Concat(Enumerable.Range(0, chance.For("length").Below(24)).Select(at => (char)('a' + chance.For("letter").For(at).Below(26))));
    }

    private JsonElement Resolve(string reference)
    {
        var found = document;
        foreach (var part in reference.TrimStart('#', '/').Split('/')) found = found.GetProperty(part);
        return found;
    }
}
