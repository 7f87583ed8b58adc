using System.Collections.Immutable;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Signals;
namespace Groundswell.Demo.People;
public sealed record SyntheticViewer(int Key, double[] Taste)
{
    public WatchDecision Decide(WatchedClip clip, int position, ImmutableArray<int> recent, Chance chance)
    {
        var love = clip.Genres.Weights.Select((w, g) => w * Taste[g]).Sum();
        var full = chance.For("full").Hits(Math.Clamp(0.25 + love * 0.6 + clip.Quality * 0.2, 0, 0.95));
        var played = full ? clip.DurationMs : (int)(clip.DurationMs * chance.For("p").Unit());
        var re = full && chance.For("re").Hits(0.15 * love);
        return new(played, re ? played * 2 : played, re ? 1 : 0, chance.For("exit").Hits(0.08) ? EndReason.Exit : EndReason.Swipe, full && chance.For("like").Hits(0.2), null, false, false, false);
    }
}
public sealed record WatchedClip(GenreMix Genres, int DurationMs, double Quality);
public sealed record WatchDecision(int PlayedMs, int TotalMs, int Loops, EndReason End, bool Liked, string? Comment, bool Shared, bool Followed, bool NotInterested);
public static class SyntheticViewers { public static ImmutableArray<SyntheticViewer> Roster(ulong seed, int n, Taxonomy t) => [.. Enumerable.Range(0, n).Select(i => new SyntheticViewer(i, [.. Enumerable.Range(0, t.Count).Select(g => new Chance(seed).For(i).For(g).Hits(0.15) ? 1.0 : -0.3)]))]; }
public static class SessionPlan { public static IEnumerable<DateTimeOffset> Of(SyntheticViewer v, DateOnly day, Chance c) { if (c.For(v.Key).For(day.DayNumber).Hits(0.7)) yield return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddHours(24 * c.For(v.Key).For(day.DayNumber).For(2).Unit()); } }
