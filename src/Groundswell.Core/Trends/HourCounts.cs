using System.Text.Json;
using System.Text.Json.Serialization;

namespace Groundswell.Core.Trends;

/// <summary>
/// Counts by hour since 1970, in order: a few for what is seldom watched, and never more than are kept. Nearly everything
/// is added to the last hour or a later one. JSON: hour, count, hour, count …
/// </summary>
[JsonConverter(typeof(HourCountsJsonConverter))]
public sealed class HourCounts
{
    private readonly List<(int Hour, int Count)> _counts = [];

    /// <summary>The first hour that is kept; null when none is.</summary>
    public int? First => _counts.Count == 0 ? null : _counts[0].Hour;

    public bool IsEmpty => _counts.Count == 0;

    public void Add(int hour, int count)
    {
        var place = _counts.Count - 1;
        while (place >= 0 && _counts[place].Hour > hour) place--;
        if (place >= 0 && _counts[place].Hour == hour) _counts[place] = (hour, _counts[place].Count + count);
        else _counts.Insert(place + 1, (hour, count));
    }

    public int At(int hour)
    {
        foreach (var (at, count) in _counts)
            if (at == hour) return count;
        return 0;
    }

    /// <summary>Sum of the hours after one and up to another.</summary>
    public long Between(int after, int upTo)
    {
        var sum = 0L;
        for (var place = _counts.Count - 1; place >= 0 && _counts[place].Hour > after; place--)
            if (_counts[place].Hour <= upTo) sum += _counts[place].Count;
        return sum;
    }

    /// <summary>Every hour after one and up to another, those without a count too.</summary>
    public int[] Each(int after, int upTo)
    {
        var each = new int[Math.Max(0, upTo - after)];
        foreach (var (hour, count) in _counts)
            if (hour > after && hour <= upTo) each[hour - after - 1] = count;
        return each;
    }

    /// <summary>Forgets an hour and all before it.</summary>
    public void Forget(int upTo) => _counts.RemoveAll(one => one.Hour <= upTo);

    internal sealed class HourCountsJsonConverter : JsonConverter<HourCounts>
    {
        public override HourCounts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("Hours and their counts are an array.");
            var counts = new HourCounts();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var hour = reader.GetInt32();
                if (!reader.Read() || reader.TokenType != JsonTokenType.Number) throw new JsonException("An hour has no count.");
                counts._counts.Add((hour, reader.GetInt32()));
            }
            return counts;
        }

        public override void Write(Utf8JsonWriter writer, HourCounts value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var (hour, count) in value._counts)
            {
                writer.WriteNumberValue(hour);
                writer.WriteNumberValue(count);
            }
            writer.WriteEndArray();
        }
    }
}
