using Groundswell.Core.RuleBook;

namespace Groundswell.Core.Tests.RuleBook;

public class RulesTableTests
{
    [Fact]
    public void TheDocument_IsCurrent()
    {
        var document = File.ReadAllText(Path.Combine(Root(), "docs", "rules.md"));
        RulesTable.Renew(document).ShouldBe(document, "run `groundswell rules docs docs/rules.md`");
    }

    [Fact]
    public void Renew_NeedsItsPlace() => Should.Throw<ArgumentException>(() => RulesTable.Renew("# Rules\n"));

    [Fact]
    public void Tables_NameEveryRule()
    {
        var tables = RulesTable.Markdown();
        AllRules.Groups.Where(group => AllRules.Listed.Any(rule => rule.Group == group)).ShouldAllBe(group => tables.Contains($"### `{group}`"));
        AllRules.Listed.ShouldAllBe(rule => tables.Contains($"| `{rule.Name}` |"));
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Groundswell.slnx"))) return folder.FullName;
        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
