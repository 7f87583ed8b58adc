using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core;
using Groundswell.Core.Ledger;

namespace Groundswell.Cli;

/// <summary>Rules from a JSON file that says only what differs from the shipped ones.</summary>
internal static class RulesFile
{
    /// <summary>The shipped rules with what the file says in their place; the shipped ones without a file.</summary>
    /// <exception cref="ArgumentException">The file is no JSON, names a rule that does not exist, or sets one out of range.</exception>
    public static Rules Read(string? file)
    {
        if (file is null) return new Rules();
        try
        {
            var shipped = JsonSerializer.SerializeToNode(new Rules(), GroundswellJson.Options) as JsonObject ?? throw new JsonException("rules are no object");
            if (JsonNode.Parse(File.ReadAllText(file), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) is not JsonObject changes)
                throw new ArgumentException($"{file} must hold one JSON object, such as {{\"gate\": {{\"quantile\": 0.6}}}}.");
            Merge(shipped, changes, "");
            var rules = shipped.Deserialize<Rules>(GroundswellJson.Options) ?? throw new JsonException("rules are null");
            var problems = rules.Validate();
            return problems.IsEmpty ? rules : throw new ArgumentException($"{file}: {string.Join(' ', problems)}");
        }
        catch (JsonException wrong)
        {
            throw new ArgumentException($"{file} cannot be read as rules: {wrong.Message}", wrong);
        }

        void Merge(JsonObject into, JsonObject changes, string path)
        {
            foreach (var (name, value) in changes)
            {
                // A rule that may be left open, such as an absolute gate, is not in the shipped JSON at all.
                if (!into.ContainsKey(name) && path + name is not "gate.absolute")
                    throw new ArgumentException($"{file}: there is no rule '{path}{name}'; there are {string.Join(", ", into.Select(pair => pair.Key))}.");
                if (into[name] is JsonObject inner && value is JsonObject further) Merge(inner, further, $"{path}{name}.");
                else into[name] = value?.DeepClone();
            }
        }
    }
}
