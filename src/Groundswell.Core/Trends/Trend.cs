using System.Collections.Immutable;

namespace Groundswell.Core.Trends;

/// <summary>
/// The pulse of one hashtag: two exponentially decayed rates of distinct engaged viewers, and who was behind them in the
/// last day. Burst = recent rate against its own baseline.
/// </summary>
/// <param name="Recent">Views per hour, decayed by <see cref="TrendRules.Recent"/>.</param>
/// <param name="Baseline">Views per hour, decayed by <see cref="TrendRules.Baseline"/>.</param>
/// <param name="Creators">When each creator was last watched under this tag.</param>
/// <param name="Viewers">When each viewer last watched under this tag.</param>
public sealed record Trend(
    string Tag,
    double Recent,
    double Baseline,
    DateTimeOffset Since,
    DateTimeOffset At,
    ImmutableSortedDictionary<long, DateTimeOffset> Creators,
    ImmutableSortedDictionary<long, DateTimeOffset> Viewers)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static Trend New(string tag, DateTimeOffset at) => new(
        tag, 0, 0, at, at, ImmutableSortedDictionary<long, DateTimeOffset>.Empty, ImmutableSortedDictionary<long, DateTimeOffset>.Empty);

    /// <summary>One more engaged viewer. The same viewer within a day adds nothing, so that one account cannot make a trend.</summary>
    public Trend Watched(ViewerId viewer, CreatorId creator, DateTimeOffset at, TrendRules rules)
    {
        if (Viewers.TryGetValue(viewer.Value, out var last) && at - last < Day) return this;
        var now = at > At ? at : At;
        return new Trend(
            Tag,
            Decayed(Recent, now, rules.Recent) + PerHour(rules.Recent),
            Decayed(Baseline, now, rules.Baseline) + PerHour(rules.Baseline),
            Since, now,
            Fresh(Creators, now).SetItem(creator.Value, now),
            Fresh(Viewers, now).SetItem(viewer.Value, now));
    }

    /// <summary>How many times its usual rate it has now, from 1 (no trend) to the cap.</summary>
    public double Lift(DateTimeOffset now, TrendRules rules)
    {
        if (Within(Creators, now, rules.LeastCreators) < rules.LeastCreators || Within(Viewers, now, rules.LeastViewers) < rules.LeastViewers) return 1;
        var usual = Decayed(Baseline, now, rules.Baseline) / Filled(now, rules.Baseline);
        var recent = Decayed(Recent, now, rules.Recent) / Filled(now, rules.Recent);
        if (usual <= 0) return 1;
        return Math.Clamp(1 + (0.1 * Math.Log2(Math.Max(1, recent / usual))), 1, rules.Cap);
    }

    /// <summary>Rates as they stand now, in views per hour: recent and usual.</summary>
    public (double Recent, double Usual) Rates(DateTimeOffset now, TrendRules rules) => (
        Decayed(Recent, now, rules.Recent) / Filled(now, rules.Recent),
        Decayed(Baseline, now, rules.Baseline) / Filled(now, rules.Baseline));

    private double Decayed(double rate, DateTimeOffset now, TimeSpan halfLife) => rate * Math.Pow(0.5, Math.Max(0, (now - At) / halfLife));

    /// <summary>An event's share of an exponentially decayed rate with this half-life.</summary>
    private static double PerHour(TimeSpan halfLife) => Math.Log(2) / halfLife.TotalHours;

    /// <summary>How much of its window a young tag has lived through: corrects the start-up bias of a decayed rate.</summary>
    private double Filled(DateTimeOffset now, TimeSpan halfLife) => Math.Max(0.02, 1 - Math.Pow(0.5, Math.Max(0, (now - Since) / halfLife)));

    /// <summary>How many were here within the last day, counted no further than asked: those of earlier days are only forgotten in bulk.</summary>
    private static int Within(ImmutableSortedDictionary<long, DateTimeOffset> seen, DateTimeOffset now, int most) =>
        seen.Values.Where(at => now - at <= Day).Take(most).Count();

    /// <summary>Without those of more than a day ago, looked through once an hour: at every view it would be quadratic.</summary>
    private ImmutableSortedDictionary<long, DateTimeOffset> Fresh(ImmutableSortedDictionary<long, DateTimeOffset> seen, DateTimeOffset now) =>
        Hour(now) == Hour(At) ? seen : seen.RemoveRange(seen.Where(pair => now - pair.Value > Day).Select(pair => pair.Key).ToArray());

    private static long Hour(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerHour;
}
