namespace Groundswell.Core.Trends;

/// <summary>A topic that is rising in a region, and what was found of it.</summary>
public sealed record RisingTopic(Topic Topic, int Region, TrendVerdict Verdict);

/// <summary>Looks at a board at one moment by one set of rules. For the board's owner: it reads what the owner changes.</summary>
public sealed class TrendReading(TrendBoard board, DateTimeOffset now, TrendRules rules)
{
    private readonly int _now = TrendBoard.HourOf(now);
    private readonly Dictionary<int, Audience> _audiences = [];

    /// <summary>Everything that is rising, in no order.</summary>
    public List<RisingTopic> Rising() => rules.Enabled
        ? [.. from trend in Busy() let verdict = Judge(trend) where verdict.Rising select new RisingTopic(trend.Topic, trend.Region, verdict)]
        : [];

    /// <summary>The topics with as many recent viewers as a trend needs at the least, in no order: all others need no judging.</summary>
    public IEnumerable<Trend> Busy()
    {
        foreach (var trend in board.Unordered)
            if (trend.Latest > _now - rules.RecentHours && trend.Hours.Between(_now - rules.RecentHours, _now) >= rules.LeastViewers) yield return trend;
    }

    public TrendVerdict Judge(Trend trend) => TrendJudge.Judge(EvidenceOf(trend), rules);

    public TrendEvidence EvidenceOf(Trend trend)
    {
        var audience = AudienceOf(trend.Region);
        return new TrendEvidence(
            trend.ByCreator(_now - rules.RecentHours, _now), (int)trend.Hours.Between(_now - rules.RecentHours - rules.BaselineHours, _now - rules.RecentHours),
            audience.Recent, audience.Usual, audience.HistoryHours, trend.Weight);
    }

    private Audience AudienceOf(int region)
    {
        if (_audiences.TryGetValue(region, out var known)) return known;
        var hours = board.Traffic.GetValueOrDefault(region) ?? new HourCounts();
        return _audiences[region] = new Audience(
            hours.Between(_now - rules.RecentHours, _now),
            hours.Between(_now - rules.RecentHours - rules.BaselineHours, _now - rules.RecentHours),
            hours.First is { } first ? _now - first : 0);
    }

    private readonly record struct Audience(long Recent, long Usual, int HistoryHours);
}
