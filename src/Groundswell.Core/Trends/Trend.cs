using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
public sealed class Trend
{
    /// <summary>Hours kept: a week of baseline, and a day of what is recent.</summary>
    public const int HoursKept = 8 * 24;

    /// <summary>Viewers remembered, some 50 bytes each. At 1,024 a sampled count is right to about 3 % (1/√1024).</summary>
    public const int MostViewers = 1024;

    private const int Day = 24;

    /// <summary>Late events count at their own time, up to a day later: nobody may be forgotten before.</summary>
    private const int HoursRemembered = 2 * Day;

    private const int PackedBytes = 20;

    private readonly Dictionary<long, Counted> _viewers = [];

    public Trend(Topic topic, int region) => (Topic, Region) = (topic, region);

    [JsonConstructor]
    private Trend(Topic topic, int region, int latest, int level, HourCounts hours, byte[] viewers)
    {
        (Topic, Region, Latest, Level, Hours) = (topic, region, latest, level, hours);
        for (var at = viewers.AsSpan(); at.Length >= PackedBytes; at = at[PackedBytes..])
            _viewers[BinaryPrimitives.ReadInt64LittleEndian(at)] = new Counted(
                BinaryPrimitives.ReadInt32LittleEndian(at[16..]), BinaryPrimitives.ReadInt64LittleEndian(at[8..]));
    }

    public Topic Topic { get; }
    public int Region { get; }

    /// <summary>The last hour, counted from 1970, in which somebody watched.</summary>
    public int Latest { get; private set; }

    /// <summary>Only one in 2^level viewers is looked at.</summary>
    public int Level { get; private set; }

    public HourCounts Hours { get; } = new();

    /// <summary>By viewer, whose video they last counted with and in which hour; packed, in the viewers' order.</summary>
    public byte[] Viewers => Packed();

    /// <summary>What each counted viewer stands for.</summary>
    [JsonIgnore] public int Weight => 1 << Level;

    [JsonIgnore] public int ViewersRemembered => _viewers.Count;

    /// <summary>Viewers of the hours after one and up to another, at most the last day, by the creator whose video they watched, most first.</summary>
    public ImmutableArray<int> ByCreator(int after, int upTo)
    {
        var creators = new Dictionary<long, int>();
        foreach (var counted in _viewers.Values)
            if (counted.Hour > after && counted.Hour <= upTo) CollectionsMarshal.GetValueRefOrAddDefault(creators, counted.Creator, out _) += Weight;
        var viewers = creators.Values.ToArray();
        viewers.AsSpan().Sort(static (left, right) => right.CompareTo(left));
        return ImmutableCollectionsMarshal.AsImmutableArray(viewers);
    }

    internal bool HasCounted(ViewerId viewer, int hour) => _viewers.TryGetValue(viewer.Value, out var last) && hour - last.Hour <= Day;

    /// <summary>One more engaged viewer.</summary>
    /// <returns>How many viewers that adds: 0 for one who has counted within a day, or is not in the sample.</returns>
    internal int Watched(ViewerId viewer, CreatorId creator, int hour)
    {
        if (hour <= Latest - HoursKept) return 0;
        if (hour > Latest) Forget(Latest = hour);
        if (!IsSampled(viewer.Value)) return 0;
        ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_viewers, viewer.Value, out var known);
        if (known && hour - last.Hour <= Day) return 0;
        last = new Counted(hour, creator.Value);
        var weight = Weight;
        Hours.Add(hour, weight);
        if (_viewers.Count > MostViewers) Thin();
        return weight;
    }

    /// <summary>Forgets who one of the viewers was; what they counted stays a number.</summary>
    internal void Forget(ViewerId viewer) => _viewers.Remove(viewer.Value);

    private void Forget(int now)
    {
        Hours.Forget(now - HoursKept);
        foreach (var (viewer, counted) in _viewers)
            if (counted.Hour <= now - HoursRemembered) _viewers.Remove(viewer);
        // Far below the limit, or the few who were left out would be back at once.
        if (Level > 0 && _viewers.Count < MostViewers / 8) Level--;
    }

    private void Thin()
    {
        Level++;
        foreach (var viewer in _viewers.Keys)
            if (!IsSampled(viewer)) _viewers.Remove(viewer);
    }

    // Viewer ids are random, but not in a simulation: multiplying by 2⁶⁴/φ spreads those as well (Knuth, vol. 3, 6.4).
    private bool IsSampled(long viewer) => Level == 0 || ((ulong)viewer * 0x9E3779B97F4A7C15) >> (64 - Level) == 0;

    private byte[] Packed()
    {
        var viewers = _viewers.Keys.ToArray();
        Array.Sort(viewers);
        var packed = new byte[viewers.Length * PackedBytes];
        var to = packed.AsSpan();
        foreach (var viewer in viewers)
        {
            var counted = _viewers[viewer];
            BinaryPrimitives.WriteInt64LittleEndian(to, viewer);
            BinaryPrimitives.WriteInt64LittleEndian(to[8..], counted.Creator);
            BinaryPrimitives.WriteInt32LittleEndian(to[16..], counted.Hour);
            to = to[PackedBytes..];
        }
        return packed;
    }

    private readonly record struct Counted(int Hour, long Creator);
}
