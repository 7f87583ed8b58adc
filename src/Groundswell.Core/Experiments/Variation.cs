using System.Collections.Frozen;
using Groundswell.Core.RuleBook;

namespace Groundswell.Core.Experiments;

/// <summary>Which rules an experiment may vary from unit to unit: those that decide about the unit alone. What all share, such as points, evidence and budgets, can have only one value at a time.</summary>
public static class Variation
{
    /// <summary>Pages are made viewer by viewer; how long they are was agreed with the app.</summary>
    private static readonly FrozenSet<string> OfViewers =
        AllRules.ByPath.Keys.Where(path => path.StartsWith("feed.", StringComparison.Ordinal)).Except(["feed.page_default", "feed.page_most"]).ToFrozenSet();

    public static bool May(ExperimentUnit unit, string path) => unit == ExperimentUnit.Viewer && OfViewers.Contains(path);

    /// <summary>As it ends the sentence that refuses another rule.</summary>
    public static string Text(ExperimentUnit unit) => unit switch
    {
        ExperimentUnit.Viewer => "an experiment on viewers varies how a page is made: the rules under feed, but for the length of a page",
        _ => "no rule can be varied from video to video yet",
    };
}
