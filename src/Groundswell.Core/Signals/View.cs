using System.Text.Json.Serialization;

namespace Groundswell.Core.Signals;

/// <summary>
/// Everything one viewer has done with one video. It is resolved once a play has ended: only then do its points enter
/// the video's evidence, so that a play still running never drags a score down.
/// </summary>
/// <param name="FirstAt">When the video was first served to the viewer, of the slots that they answered.</param>
/// <param name="PlayedMs">Longest union of played ranges reported, in milliseconds of video.</param>
/// <param name="TotalMs">All time played over all reports of the longest slot, loops included, and never less than the union of ranges.</param>
/// <param name="Cohort">The cohort in which the viewer first met the video; all of the view counts there, also after their taste has moved.</param>
/// <param name="EarlySkip">Resolved, and all that was ever played of it ends before the early-skip bound.</param>
/// <param name="Ranges">Union of the played ranges, where devices reported ranges.</param>
/// <param name="Held">Acts that are held back until enough of the video is watched: they earn nothing yet.</param>
/// <param name="Comments">The viewer's comments that stand.</param>
/// <param name="Exited">A play of it ended the session.</param>
/// <param name="Boosted">The viewer met the video in a slot that an operator gave it: it is a view, but no evidence of how good the video is.</param>
/// <param name="Uncounted">Set when the view as a whole counts nothing for the video, since whoever made it came in a crowd; its viewer's own taste learns from it all the same.</param>
/// <param name="OnTrial">The viewer first met the video in a slot of a test, a revival or a wave; all of the view counts there.</param>
public sealed record View(
    DateTimeOffset FirstAt,
    Actions Actions,
    bool Resolved,
    int PlayedMs,
    int TotalMs,
    int Loops,
    bool EarlySkip,
    bool NotInterested,
    bool Reported = false,
    int Cohort = 0,
    PlayedRanges? Ranges = null,
    Actions Held = Actions.None,
    int Comments = 0,
    bool Exited = false,
    Disqualification? Uncounted = null,
    bool OnTrial = false,
    bool Boosted = false)
{
    /// <summary>What the viewer has done, whether it earns points yet or not: what their own pages show.</summary>
    [JsonIgnore] public Actions Done => Actions | Held;
}

/// <summary>What a signal changed in a <see cref="View"/>: the delta that every projection folds.</summary>
/// <param name="Before">The view before the signal; null at its first impression.</param>
public sealed record ViewChange(View? Before, View After)
{
    [JsonIgnore] public bool FirstImpression => Before is null;
    [JsonIgnore] public bool ResolvedNow => After.Resolved && Before is not { Resolved: true };

    /// <summary>It became a view that was no early skip: what makes a trend.</summary>
    [JsonIgnore] public bool WatchedNow => After is { Resolved: true, EarlySkip: false } && Before is not { Resolved: true, EarlySkip: false };
}
