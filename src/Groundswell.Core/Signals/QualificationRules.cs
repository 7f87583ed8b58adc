namespace Groundswell.Core.Signals;

/// <summary>What makes a signal count.</summary>
/// <param name="CompletionShare">Union of played ranges, as a share of the duration, that completes a view.</param>
/// <param name="RewatchTimes">Total play, in durations, that makes a re-watch, past the end at least once.</param>
/// <param name="LatestArrival">A signal older than this at arrival counts nothing.</param>
/// <param name="LateAfter">A signal older than this at arrival is marked late; it still counts at its event time.</param>
/// <param name="ClockSlack">Play time that may be reported beyond what has passed since the slot was served: rounding and buffering.</param>
/// <param name="BurstViews">Views of one video from one network within <paramref name="BurstWithin"/> beyond which more count nothing.</param>
/// <param name="LongestText">Longest comment, in characters.</param>
public sealed record QualificationRules(
    double CompletionShare,
    double RewatchTimes,
    TimeSpan LatestArrival,
    TimeSpan LateAfter,
    TimeSpan ClockSlack,
    int BurstViews,
    TimeSpan BurstWithin,
    int LongestText)
{
    public static QualificationRules Default { get; } = new(
        0.95, 1.9, TimeSpan.FromHours(24), TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(2), 30, TimeSpan.FromMinutes(10), 500);
}
