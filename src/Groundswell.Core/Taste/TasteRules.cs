using Groundswell.Core.Signals;

namespace Groundswell.Core.Taste;

/// <summary>How views become taste.</summary>
/// <param name="LongHalfLife">Half-life of the lasting layer: a week, as DESIGN fixes it.</param>
/// <param name="SessionHalfLifeViews">Half-life of the session layer, in views: half a typical session of 12.</param>
/// <param name="SessionShare">How much of an affinity the session layer makes up while a session lasts.</param>
/// <param name="NeutralPoints">Value of a view that says neither yes nor no: just above half-way between an early skip (−6) and a completion (8).</param>
/// <param name="ScalePoints">Mean points above neutral that make a full affinity of 1: a genre that is always completed (8 points) has it.</param>
/// <param name="PriorViews">Pseudo-views at neutral that a genre starts with.</param>
/// <param name="EarlySkipPenalty">Points an early skip costs its genres.</param>
/// <param name="PartialPenalty">Points that leaving right after the early-skip bound costs; falls linearly to 0 at completion.</param>
/// <param name="EarlySkipMs">A play that ends before this is an early skip …</param>
/// <param name="EarlySkipShare">… or before this share of the duration.</param>
/// <param name="LastingPenalty">Affinity that one "not interested" takes from a genre that the video is wholly made of.</param>
/// <param name="LastingHalfLife">Half-life of that.</param>
/// <param name="FollowUpWeight">Weight of a like, comment or share that comes after the view was resolved.</param>
/// <param name="InterestViews">A declared genre counts as if so many videos of it had been completed; three early skips outweigh it.</param>
/// <param name="MostInterests">Genres that a viewer may declare: about a fifth of those there are, since whoever likes everything has said nothing.</param>
public sealed record TasteRules(
    TimeSpan LongHalfLife,
    double SessionHalfLifeViews,
    double SessionShare,
    double NeutralPoints,
    double ScalePoints,
    double PriorViews,
    double EarlySkipPenalty,
    double PartialPenalty,
    int EarlySkipMs,
    double EarlySkipShare,
    double LastingPenalty,
    TimeSpan LastingHalfLife,
    double FollowUpWeight,
    double InterestViews,
    int MostInterests)
{
    public static TasteRules Default { get; } = new(
        TimeSpan.FromDays(7), 6, 0.5, 2, 6, 1.5, 6, 3, 2000, 0.2, 0.6, TimeSpan.FromDays(60), 0.5, 3, 5);

    /// <summary>Whether a play that ended after <paramref name="playedMs"/> of a video was an early skip (DESIGN: under 2 s or under 20 %).</summary>
    public bool IsEarlySkip(int playedMs, int durationMs) =>
        playedMs < 0.95 * durationMs && (playedMs < EarlySkipMs || playedMs < EarlySkipShare * durationMs);

    /// <summary>The value of a resolved view for taste, in points: what it earned, less what leaving early costs.</summary>
    public double Value(View view, int durationMs, PointRules points)
    {
        var earned = points.Of(view.Actions);
        if (view.Actions.HasFlag(Actions.Completion) || view.Actions.HasFlag(Actions.Rewatch)) return earned;
        var leaving = view.EarlySkip ? EarlySkipPenalty : PartialPenalty * (1 - Math.Clamp(view.PlayedMs / (double)durationMs, 0, 1));
        return earned - leaving;
    }
}
