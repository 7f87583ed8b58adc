using System.Text.Json.Serialization;

namespace Groundswell.Core.Signals;

/// <summary>
/// Everything one viewer has done with one video. It is resolved once a play has ended: only then do its points enter
/// the video's evidence, so that a play still running never drags a score down.
/// </summary>
/// <param name="PlayedMs">Longest union of played ranges reported, in milliseconds of video.</param>
/// <param name="TotalMs">All time played over all reports of the longest slot, loops included.</param>
/// <param name="Cohort">The cohort in which the viewer first met the video; all of the view counts there, also after their taste has moved.</param>
/// <param name="EarlySkip">The first resolved play ended before the early-skip bound.</param>
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
    int Cohort = 0);

/// <summary>What a signal changed in a <see cref="View"/>: the delta that every projection folds.</summary>
/// <param name="Before">The view before the signal; null at its first impression.</param>
public sealed record ViewChange(View? Before, View After)
{
    [JsonIgnore] public bool FirstImpression => Before is null;
    [JsonIgnore] public bool ResolvedNow => After.Resolved && Before is not { Resolved: true };
}
