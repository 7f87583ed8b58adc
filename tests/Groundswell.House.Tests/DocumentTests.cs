using System.Text.RegularExpressions;

namespace Groundswell.House.Tests;

public partial class DocumentTests
{
    /// <summary>Names in the documents that others declare: the base library, the libraries used, file formats and products.</summary>
    private static readonly HashSet<string> DeclaredElsewhere = new(StringComparer.Ordinal)
    {
        "AdditionalFiles", "BenchmarkDotNet", "CsCheck", "DateTime", "DateTimeOffset", "FakeTimeProvider", "Guid", "LoggerMessage",
        "Microsoft", "MudBlazor", "Npgsql", "Orleans", "PackageReference", "PackageVersion", "Playwright", "PostgreSQL", "Program",
        "ProjectReference", "Random", "Scalar", "Shouldly", "SkiaSharp", "SQLite", "TestCluster", "TimeProvider",
    };

    /// <summary>Folders that a build or a start makes.</summary>
    private static readonly string[] Generated = ["artifacts", "data", ".cache"];

    private static readonly string[] SourceKinds =
        [".md", ".cs", ".csproj", ".props", ".targets", ".sh", ".json", ".css", ".js", ".razor", ".slnx", ".txt", ".sql", ".yml"];

    public static TheoryData<string> Documents => [.. Repository.Files.Where(IsDocument)];

    [Theory, MemberData(nameof(Documents))]
    public void Links_LeadSomewhere(string document) =>
        Link().Matches(WithoutFences(document))
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains(':') && !LinkExists(document, target))
            .ShouldBeEmpty($"{document} links to what is not there");

    [Theory, MemberData(nameof(Documents))]
    public void Paths_Exist(string document) =>
        Quoted(document).Where(LooksLikePath).Where(path => !PathExists(document, path))
            .ShouldBeEmpty($"{document} names paths that do not exist");

    [Theory, MemberData(nameof(Documents))]
    public void Names_AreDeclared(string document) =>
        Quoted(document).Where(text => CodeName().IsMatch(text))
            .SelectMany(text => Identifier().Matches(text).Select(match => match.Value))
            .Where(name => name.Any(char.IsLower) && !DeclaredElsewhere.Contains(name) && !DeclaredNames.All.Contains(name))
            .Distinct()
            .ShouldBeEmpty($"{document} names types or members that no source declares");

    private static bool IsDocument(string file) =>
        file is "README.md" or "ARCHITECTURE.md" or "CONTRIBUTING.md" or "CHANGELOG.md" or "SECURITY.md"
        || (Repository.IsBelow(file, "docs") && file.EndsWith(".md", StringComparison.Ordinal));

    private static string WithoutFences(string document) => Fence().Replace(Repository.Read(document), "");

    private static IEnumerable<string> Quoted(string document) =>
        Code().Matches(WithoutFences(document)).Select(match => match.Groups[1].Value.Trim());

    private static bool LooksLikePath(string text) =>
        PathText().IsMatch(text)
        && (text.StartsWith("./", StringComparison.Ordinal)
            || Repository.IsBelow(text, "src", "tests", "bench", "docs", "scripts", ".ci")
            || (SourceKinds.Contains(Path.GetExtension(text)) && !text.StartsWith('/')));

    private static bool PathExists(string document, string path)
    {
        var plain = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        plain = plain.TrimEnd('/');
        if (Generated.Contains(plain.Split('/')[0])) return true;
        return Exists(plain)
            || Exists(Relative(document, plain))
            || Repository.Files.Any(file => file.EndsWith("/" + plain, StringComparison.Ordinal) || file.Contains($"/{plain}/", StringComparison.Ordinal));
    }

    private static bool LinkExists(string document, string target)
    {
        var parts = target.Split('#', 2);
        var file = parts[0].Length == 0 ? document : Relative(document, parts[0].TrimEnd('/'));
        if (!Exists(file)) return false;
        return parts.Length == 1 || !file.EndsWith(".md", StringComparison.Ordinal) || Anchors(file).Contains(parts[1]);
    }

    private static bool Exists(string path) =>
        path.Length == 0 || Repository.Files.Any(file => file == path || file.StartsWith(path + "/", StringComparison.Ordinal));

    private static string Relative(string document, string path) =>
        Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(document) ?? "", path))).Replace('\\', '/');

    private static IEnumerable<string> Anchors(string document) =>
        Heading().Matches(WithoutFences(document))
            .Select(match => NotInAnchor().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"^(```|~~~).*?^\1[^\n]*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[\w.\-/]+$")]
    private static partial Regex PathText();

    // Name, Name.Member, Name<Other>, Name(): nothing with blanks, slashes, or a file's ending.
    [GeneratedRegex(@"^[A-Z]\w*(?:\.[A-Z]\w*)*(?:<[\w<>, ]+>)?(?:\(\))?$")]
    private static partial Regex CodeName();

    [GeneratedRegex(@"[A-Z]\w*")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^#+\s+(.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
