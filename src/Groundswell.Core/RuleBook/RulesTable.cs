using System.Text;

namespace Groundswell.Core.RuleBook;

/// <summary>Every rule as Markdown: a table for each group, as <c>docs/rules.md</c> has them.</summary>
public static class RulesTable
{
    /// <summary>What stands between these lines of a document is made here.</summary>
    public const string Begin = "<!-- Made by `groundswell rules docs`: not to be edited by hand. -->";
    public const string End = "<!-- End of what is made. -->";

    public static string Markdown()
    {
        var shipped = new Rules();
        var text = new StringBuilder();
        foreach (var group in AllRules.Listed.GroupBy(rule => rule.Group))
        {
            if (text.Length > 0) text.Append('\n');
            text.Append($"### `{group.Key}`\n\n");
            if (RuleNotes.Of(group.Key) is { Length: > 0 } note) text.Append($"{note}\n\n");
            text.Append("| rule | default | range | meaning |\n| --- | --- | --- | --- |\n");
            foreach (var rule in group) text.Append($"| `{rule.Name}` | {RuleText.Of(rule.Json(shipped))} | {rule.Range?.Text} | {Cell(rule.Note)} |\n");
        }
        return text.ToString();
    }

    /// <summary>A document with its made part as of now.</summary>
    /// <exception cref="ArgumentException">The document has no such part.</exception>
    public static string Renew(string document)
    {
        var begin = document.IndexOf(Begin, StringComparison.Ordinal);
        var end = document.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new ArgumentException($"The document lacks the lines “{Begin}” and “{End}”, between which the tables go.", nameof(document));
        return $"{document[..begin]}{Begin}\n\n{Markdown()}\n{document[end..]}";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
