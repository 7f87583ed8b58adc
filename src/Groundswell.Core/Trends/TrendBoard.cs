using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Groundswell.Core.Trends;

/// <summary>
/// The attention of all topics, everywhere and by region, and of the audience as a whole beside it: a fold over what was
/// watched, with one writer. It changes in place, since every watched view folds into each of its video's topics.
/// </summary>
public sealed class TrendBoard
{
    /// <summary>Topics kept, each region's apart: beyond them those that nobody has watched for longest are forgotten: most have a handful of viewers and take a kilobyte, the largest 50.</summary>
    public const int MostTrends = 10_000;

    private readonly Dictionary<(Topic Topic, int Region), Trend> _trends = [];

    public TrendBoard()
    {
    }

    [JsonConstructor]
    private TrendBoard(IEnumerable<Trend> trends)
    {
        foreach (var trend in trends) _trends[(trend.Topic, trend.Region)] = trend;
    }

    /// <summary>The last hour, counted from 1970, that anything was watched in.</summary>
    [JsonInclude] public int Latest { get; private set; }

    /// <summary>All that topics were counted, by region and hour: what a topic's share is taken of.</summary>
    [JsonInclude] public SortedDictionary<int, HourCounts> Traffic { get; private set; } = [];

    /// <summary>Every topic of every region, in the order of topic and region.</summary>
    public IEnumerable<Trend> Trends =>
        _trends.Values.OrderBy(trend => trend.Topic, Topic.Order).ThenBy(trend => trend.Region);

    /// <summary>The same in no order: cheap, for whoever looks at all of them.</summary>
    [JsonIgnore] public IReadOnlyCollection<Trend> Unordered => _trends.Values;

    public Trend? Of(Topic topic, int region) => _trends.GetValueOrDefault((topic, region));

    /// <summary>A viewer of a region watched a creator's video of these topics.</summary>
    public void Watched(ReadOnlySpan<Topic> topics, int region, ViewerId viewer, CreatorId creator, DateTimeOffset at)
    {
        var hour = HourOf(at);
        if (hour > Latest) Forget(Latest = hour);
        var (everywhere, there) = (0, 0);
        foreach (var topic in topics)
        {
            var trend = OfOrNew(topic, Regions.Everywhere);
            // Once a day is once a day, however often a viewer says where they are and takes it back.
            var again = region == Regions.Everywhere || trend.HasCounted(viewer, hour);
            everywhere += trend.Watched(viewer, creator, hour);
            if (!again) there += OfOrNew(topic, region).Watched(viewer, creator, hour);
        }
        Add(Regions.Everywhere, hour, everywhere);
        Add(region, hour, there);
        if (_trends.Count > MostTrends) ForgetIdlest();
    }

    /// <summary>A viewer has taken back where they are: no region remembers them. Everywhere they stay known, or they would count again at once.</summary>
    public void ForgetRegionOf(ViewerId viewer)
    {
        foreach (var trend in _trends.Values)
            if (trend.Region != Regions.Everywhere) trend.Forget(viewer);
    }

    public static int HourOf(DateTimeOffset at) => (int)(at.ToUnixTimeSeconds() / 3600);

    public static DateTimeOffset TimeOf(int hour) => DateTimeOffset.FromUnixTimeSeconds(hour * 3600L);

    private Trend OfOrNew(Topic topic, int region)
    {
        ref var trend = ref CollectionsMarshal.GetValueRefOrAddDefault(_trends, (topic, region), out _);
        return trend ??= new Trend(topic, region);
    }

    private void Add(int region, int hour, int counted)
    {
        if (counted == 0) return;
        if (!Traffic.TryGetValue(region, out var hours)) Traffic[region] = hours = new HourCounts();
        hours.Add(hour, counted);
    }

    /// <summary>Once an hour: topics that nobody has watched for as long as hours are kept.</summary>
    private void Forget(int now)
    {
        foreach (var hours in Traffic.Values) hours.Forget(now - Trend.HoursKept);
        foreach (var region in Traffic.Where(pair => pair.Value.IsEmpty).Select(pair => pair.Key).ToArray()) Traffic.Remove(region);
        foreach (var idle in _trends.Values.Where(trend => trend.Latest <= now - Trend.HoursKept).ToArray()) _trends.Remove((idle.Topic, idle.Region));
    }

    /// <summary>A quarter at once: at every view it would be quadratic.</summary>
    private void ForgetIdlest()
    {
        var idlest = Trends.OrderBy(trend => trend.Latest).ThenBy(trend => trend.ViewersRemembered).Take(MostTrends / 4).ToArray();
        foreach (var trend in idlest) _trends.Remove((trend.Topic, trend.Region));
    }
}
