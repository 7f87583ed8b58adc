using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Groundswell.Core;

// Ids have an order so that collections of them can be sorted; "less than" would say nothing of two videos.
#pragma warning disable CA1036

/// <summary>One uploaded video. Text form: <c>v_</c> and 13 Crockford base-32 digits.</summary>
[JsonConverter(typeof(IdJsonConverter<VideoId>))]
public readonly record struct VideoId(long Value) : IId<VideoId>
{
    public static string Prefix => "v_";
    public static VideoId From(long value) => new(value);
    public int CompareTo(VideoId other) => Value.CompareTo(other.Value);
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out VideoId id) => IdText.TryParse(text, out id);
    public override string ToString() => IdText.Format(this);
}

/// <summary>One viewer: an anonymous device, or later the account that absorbed it. Text form: <c>u_…</c>.</summary>
[JsonConverter(typeof(IdJsonConverter<ViewerId>))]
public readonly record struct ViewerId(long Value) : IId<ViewerId>
{
    public static string Prefix => "u_";
    public static ViewerId From(long value) => new(value);
    public int CompareTo(ViewerId other) => Value.CompareTo(other.Value);
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out ViewerId id) => IdText.TryParse(text, out id);
    public override string ToString() => IdText.Format(this);
}

/// <summary>One account that uploads. Text form: <c>c_…</c>.</summary>
[JsonConverter(typeof(IdJsonConverter<CreatorId>))]
public readonly record struct CreatorId(long Value) : IId<CreatorId>
{
    public static string Prefix => "c_";
    public static CreatorId From(long value) => new(value);
    public int CompareTo(CreatorId other) => Value.CompareTo(other.Value);
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out CreatorId id) => IdText.TryParse(text, out id);
    public override string ToString() => IdText.Format(this);
}

/// <summary>One answered feed request. Text form: <c>r_…</c>.</summary>
[JsonConverter(typeof(IdJsonConverter<RequestId>))]
public readonly record struct RequestId(long Value) : IId<RequestId>
{
    public static string Prefix => "r_";
    public static RequestId From(long value) => new(value);
    public int CompareTo(RequestId other) => Value.CompareTo(other.Value);
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out RequestId id) => IdText.TryParse(text, out id);
    public override string ToString() => IdText.Format(this);
}

/// <summary>
/// What the typed ids share: 64 bits, a prefix that tells which kind of thing is named, and an order, so that sorted
/// collections of them come back from JSON sorted.
/// </summary>
public interface IId<TSelf> : IComparable<TSelf> where TSelf : struct, IId<TSelf>
{
    static abstract string Prefix { get; }
    long Value { get; }
    static abstract TSelf From(long value);
}

/// <summary>The text form of ids: prefix and 13 digits of Crockford's base 32 (https://www.crockford.com/base32.html), most significant first.</summary>
public static class IdText
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 13;

    public static string Format<TId>(TId id) where TId : struct, IId<TId> =>
        string.Create(TId.Prefix.Length + Length, id.Value, static (span, value) =>
        {
            TId.Prefix.CopyTo(span);
            var bits = (ulong)value;
            for (var i = span.Length - 1; i >= TId.Prefix.Length; i--, bits >>= 5) span[i] = Digits[(int)(bits & 31)];
        });

    public static bool TryParse<TId>(string? text, out TId id) where TId : struct, IId<TId>
    {
        id = default;
        if (text is null || text.Length != TId.Prefix.Length + Length || !text.StartsWith(TId.Prefix, StringComparison.Ordinal)) return false;
        ulong bits = 0;
        foreach (var c in text.AsSpan(TId.Prefix.Length))
        {
            var digit = Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0 || bits >> 59 != 0) return false;
            bits = (bits << 5) | (uint)digit;
        }
        id = TId.From((long)bits);
        return true;
    }

    public static TId Parse<TId>(string text) where TId : struct, IId<TId> =>
        TryParse<TId>(text, out var id) ? id : throw new FormatException($"'{text}' is not an id of the form {TId.Prefix} and {Length} base-32 digits.");
}

internal sealed class IdJsonConverter<TId> : JsonConverter<TId> where TId : struct, IId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && IdText.TryParse<TId>(reader.GetString(), out var id)
            ? id
            : throw new JsonException($"expected an id of the form {TId.Prefix} and 13 base-32 digits");

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(IdText.Format(value));

    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        IdText.Parse<TId>(reader.GetString() ?? "");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(IdText.Format(value));
}
