using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Groundswell.Core.Signals;

/// <summary>One played stretch of a video, [<paramref name="FromMs"/>, <paramref name="ToMs"/>).</summary>
public readonly record struct PlayedRange(int FromMs, int ToMs)
{
    [JsonIgnore] public int LengthMs => ToMs - FromMs;
}

/// <summary>
/// The union of played ranges of one video: sorted, disjoint, at most <see cref="Most"/>. A union is the same in whatever
/// order its parts arrive and however often, so that late, repeated and cumulative reports all end alike. In JSON a flat
/// list of from, to, from, to, to stay small in the ledger.
/// </summary>
[JsonConverter(typeof(Flat))]
public sealed class PlayedRanges : IEquatable<PlayedRanges>
{
    /// <summary>Ranges of one report and of one view. Beyond it the shortest are forgotten: never is more played than was reported.</summary>
    public const int Most = 64;

    private readonly ImmutableArray<PlayedRange> _ranges;

    private PlayedRanges(ImmutableArray<PlayedRange> ranges)
    {
        _ranges = ranges;
        foreach (var range in ranges) LengthMs += range.LengthMs;
    }

    public static PlayedRanges None { get; } = new([]);

    /// <summary>Milliseconds of video that were played at least once.</summary>
    public int LengthMs { get; }

    public ReadOnlySpan<PlayedRange> Span => _ranges.AsSpan();

    /// <summary>The union of ranges in any order; empty and backward ones count nothing, nor does what lies outside [0, <paramref name="durationMs"/>].</summary>
    public static PlayedRanges Of(ReadOnlySpan<PlayedRange> ranges, int durationMs)
    {
        var clipped = new List<PlayedRange>(ranges.Length);
        foreach (var range in ranges)
        {
            var (from, to) = (Math.Clamp(range.FromMs, 0, durationMs), Math.Clamp(range.ToMs, 0, durationMs));
            if (to > from) clipped.Add(new PlayedRange(from, to));
        }
        return clipped.Count == 0 ? None : Merged(clipped);
    }

    /// <summary>What of it lies within the video; nearly always all, which costs nothing.</summary>
    public PlayedRanges Within(int durationMs) => _ranges.IsEmpty || _ranges[^1].ToMs <= durationMs ? this : Of(Span, durationMs);

    public PlayedRanges Union(PlayedRanges other)
    {
        if (other._ranges.IsEmpty || Covers(other)) return this;
        return _ranges.IsEmpty ? other : Merged([.. _ranges, .. other._ranges]);
    }

    public bool Equals(PlayedRanges? other) => other is not null && _ranges.AsSpan().SequenceEqual(other._ranges.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as PlayedRanges);

    public override int GetHashCode() => HashCode.Combine(_ranges.Length, LengthMs);

    public override string ToString() => string.Join(' ', _ranges.Select(range => $"{range.FromMs}–{range.ToMs}"));

    /// <summary>The usual case of a repeated or cumulative report, told without allocating.</summary>
    private bool Covers(PlayedRanges other)
    {
        foreach (var range in other._ranges)
        {
            var covered = false;
            foreach (var mine in _ranges) covered |= mine.FromMs <= range.FromMs && range.ToMs <= mine.ToMs;
            if (!covered) return false;
        }
        return true;
    }

    private static PlayedRanges Merged(List<PlayedRange> ranges)
    {
        ranges.Sort((a, b) => a.FromMs.CompareTo(b.FromMs));
        var merged = ImmutableArray.CreateBuilder<PlayedRange>(ranges.Count);
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.FromMs <= merged[^1].ToMs) merged[^1] = merged[^1] with { ToMs = Math.Max(merged[^1].ToMs, range.ToMs) };
            else merged.Add(range);
        }
        while (merged.Count > Most) merged.Remove(merged.MinBy(range => (range.LengthMs, range.FromMs)));
        return new PlayedRanges(merged.ToImmutable());
    }

    private sealed class Flat : JsonConverter<PlayedRanges>
    {
        public override PlayedRanges Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("expected a list of from, to, from, to");
            var ranges = ImmutableArray.CreateBuilder<PlayedRange>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var from = reader.GetInt32();
                if (!reader.Read() || reader.TokenType != JsonTokenType.Number) throw new JsonException("a range lacks its end");
                ranges.Add(new PlayedRange(from, reader.GetInt32()));
            }
            return new PlayedRanges(ranges.ToImmutable());
        }

        public override void Write(Utf8JsonWriter writer, PlayedRanges value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var range in value._ranges)
            {
                writer.WriteNumberValue(range.FromMs);
                writer.WriteNumberValue(range.ToMs);
            }
            writer.WriteEndArray();
        }
    }
}
