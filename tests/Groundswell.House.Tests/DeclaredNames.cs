using System.Text.RegularExpressions;

namespace Groundswell.House.Tests;

/// <summary>
/// The names that the sources declare: types, members, enum values, components, projects. Read by pattern and not by a
/// compiler: it may take a use for a declaration, but a name that is gone from the sources is gone here too.
/// </summary>
internal static partial class DeclaredNames
{
    public static IReadOnlySet<string> All { get; } = Collect();

    private static HashSet<string> Collect()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Repository.Files.Where(file => Repository.IsBelow(file, "src", "tests", "bench")))
        {
            names.UnionWith(file.Split('/', '.'));
            names.Add(Path.GetFileNameWithoutExtension(file));
            if (Path.GetExtension(file) is not (".cs" or ".razor")) continue;
            var text = Repository.Read(file);
            names.UnionWith(TypeName().Matches(text).Select(match => match.Groups[1].Value));
            names.UnionWith(MemberName().Matches(text).Select(match => match.Groups[1].Value));
            names.UnionWith(EnumValue().Matches(text).Select(match => match.Groups[1].Value));
        }
        return names;
    }

    [GeneratedRegex(@"\b(?:class|struct|record|enum|interface|delegate\s+[\w<>\[\]?]+)\s+([A-Z]\w*)")]
    private static partial Regex TypeName();

    // A type, a blank, a name, and what may follow a member's name or a parameter's.
    [GeneratedRegex(@"[\w>\]?)]\s+([A-Z]\w*)\s*(?:[({<=;,)]|$)", RegexOptions.Multiline)]
    private static partial Regex MemberName();

    [GeneratedRegex(@"(?:^|[{,])\s*([A-Z]\w*)\s*(?:=[^>=]|,|\}|$)", RegexOptions.Multiline)]
    private static partial Regex EnumValue();
}
