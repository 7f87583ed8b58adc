using System.Numerics;
using System.Text.Json.Serialization;

namespace Groundswell.Core.Signals;

/// <summary>What one viewer's qualified view of one video has earned; each at most once.</summary>
[Flags]
public enum Actions
{
    None = 0,
    Rewatch = 1,
    Completion = 2,
    Share = 4,
    Comment = 8,
    Like = 16,
}

/// <summary>
/// What each action is worth, in points, from the product's seed: re-watch 10, completion 8, share 6, comment 4, like 2.
/// One viewer and one video together earn 0 to 30.
/// </summary>
/// <param name="Rewatch">Playing on past the end: the seed's strongest sign.</param>
/// <param name="Completion">Watching to the end.</param>
/// <param name="Share">Sharing it.</param>
/// <param name="Comment">Writing a comment that stands.</param>
/// <param name="Like">Liking it: the cheapest act, and so the weakest sign.</param>
public sealed record PointRules(double Rewatch = 10, double Completion = 8, double Share = 6, double Comment = 4, double Like = 2)
{
    public double Of(Actions actions) =>
        (actions.HasFlag(Actions.Rewatch) ? Rewatch : 0)
        + (actions.HasFlag(Actions.Completion) ? Completion : 0)
        + (actions.HasFlag(Actions.Share) ? Share : 0)
        + (actions.HasFlag(Actions.Comment) ? Comment : 0)
        + (actions.HasFlag(Actions.Like) ? Like : 0);

    [JsonIgnore] public double Most => Rewatch + Completion + Share + Comment + Like;
}

/// <summary>How often each action was earned.</summary>
public readonly record struct ActionCounts(int Rewatch, int Completion, int Share, int Comment, int Like)
{
    /// <summary>Adds what changed between two sets of actions of the same view; taking back subtracts.</summary>
    public ActionCounts Add(Actions before, Actions after) => new(
        Rewatch + Change(before, after, Actions.Rewatch),
        Completion + Change(before, after, Actions.Completion),
        Share + Change(before, after, Actions.Share),
        Comment + Change(before, after, Actions.Comment),
        Like + Change(before, after, Actions.Like));

    public int Of(Actions action) => action switch
    {
        Actions.Rewatch => Rewatch,
        Actions.Completion => Completion,
        Actions.Share => Share,
        Actions.Comment => Comment,
        Actions.Like => Like,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, $"one action is counted at a time, not {BitOperations.PopCount((uint)action)}"),
    };

    private static int Change(Actions before, Actions after, Actions which) => (after.HasFlag(which) ? 1 : 0) - (before.HasFlag(which) ? 1 : 0);
}
