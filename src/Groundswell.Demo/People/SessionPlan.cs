using System.Collections.Immutable;
using Groundswell.Core.Chances;

namespace Groundswell.Demo.People;

/// <summary>When a viewer opens the app on one day: starts in ascending order, offsets from midnight.</summary>
public sealed record SessionPlan(string ViewerKey, DateOnly Day, ImmutableArray<TimeSpan> Starts)
{
    private static readonly TimeSpan ClosestTogether = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Poisson many sessions at the viewer's weekly rate (a fifth more on Saturday and Sunday, evened out over the week), at hours they prefer;
    /// starts closer than a quarter of an hour are pushed apart. Empty before the viewer is new.
    /// </summary>
    public static SessionPlan For(SyntheticViewer viewer, DateOnly day, Chance chance)
    {
        if (day < viewer.IsNewAt) return new SessionPlan(viewer.Key, day, []);
        var key = chance.For("sessions").For(viewer.Key).For(day.DayNumber);
        var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var mean = viewer.SessionsPerWeek / 7 * (weekend ? 1.2 : 0.92);
        // The first day is the day they came: at least once.
        var count = Math.Max(day == viewer.IsNewAt ? 1 : 0, Draws.Poisson(mean, key.For("count")));
        var starts = Enumerable.Range(0, count).Select(i => Start(viewer, key.For("start").For(i))).Order();
        return new SessionPlan(viewer.Key, day, [.. Spaced(starts)]);
    }

    private static TimeSpan Start(SyntheticViewer viewer, Chance chance) =>
        TimeSpan.FromHours(Draws.Weighted(viewer.PreferredHours, chance.For("hour")) + chance.For("minute").Unit());

    private static IEnumerable<TimeSpan> Spaced(IEnumerable<TimeSpan> starts)
    {
        var earliest = TimeSpan.Zero;
        foreach (var start in starts)
        {
            var at = start < earliest ? earliest : start;
            if (at >= TimeSpan.FromDays(1)) yield break;
            earliest = at + ClosestTogether;
            yield return at;
        }
    }
}
