using System.Collections.Immutable;

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
            if (trend.Latest > _now - rules.RecentHours && Between(trend.Hours, _now - rules.RecentHours, _now) >= rules.LeastViewers) yield return trend;
    }

    public TrendVerdict Judge(Trend trend) => TrendJudge.Judge(EvidenceOf(trend), rules);

    public TrendEvidence EvidenceOf(Trend trend)
    {
        var audience = AudienceOf(trend.Region);
        return new TrendEvidence(
            ByCreator(trend), (int)Between(trend.Hours, _now - rules.RecentHours - rules.BaselineHours, _now - rules.RecentHours),
            audience.Recent, audience.Usual, audience.HistoryHours, trend.Weight);
    }

    private ImmutableArray<int> ByCreator(Trend trend)
    {
        var viewers = new Dictionary<long, int>();
        for (var hour = _now - rules.RecentHours + 1; hour <= _now; hour++)
        {
            if (!trend.Creators.TryGetValue(hour, out var creators)) continue;
            foreach (var (creator, count) in creators) viewers[creator] = viewers.GetValueOrDefault(creator) + count;
        }
        return [.. viewers.Values.OrderDescending()];
    }

    private Audience AudienceOf(int region)
    {
        if (_audiences.TryGetValue(region, out var known)) return known;
        var hours = board.Traffic.GetValueOrDefault(region) ?? [];
        return _audiences[region] = new Audience(
            Between(hours, _now - rules.RecentHours, _now),
            Between(hours, _now - rules.RecentHours - rules.BaselineHours, _now - rules.RecentHours),
            hours.Count == 0 ? 0 : _now - hours.First().Key);
    }

    /// <summary>Sum of the hours after one and up to another.</summary>
    private static long Between(SortedDictionary<int, int> hours, int after, int upTo)
    {
        var sum = 0L;
        // A few hours are looked up, a week is gone through: it holds no more than that.
        if (upTo - after <= 24)
            for (var hour = after + 1; hour <= upTo; hour++) sum += hours.GetValueOrDefault(hour);
        else
            foreach (var (hour, count) in hours)
                if (hour > after && hour <= upTo) sum += count;
        return sum;
    }

    private readonly record struct Audience(long Recent, long Usual, int HistoryHours);
}
