using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Groundswell.Core.Ledger;

namespace Groundswell.Core.RuleBook;

/// <summary>
/// The form of a document of rules as JSON Schema, draft 2020-12, made from the records: types from the dialect, ranges from
/// <see cref="RuleRanges"/>, descriptions from the documentation, defaults from the rules as shipped.
/// </summary>
public static class RulesSchema
{
    public const string Draft = "https://json-schema.org/draft/2020-12/schema";

    public static JsonObject Create()
    {
        var shipped = new Rules();
        var schema = GroundswellJson.Options.GetJsonSchemaAsNode(
            typeof(Rules),
            new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, node) => Describe(PathOf(context), node, shipped) }).AsObject();
        if (schema["properties"] is JsonObject members) members.Insert(0, RulesDocument.SchemaMember, new JsonObject { ["type"] = "string" });
        schema.Insert(0, "$schema", Draft);
        schema.Insert(1, "title", "Groundswell rules");
        return schema;
    }

    private static JsonNode Describe(string path, JsonNode node, Rules shipped)
    {
        if (node is not JsonObject schema) return node;
        if (path.Length == 0 || AllRules.Groups.Contains(path)) return Closed(path, schema, shipped);
        if (!AllRules.ByPath.TryGetValue(path, out var rule)) return node;
        schema["description"] = $"{rule.Note} {(rule.Range is { } range ? $"Must be {range.Text}." : "")}".Trim();
        schema["default"] = JsonNode.Parse(rule.Json(shipped).GetRawText());
        if (rule.Range is not null && rule.Type != typeof(TimeSpan)) Bound(schema["items"] as JsonObject ?? schema, rule.Range);
        return schema;
    }

    /// <summary>A group takes nothing but its own rules, and none of them must be there.</summary>
    private static JsonObject Closed(string path, JsonObject group, Rules shipped)
    {
        group.Remove("required");
        group["additionalProperties"] = false;
        if (path.Length == 0) group["description"] = "What an operator can set about the engine's decisions. Only what differs from the defaults need be here.";
        else if (RuleNotes.Of(path) is { Length: > 0 } note) group["description"] = note;
        // What the records only compute is written by the dialect, but it is no rule.
        if (group["properties"] is not JsonObject members) return group;
        foreach (var name in members.Select(member => member.Key).ToArray())
        {
            var inner = path.Length == 0 ? name : $"{path}.{name}";
            if (!AllRules.ByPath.ContainsKey(inner) && !AllRules.Groups.Contains(inner)) members.Remove(name);
        }
        return group;
    }

    private static void Bound(JsonObject schema, RuleRange range)
    {
        schema[range.Above ? "exclusiveMinimum" : "minimum"] = range.Least;
        if (double.IsFinite(range.Most)) schema["maximum"] = range.Most;
    }

    /// <summary>The rule that a place in the schema describes: its properties' names, without the words between them.</summary>
    private static string PathOf(JsonSchemaExporterContext context)
    {
        var parts = context.Path;
        var names = new List<string>();
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] != "properties") return string.Join('.', names) + ".?";
            names.Add(parts[++i]);
        }
        return string.Join('.', names);
    }
}
