using Groundswell.Core.Signals.Qualification;

namespace Groundswell.Core.Signals;

/// <summary>What makes a signal count.</summary>
/// <param name="CompletionShare">Union of played ranges, as a share of the duration, that completes a view.</param>
/// <param name="RewatchTimes">Total play, in durations, that makes a re-watch, past the end at least once.</param>
/// <param name="LatestArrival">A signal older than this at arrival counts nothing, and neither does one that happened so long after its slot was served.</param>
/// <param name="LateAfter">A signal older than this at arrival is marked late; it still counts at its event time.</param>
/// <param name="ClockSlack">Play time that may be reported beyond what has passed since the slot was served, or beside another video: rounding and buffering.</param>
/// <param name="BurstViews">Viewers of one network on one video within <paramref name="BurstWithin"/> beyond which more count nothing: more than a school class.</param>
/// <param name="BurstWithin">How long a burst lasts: ten minutes, in which a break goes by or a message has reached everybody.</param>
/// <param name="LongestText">Longest comment, in characters.</param>
/// <param name="FreshDevices">New devices of one network on one video within <paramref name="FreshWithin"/> beyond which more count nothing: a household's new phone and tablet of one day.</param>
/// <param name="FreshWithin">… of those, how long each counts.</param>
/// <param name="FreshAge">A device is new for so long: a farm that has to wait for a day costs more than it brings.</param>
/// <param name="PlayLostAfter">A play of which nothing was heard for so long has ended: 24 heartbeats of five seconds.</param>
/// <param name="Checks">Which rules are on; turning one off is for finding out what it is worth.</param>
public sealed record QualificationRules(
    double CompletionShare,
    double RewatchTimes,
    TimeSpan LatestArrival,
    TimeSpan LateAfter,
    TimeSpan ClockSlack,
    int BurstViews,
    TimeSpan BurstWithin,
    int LongestText,
    int FreshDevices,
    TimeSpan FreshWithin,
    TimeSpan FreshAge,
    TimeSpan PlayLostAfter,
    QualificationChecks Checks)
{
    public static QualificationRules Default { get; } = new(
        0.95, 1.9, TimeSpan.FromHours(24), TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(2), 30, TimeSpan.FromMinutes(10), 500,
        2, TimeSpan.FromHours(24), TimeSpan.FromHours(24), TimeSpan.FromMinutes(2), new QualificationChecks());
}
