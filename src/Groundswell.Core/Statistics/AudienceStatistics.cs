using System.Numerics;
using System.Text.Json.Serialization;
using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;

namespace Groundswell.Core.Statistics;

/// <summary>Counts of one minute or hour.</summary>
public sealed class Tally
{
    [JsonInclude] public int Feeds { get; internal set; }
    [JsonInclude] public int Slots { get; internal set; }
    [JsonInclude] public int Signals { get; internal set; }
    [JsonInclude] public int Views { get; internal set; }
    [JsonInclude] public int Exits { get; internal set; }
    [JsonInclude] public int Sessions { get; internal set; }
    [JsonInclude] public double Points { get; internal set; }
    [JsonInclude] public SortedDictionary<SlotSource, SourceTally> Sources { get; private set; } = [];
    [JsonInclude] public SortedDictionary<Disqualification, int> Disqualified { get; private set; } = [];

    /// <summary>Points that those would have brought.</summary>
    [JsonInclude] public SortedDictionary<Disqualification, double> Withheld { get; private set; } = [];

    /// <summary>Counts a signal that counts nothing; an act that is held back counts here until its view is watched.</summary>
    internal void Keep(SignalRecorded signal)
    {
        var held = signal is { Disqualified: null, Change: { } change } ? Acts(change.After.Held) - Acts(change.Before?.Held ?? Actions.None) : 0;
        if (signal.Disqualified is null && held == 0) return;
        var reason = signal.Disqualified ?? Disqualification.HardlyWatched;
        Disqualified[reason] = Disqualified.GetValueOrDefault(reason) + (signal.Disqualified is null ? held : 1);
        if (signal.PointsWithheld != 0) Withheld[reason] = Withheld.GetValueOrDefault(reason) + signal.PointsWithheld;
    }

    private static int Acts(Actions actions) => BitOperations.PopCount((uint)actions);

    internal SourceTally Of(SlotSource source)
    {
        if (!Sources.TryGetValue(source, out var tally)) Sources[source] = tally = new SourceTally();
        return tally;
    }
}

/// <summary>What one source brought.</summary>
public sealed class SourceTally
{
    [JsonInclude] public int Slots { get; internal set; }
    [JsonInclude] public int Views { get; internal set; }
    [JsonInclude] public double Points { get; internal set; }
}

/// <summary>
/// The console's numbers: a fold over the ledger with one writer. Minutes are kept for an hour, hours for two weeks,
/// distinct viewers by day for eight days.
/// </summary>
public sealed class AudienceStatistics
{
    private const int MinutesKept = 61;
    private const int HoursKept = 24 * 14;
    private const int DaysKept = 8;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan SessionGap = TimeSpan.FromMinutes(30);
    private readonly Lock _gate = new();

    [JsonInclude] public long Watermark { get; private set; }
    [JsonInclude] public SortedDictionary<long, Tally> Minutes { get; private set; } = [];
    [JsonInclude] public SortedDictionary<long, Tally> Hours { get; private set; } = [];
    [JsonInclude] public SortedDictionary<long, SortedSet<long>> ViewersByDay { get; private set; } = [];

    /// <summary>When each viewer of the last week was last active, Unix seconds by viewer id.</summary>
    [JsonInclude, JsonConverter(typeof(InKeyOrder<long, long>))] public Dictionary<long, long> LastActive { get; private set; } = [];

    /// <summary>Cohort number of each of them when their last page was made.</summary>
    [JsonInclude, JsonConverter(typeof(InKeyOrder<long, int>))] public Dictionary<long, int> LastCohort { get; private set; } = [];

    /// <summary>What came of due revivals, given and withheld.</summary>
    [JsonInclude] public RevivalTrials Revivals { get; private set; } = new();
    [JsonInclude] public long Views { get; private set; }
    [JsonInclude] public long Signals { get; private set; }

    public void Fold(IReadOnlyList<Recorded> entries)
    {
        lock (_gate)
        {
            foreach (var (position, entry) in entries)
            {
                if (position <= Watermark) continue;
                Watermark = position;
                Revivals.Fold(entry);
                if (entry is PageServed page) Fold(page);
                else if (entry is SignalRecorded signal) Fold(signal);
                else if (entry is RegionShared shared) Fold(shared);
            }
        }
    }

    /// <summary>Reads under the writer's lock; keep it short.</summary>
    public TResult Read<TResult>(Func<AudienceStatistics, TResult> read)
    {
        lock (_gate) return read(this);
    }

    /// <summary>Distinct viewers of the last seven days.</summary>
    public int WeeklyViewers(DateTimeOffset now)
    {
        lock (_gate)
        {
            var today = Day(now);
            var distinct = new HashSet<long>();
            foreach (var (day, viewers) in ViewersByDay)
                if (day > today - 7 && day <= today) distinct.UnionWith(viewers);
            return distinct.Count;
        }
    }

