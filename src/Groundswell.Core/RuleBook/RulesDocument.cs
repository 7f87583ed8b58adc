using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core.Ledger;

namespace Groundswell.Core.RuleBook;

/// <summary>What became of a document of rules: rules, or every problem there is with it.</summary>
/// <param name="Rules">Null when there is any problem: a document is taken whole or not at all.</param>
public sealed record RulesReading(Rules? Rules, ImmutableArray<RuleProblem> Problems);

/// <summary>
/// Rules as an operator writes them down: JSON in the one dialect, of which only what differs from the defaults need be there.
/// </summary>
public static class RulesDocument
{
    /// <summary>A member that names the schema, for editors. It is no rule.</summary>
    public const string SchemaMember = "$schema";

    /// <summary>Reads a document; refuses what is no rule, of the wrong type or out of range, all at once.</summary>
    /// <param name="utf8">JSON in UTF-8; a byte order mark is passed over.</param>
    public static RulesReading Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8);
            return Read(document.RootElement);
        }
        catch (JsonException broken)
        {
            return new RulesReading(null, [new RuleProblem("", $"It is no JSON at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.")]);
        }
    }

    public static RulesReading Read(JsonElement document) => Read(document, new Rules());

    /// <param name="onto">The rules that what the document leaves out is taken from.</param>
    public static RulesReading Read(JsonElement document, Rules onto)
    {
        if (document.ValueKind != JsonValueKind.Object) return new RulesReading(null, [new RuleProblem("", "Rules are a JSON object; {} is the defaults.")]);
        var (rules, problems) = Overlay(document, onto);
        ImmutableArray<RuleProblem> all = [.. problems, .. rules.Validate().Where(problem => !problems.Any(known => known.Path == problem.Path))];
        return new RulesReading(all.IsEmpty ? rules : null, all);
    }

    /// <summary>
    /// Rules that were recorded whole, perhaps by another version of the program: what it knew and this one does not is left
    /// out, and what this one has added has its default.
    /// </summary>
    public static Rules Recall(JsonElement recorded) => Overlay(recorded, new Rules()).Rules;

    /// <summary>All of the rules.</summary>
    public static JsonElement Whole(Rules rules) => JsonSerializer.SerializeToElement(rules, GroundswellJson.Options);

    /// <summary>Only what differs from the defaults.</summary>
    public static JsonObject Differences(Rules rules)
    {
        var root = new JsonObject();
        foreach (var change in RulesDiff.Between(new Rules(), rules)) Put(root, change.Path, change.New);
        return root;
    }

    /// <summary>Paths of the rules that a document sets.</summary>
    public static IEnumerable<string> Paths(JsonElement document) => Paths(document, "");

    private static IEnumerable<string> Paths(JsonElement within, string prefix) => within.EnumerateObject().SelectMany(member => (prefix + member.Name) switch
    {
        var path when AllRules.ByPath.ContainsKey(path) => [path],
        var path when AllRules.Groups.Contains(path) => Paths(member.Value, path + "."),
        _ => [],
    });

    private static (Rules Rules, ImmutableArray<RuleProblem> Problems) Overlay(JsonElement document, Rules onto)
    {
        var problems = ImmutableArray.CreateBuilder<RuleProblem>();
        var root = JsonSerializer.SerializeToNode(onto, GroundswellJson.Options)?.AsObject() ?? [];
        Walk(document, "", root, problems);
        var rules = root.Deserialize<Rules>(GroundswellJson.Options) ?? throw new InvalidOperationException("Rules came back as null.");
        return (rules, problems.ToImmutable());
    }

    private static void Walk(JsonElement group, string prefix, JsonObject root, ImmutableArray<RuleProblem>.Builder problems)
    {
        var seen = new HashSet<string>();
        foreach (var member in group.EnumerateObject())
        {
            var path = prefix + member.Name;
            if (!seen.Add(path)) problems.Add(new RuleProblem(path, $"{path} is there twice."));
            if (path == SchemaMember) continue;
            if (AllRules.ByPath.TryGetValue(path, out var rule))
            {
                if (IsOfType(member.Value, rule)) Put(root, path, member.Value);
                else problems.Add(new RuleProblem(path, $"{path} is {RuleText.Written(member.Value)}, but must be {rule.Demand}."));
            }
            else if (!AllRules.Groups.Contains(path)) problems.Add(Unknown(path));
            else if (member.Value.ValueKind == JsonValueKind.Object) Walk(member.Value, path + ".", root, problems);
            else problems.Add(new RuleProblem(path, $"{path} is {RuleText.Written(member.Value)}, but must be an object: it holds rules."));
        }
    }

    private static RuleProblem Unknown(string path) => new(
        path,
        NearMatch.Of(path, [.. AllRules.ByPath.Keys, .. AllRules.Groups]) is { } near
            ? $"{path} is not a rule; did you mean {near}?"
            : $"{path} is not a rule; `groundswell rules show` lists all there are.");

    private static bool IsOfType(JsonElement value, Rule rule)
    {
        if (value.ValueKind == JsonValueKind.Null) return rule.MayBeNull;
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Null)) return false;
        try
        {
            return value.Deserialize(rule.Type, GroundswellJson.Options) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Put(JsonObject root, string path, JsonElement value)
    {
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            if (root[part] is not JsonObject inner) root[part] = inner = [];
            root = inner;
        }
        root[parts[^1]] = value.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(value.GetRawText());
    }
}
