using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Groundswell.Core.RuleBook;

/// <summary>
/// What each rule and each group of rules means and where the default comes from, read from the documentation of the rules
/// themselves, so that console, schema, documents and code cannot disagree.
/// </summary>
public static class RuleNotes
{
    /// <summary>By path; empty where the program was installed without its documentation.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Load();

    /// <summary>The note of a rule or group; empty where there is none.</summary>
    public static string Of(string path) => All.GetValueOrDefault(path, "");

    private static FrozenDictionary<string, string> Load()
    {
        var notes = new Dictionary<string, string>();
        var file = Path.Combine(AppContext.BaseDirectory, Path.ChangeExtension(typeof(Rules).Assembly.GetName().Name + ".dll", ".xml"));
        if (!File.Exists(file)) return notes.ToFrozenDictionary();
        var members = XDocument.Load(file).Descendants("member")
            .Where(member => member.Attribute("name") is not null)
            .ToDictionary(member => member.Attribute("name")?.Value ?? "", StringComparer.Ordinal);
        Read(typeof(Rules), "", members, notes);
        return notes.ToFrozenDictionary();
    }

    private static void Read(Type type, string prefix, Dictionary<string, XElement> members, Dictionary<string, string> notes)
    {
        var parameters = members.GetValueOrDefault($"T:{type.FullName}")?.Elements("param").ToLookup(parameter => parameter.Attribute("name")?.Value ?? "");
        foreach (var property in type.GetProperties())
        {
            var path = prefix + JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            var isGroup = AllRules.Groups.Contains(path);
            if (!isGroup && !AllRules.ByPath.ContainsKey(path)) continue;
            var note = parameters?[property.Name].FirstOrDefault()
                ?? members.GetValueOrDefault($"P:{type.FullName}.{property.Name}")?.Element("summary")
                ?? (isGroup ? members.GetValueOrDefault($"T:{property.PropertyType.FullName}")?.Element("summary") : null);
            if (note is not null) notes[path] = Text(note);
            if (isGroup) Read(property.PropertyType, path + ".", members, notes);
        }
    }

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
            text.Append(node is XElement inner ? (inner.Attribute("name") ?? inner.Attribute("cref"))?.Value.Split('.')[^1] ?? inner.Value : (node as XText)?.Value);
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
