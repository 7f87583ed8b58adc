using System.Xml.Linq;

namespace Groundswell.House.Tests;

public class DependencyDirectionTests
{
    /// <summary>Who may know whom. A project that is not here may not exist: adding one starts with this table.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Core"] = [],
        ["Ranking"] = ["Core"],
        ["Media"] = ["Core"],
        ["Storage"] = ["Core"],
        ["Transfer"] = ["Core", "Storage"],
        ["Lab"] = ["Core", "Ranking"],
        ["Cluster"] = ["Core", "Ranking", "Storage", "Media"],
        ["Web"] = ["Core"],
        ["Demo"] = ["Core", "Ranking", "Storage", "Media", "Cluster"],
        ["Server"] = ["Core", "Ranking", "Storage", "Media", "Cluster", "Web", "Demo"],
        ["Cli"] = ["Core", "Ranking", "Storage", "Media", "Cluster", "Web", "Demo", "Server", "Transfer", "Lab", "Bench"],
    };

    private static IEnumerable<string> Projects => Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

    [Fact]
    public void Projects_PointDownwardsOnly()
    {
        var wrong = new List<string>();
        foreach (var project in Projects.Where(file => Repository.IsBelow(file, "src")))
        {
            if (!MayKnow.TryGetValue(ShortName(project), out var allowed)) wrong.Add($"{project} is not in the table of projects");
            else wrong.AddRange(References(project, "ProjectReference").Select(ShortName).Except(allowed).Select(known => $"{project} must not know {known}"));
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Core_UsesTheBaseLibraryOnly() =>
        References("src/Groundswell.Core/Groundswell.Core.csproj", "PackageReference").ShouldBeEmpty();

    [Fact]
    public void Sources_DoNotReferenceTestsOrBenchmarks() =>
        Projects.Where(file => Repository.IsBelow(file, "src") && ShortName(file) != "Cli") // `groundswell bench` runs them
            .SelectMany(project => References(project, "ProjectReference").Where(path => path.Contains("Tests") || path.Contains("bench")))
            .ShouldBeEmpty();

    [Fact]
    public void Solution_NamesEveryProject()
    {
        var named = XDocument.Parse(Repository.Read("Groundswell.slnx")).Descendants("Project").Select(project => (string?)project.Attribute("Path"));
        Projects.Except(named).ShouldBeEmpty("these projects are missing from Groundswell.slnx");
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Parse(Repository.Read(project)).Descendants(kind).Select(reference => (string?)reference.Attribute("Include")).OfType<string>();

    private static string ShortName(string project) =>
        project.Split('/', '\\')[^1].Replace("Groundswell.", "", StringComparison.Ordinal).Replace(".csproj", "", StringComparison.Ordinal);
}
