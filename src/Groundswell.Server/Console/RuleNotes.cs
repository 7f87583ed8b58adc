using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Groundswell.Core;

namespace Groundswell.Server.Console;

/// <summary>
/// What each rule means and where its default comes from, read from the documentation of the rules themselves, so that the
/// console and the code cannot disagree.
/// </summary>
internal static class RuleNotes
{
    public static IReadOnlyDictionary<string, string> All { get; } = Load();

    private static FrozenDictionary<string, string> Load()
    {
        var notes = new Dictionary<string, string>();
        var file = Path.ChangeExtension(typeof(Rules).Assembly.Location, ".xml");
        if (!File.Exists(file)) return notes.ToFrozenDictionary();
        var members = XDocument.Load(file).Descendants("member").Where(member => member.Attribute("name") is not null).ToLookup(member => member.Attribute("name")?.Value);
        foreach (var property in typeof(Rules).GetProperties().Where(property => property.PropertyType.Namespace?.StartsWith("Groundswell", StringComparison.Ordinal) == true))
        {
            var group = Snake(property.Name);
            foreach (var member in members[$"T:{property.PropertyType.FullName}"])
            {
                notes[group] = Text(member.Element("summary"));
                foreach (var parameter in member.Elements("param")) notes[$"{group}.{Snake(parameter.Attribute("name")?.Value ?? "")}"] = Text(parameter);
            }
            var prefix = $"P:{property.PropertyType.FullName}.";
            foreach (var member in members.SelectMany(member => member).Where(member => member.Attribute("name")?.Value.StartsWith(prefix, StringComparison.Ordinal) == true))
                if (member.Element("summary") is { } summary) notes.TryAdd($"{group}.{Snake(member.Attribute("name")?.Value[prefix.Length..] ?? "")}", Text(summary));
        }
        return notes.ToFrozenDictionary();
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string Text(XElement? element)
    {
        if (element is null) return "";
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
            text.Append(node is XElement reference ? (reference.Attribute("name") ?? reference.Attribute("cref"))?.Value.Split('.')[^1] : node.ToString());
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
