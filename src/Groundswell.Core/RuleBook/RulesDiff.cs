using System.Collections.Immutable;
using System.Text.Json;

namespace Groundswell.Core.RuleBook;

/// <summary>One rule that differs between two sets of rules.</summary>
/// <param name="Note">What the rule means, and where its default comes from.</param>
public sealed record RuleChange(string Path, JsonElement Old, JsonElement New, string Note)
{
    /// <summary>In one line: path, old and new value.</summary>
    public string Text => $"{Path}: {RuleText.Of(Old)} → {RuleText.Of(New)}";
}

public static class RulesDiff
{
    /// <summary>Every rule that differs, in the order in which rules are declared; empty where they are the same.</summary>
    public static ImmutableArray<RuleChange> Between(Rules before, Rules after) =>
    [
        .. from rule in AllRules.Listed
           let left = rule.Json(before)
           let right = rule.Json(after)
           where left.GetRawText() != right.GetRawText()
           select new RuleChange(rule.Path, left, right, rule.Note),
    ];
}
