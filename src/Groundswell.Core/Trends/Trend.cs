using System.Text.Json.Serialization;

namespace Groundswell.Core.Trends;

/// <summary>
/// The attention one topic gets in one region, by the hour: distinct engaged viewers, each at most once a day whatever they
/// watch of it. A fold that needs no rule; <see cref="TrendJudge"/> says what it means. Its owner is <see cref="TrendBoard"/>.
/// </summary>
/// <remarks>
/// Viewers are remembered exactly up to <see cref="MostViewers"/>. A topic that has more is sampled: only viewers whose
/// hash falls into the 2⁻ˡ part are looked at, and each counts 2ˡ ("distinct sampling", Gibbons, VLDB 2001). So memory is
/// bounded, counts stay unbiased, and the same viewer still counts once.
/// </remarks>
public sealed class Trend(Topic topic, int region)
{
    /// <summary>Hours kept: a week of baseline, and a day of what is recent.</summary>
    public const int HoursKept = 8 * 24;

    /// <summary>Viewers remembered. At 2,048 a sampled count is right to about 2 % (1/√2048).</summary>
    public const int MostViewers = 2048;

    private const int Day = 24;

    /// <summary>Late events count at their own time, up to a day later: nobody may be forgotten before.</summary>
    private const int HoursRemembered = 2 * Day;

    public Topic Topic { get; } = topic;
    public int Region { get; } = region;

    /// <summary>The last hour, counted from 1970, in which somebody counted.</summary>
    [JsonInclude] public int Latest { get; private set; }

    /// <summary>Viewers by hour.</summary>
    [JsonInclude] public SortedDictionary<int, int> Hours { get; private set; } = [];

    /// <summary>Of the last day, whose videos those viewers watched, by hour and creator.</summary>
    [JsonInclude] public SortedDictionary<int, SortedDictionary<long, int>> Creators { get; private set; } = [];

    /// <summary>The hour in which each viewer last counted.</summary>
    [JsonInclude] public SortedDictionary<long, int> Viewers { get; private set; } = [];

    /// <summary>Only one in 2^level viewers is looked at.</summary>
    [JsonInclude] public int Level { get; private set; }

    /// <summary>What each counted viewer stands for.</summary>
    [JsonIgnore] public int Weight => 1 << Level;

    /// <summary>One more engaged viewer.</summary>
    /// <returns>How many viewers that adds: 0 for one who has counted within a day, or is not in the sample.</returns>
    internal int Watched(ViewerId viewer, CreatorId creator, int hour)
    {
        if (hour <= Latest - HoursKept) return 0;
        if (hour > Latest) Forget(Latest = hour);
        if (!IsSampled(viewer.Value) || (Viewers.TryGetValue(viewer.Value, out var last) && hour - last <= Day)) return 0;
        Viewers[viewer.Value] = hour;
        var weight = Weight;
        Hours[hour] = Hours.GetValueOrDefault(hour) + weight;
        if (hour > Latest - Day)
        {
            if (!Creators.TryGetValue(hour, out var creators)) Creators[hour] = creators = [];
            creators[creator.Value] = creators.GetValueOrDefault(creator.Value) + weight;
        }
        if (Viewers.Count > MostViewers) Thin();
        return weight;
    }

    private void Forget(int now)
    {
        Earlier(Hours, now - HoursKept);
        Earlier(Creators, now - Day);
        foreach (var viewer in Viewers.Where(pair => pair.Value <= now - HoursRemembered).Select(pair => pair.Key).ToArray()) Viewers.Remove(viewer);
        // Far below the limit, or the few who were left out would be back at once.
        if (Level > 0 && Viewers.Count < MostViewers / 8) Level--;
    }

    private void Thin()
    {
        Level++;
        foreach (var viewer in Viewers.Keys.Where(viewer => !IsSampled(viewer)).ToArray()) Viewers.Remove(viewer);
    }

    // Viewer ids are random, but not in a simulation: multiplying by 2⁶⁴/φ spreads those as well (Knuth, vol. 3, 6.4).
    private bool IsSampled(long viewer) => Level == 0 || ((ulong)viewer * 0x9E3779B97F4A7C15) >> (64 - Level) == 0;

    /// <summary>Removes what lies at or before an hour.</summary>
    internal static void Earlier<T>(SortedDictionary<int, T> byHour, int hour)
    {
        while (byHour.Count > 0)
        {
            var first = byHour.First().Key;
            if (first > hour) return;
            byHour.Remove(first);
        }
    }
}
