using System.Collections.Frozen;
using Groundswell.Core.RuleBook;

namespace Groundswell.Core.Experiments;

/// <summary>Which rules an experiment may vary from unit to unit: those that decide about the unit alone. What all share, such as points, evidence and budgets, can have only one value at a time.</summary>
public static class Variation
{
    /// <summary>Pages are made viewer by viewer; how long they are was agreed with the app.</summary>
    private static readonly FrozenSet<string> OfViewers =
        AllRules.ByPath.Keys.Where(path => path.StartsWith("feed.", StringComparison.Ordinal)).Except(["feed.page_default", "feed.page_most"]).ToFrozenSet();

    /// <summary>What only the verdict on a video looks at. The other rules of gate, waves and test batch are asked by every page as well, about all videos at once.</summary>
    private static readonly FrozenSet<string> OfVideos = new[]
    {
        "gate.widen_at", "gate.sequential", "waves.lasts_for", "waves.clear_at", "waves.clear_share", "revival.most", "revival.quiet_factor", "revival.quiet_least",
        "revival.early_share", "revival.early_least_sessions", "revival.trend_lift", "revival.rest",
    }.ToFrozenSet();

    public static bool May(ExperimentUnit unit, string path) => Of(unit).Contains(path);

    /// <summary>The rules that may be varied, by path.</summary>
    public static FrozenSet<string> Of(ExperimentUnit unit) => unit == ExperimentUnit.Viewer ? OfViewers : OfVideos;

    /// <summary>As it ends the sentence that refuses another rule.</summary>
    public static string Text(ExperimentUnit unit) => unit == ExperimentUnit.Viewer
        ? "an experiment on viewers varies how a page is made: the rules under feed, but for the length of a page"
        : $"an experiment on videos varies what only a video's verdict looks at: {string.Join(", ", OfVideos.Order(StringComparer.Ordinal))}";
}