    /// <summary>Distinct viewers active within the span before now.</summary>
    public int ViewersWithin(TimeSpan span, DateTimeOffset now)
    {
        lock (_gate)
        {
            var since = (now - span).ToUnixTimeSeconds();
            return LastActive.Values.Count(at => at >= since);
        }
    }

    /// <summary>Viewers of the last seven days by the number of their cohort.</summary>
    public Strata Strata(DateTimeOffset now)
    {
        lock (_gate)
        {
            var since = (now - Week).ToUnixTimeSeconds();
            var viewers = new Dictionary<int, int>();
            foreach (var (viewer, cohort) in LastCohort)
                if (LastActive.GetValueOrDefault(viewer) >= since) viewers[cohort] = viewers.GetValueOrDefault(cohort) + 1;
            return Audience.Strata.Of(viewers);
        }
    }

    /// <summary>What a viewer said of their region goes with it; their next page says what they say now.</summary>
    private void Fold(RegionShared shared)
    {
        if (LastCohort.TryGetValue(shared.Viewer.Value, out var cohort)) LastCohort[shared.Viewer.Value] = new Cohort(cohort).WithoutRegion().Number;
    }

    private void Fold(PageServed page)
    {
        var session = Active(page.Viewer, page.At);
        LastCohort[page.Viewer.Value] = page.Cohort;
        foreach (var tally in Of(page.At))
        {
            tally.Feeds++;
            tally.Slots += page.Slots.Length;
            tally.Sessions += session ? 1 : 0;
            foreach (var slot in page.Slots) tally.Of(slot.Source).Slots++;
        }
    }

    private void Fold(SignalRecorded signal)
    {
        Signals++;
        var at = signal.EventTime;
        var session = Active(signal.Viewer, at);
        // Pages may be missing: a crash loses the last ones, and a ledger from before pages had cohorts says it here alone.
        if (signal.Slot is { } answered) LastCohort.TryAdd(signal.Viewer.Value, answered.Cohort);
        var counted = signal.Disqualified is null ? signal.Change : null;
        var resolved = counted is { ResolvedNow: true };
        if (resolved) Views++;
        var points = counted is { After.Resolved: true } ? signal.PointsAfter - (resolved ? 0 : signal.PointsBefore) : 0;
        var left = signal is { Type: SignalType.PlayEnd, Disqualified: null, Play.End: EndReason.Exit };
        foreach (var tally in Of(at))
        {
            tally.Signals++;
            tally.Sessions += session ? 1 : 0;
            tally.Views += resolved ? 1 : 0;
            tally.Points += points;
            tally.Exits += left ? 1 : 0;
            tally.Keep(signal);
            if (signal.Slot is not { } slot || (!resolved && points == 0)) continue;
            var source = tally.Of(slot.Source);
            source.Views += resolved ? 1 : 0;
            source.Points += points;
        }
    }

    /// <summary>Notes the viewer's activity; true when it begins a session.</summary>
    private bool Active(ViewerId viewer, DateTimeOffset at)
    {
        var day = Day(at);
        var seconds = at.ToUnixTimeSeconds();
        var known = LastActive.TryGetValue(viewer.Value, out var last);
        var isNewDay = !ViewersByDay.TryGetValue(day, out var today);
        if (today is null)
        {
            ViewersByDay[day] = today = [];
            Forget(day);
        }
        // Who was last active on this day is in its set already: of a hundred signals ninety-nine end here.
        if (isNewDay || !known || last / 86400 != day) today.Add(viewer.Value);
        if (!known || seconds > last) LastActive[viewer.Value] = seconds;
        return !known || seconds - last > (long)SessionGap.TotalSeconds;
    }

    private IEnumerable<Tally> Of(DateTimeOffset at)
    {
        yield return Bucket(Minutes, at.ToUnixTimeSeconds() / 60, MinutesKept);
        yield return Bucket(Hours, at.ToUnixTimeSeconds() / 3600, HoursKept);
    }

    private static Tally Bucket(SortedDictionary<long, Tally> buckets, long key, int kept)
    {
        if (buckets.TryGetValue(key, out var tally)) return tally;
        buckets[key] = tally = new Tally();
        while (buckets.Count > kept && buckets.Keys.First() != key) buckets.Remove(buckets.Keys.First());
        return tally;
    }

    private void Forget(long newest)
    {
        while (ViewersByDay.Count > DaysKept && ViewersByDay.Keys.First() < newest) ViewersByDay.Remove(ViewersByDay.Keys.First());
        var since = (newest - DaysKept) * 86400;
        foreach (var viewer in LastActive.Where(pair => pair.Value < since).Select(pair => pair.Key).ToArray())
        {
            LastActive.Remove(viewer);
            LastCohort.Remove(viewer);
        }
    }

    private static long Day(DateTimeOffset at) => at.ToUnixTimeSeconds() / 86400;
}
