using System.Text.Json;
using System.Text.Json.Serialization;

namespace Groundswell.Core.Ledger;

/// <summary>Writes a dictionary in the order of its keys: two that hold the same are written the same, however each came about.</summary>
internal sealed class InKeyOrder<TKey, TValue> : JsonConverter<Dictionary<TKey, TValue>>
    where TKey : notnull
{
    public override Dictionary<TKey, TValue>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<Dictionary<TKey, TValue>>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, Dictionary<TKey, TValue> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new OrderedDictionary<TKey, TValue>(value.OrderBy(pair => pair.Key)), options);
}
