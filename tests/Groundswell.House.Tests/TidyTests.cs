using System.Text.RegularExpressions;

namespace Groundswell.House.Tests;

public partial class TidyTests
{
    private const int LongestFileLines = 500;
    private const long LargestFileBytes = 1 << 20;

    /// <summary>Folders of a test project that serve the tests and mirror nothing.</summary>
    private static readonly string[] TestOnlyFolders = ["Fixtures", "Fakes", "Samples", "Properties"];

    private static IEnumerable<string> CSharp => Repository.SourceFiles.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    [Fact]
    public void Files_NameNoFoldersOfOneMachine() => LinesMatching(Repository.TextFiles, MachinePath()).ShouldBeEmpty();

    [Fact]
    public void Sources_AreFinished() => LinesMatching(Repository.SourceFiles.Where(InSrc), Unfinished()).ShouldBeEmpty();

    [Fact]
    public void Sources_HideNoClockAndNoChance() => LinesMatching(CSharp.Where(InSrc), HiddenClockOrChance()).ShouldBeEmpty();

    [Fact]
    public void Sources_HaveNoRegions() => LinesMatching(CSharp, Region()).ShouldBeEmpty();

    [Fact]
    public void Text_HasNoTabsTrailingBlanksOrCarriageReturns() =>
        LinesMatching(Repository.TextFiles.Where(IsFormatted), Untidy()).ShouldBeEmpty();

    [Fact]
    public void Text_EndsWithOneNewLine() =>
        Repository.TextFiles.Where(IsFormatted)
            .Where(file => Repository.Read(file) is { Length: > 0 } text && (!text.EndsWith('\n') || text.EndsWith("\n\n", StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Fact]
    public void CSharpFiles_StayUnderFiveHundredLines() =>
        CSharp.Select(file => (file, Lines: Repository.Lines(file).Count()))
            .Where(counted => counted.Lines > LongestFileLines)
            .ShouldBeEmpty();

    [Fact]
    public void Files_StayUnderOneMebibyte() =>
        Repository.Files.Where(file => new FileInfo(Repository.FullPath(file)).Length > LargestFileBytes).ShouldBeEmpty();

    [Fact]
    public void Namespaces_MatchFolders()
    {
        var wrong = new List<string>();
        foreach (var file in CSharp)
        {
            if (Namespace().Match(Repository.Read(file)) is not { Success: true } found) continue;
            var expected = string.Join('.', file.Split('/')[1..^1]);
            // The store's contract is one vocabulary of four interfaces, which callers import once; its folders sort it for the reader.
            if (found.Groups[1].Value == "Groundswell.Storage" && Repository.IsBelow(file, "src/Groundswell.Storage")) continue;
            if (found.Groups[1].Value != expected) wrong.Add($"{file} declares {found.Groups[1].Value}, not {expected}");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void TestFolders_MirrorTheSources() =>
        CSharp.Where(file => Repository.IsBelow(file, "tests"))
            .Select(file => Path.GetDirectoryName(file)!.Replace('\\', '/'))
            .Distinct()
            .Where(folder => folder.Split('/') is { Length: > 2 } parts && !TestOnlyFolders.Contains(parts[2]))
            .Select(folder => (folder, Mirrored: MirrorOf(folder)))
            .Where(pair => !Repository.Files.Any(file => Repository.IsBelow(file, pair.Mirrored)))
            .Select(pair => $"{pair.folder} mirrors nothing: there is no {pair.Mirrored}")
            .ShouldBeEmpty();

    /// <summary>A report, not a limit: the ten longest methods are the ones to read in a review.</summary>
    [Fact]
    public void LongestMethods_AreListed()
    {
        var longest = CSharp.Where(InSrc).SelectMany(LongMethods.In).OrderByDescending(method => method.Lines).Take(10).ToList();
        Console.WriteLine("The ten longest methods in src:");
        foreach (var method in longest) Console.WriteLine($"  {method.Lines,4} lines  {method.File}:{method.Line}  {method.Name}");
        longest.ShouldNotBeEmpty();
    }

    private static bool InSrc(string file) => Repository.IsBelow(file, "src");

    private static bool IsFormatted(string file) =>
        Path.GetExtension(file) is ".cs" or ".razor" or ".js" or ".css" or ".md" or ".sh" || file is "run" or "test" or ".ci/run";

    private static string MirrorOf(string folder)
    {
        var parts = folder.Split('/');
        return $"src/{parts[1].Replace(".Tests", "", StringComparison.Ordinal)}/{string.Join('/', parts[2..])}";
    }

    private static List<string> LinesMatching(IEnumerable<string> files, Regex pattern) =>
        [.. from file in files
            from line in Repository.Lines(file)
            where pattern.IsMatch(line.Text)
            select $"{file}:{line.Number}: {line.Text.Trim()}"];

    // Written so that this file does not match itself.
    [GeneratedRegex(@"(?<![\w.\-/])/(?:work|root|home/\w+|Users/\w+)[/]")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|XXX|NotImplementedException)\b")]
    private static partial Regex Unfinished();

    // The second net below BannedSymbols.txt, which only sees what compiles.
    [GeneratedRegex(@"^(?!\s*//).*(?:\bDateTime(?:Offset)?\.(?:UtcNow|Now|Today)\b|\bRandom\.Shared\b|\bnew Random\(|\bGuid\.(?:NewGuid|CreateVersion7)\(|\bEnvironment\.TickCount)")]
    private static partial Regex HiddenClockOrChance();

    [GeneratedRegex(@"^\s*#(?:end)?region\b")]
    private static partial Regex Region();

    [GeneratedRegex(@"\t|[ \t]+$|\r")]
    private static partial Regex Untidy();

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
