using System.Diagnostics.CodeAnalysis;
using System.Numerics;
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

/// <summary>One challenge. Text form: <c>ch_…</c>.</summary>
[JsonConverter(typeof(IdJsonConverter<ChallengeId>))]
public readonly record struct ChallengeId(long Value) : IId<ChallengeId>
{
    public static string Prefix => "ch_";
    public static ChallengeId From(long value) => new(value);
    public int CompareTo(ChallengeId other) => Value.CompareTo(other.Value);
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out ChallengeId id) => IdText.TryParse(text, out id);
    public override string ToString() => IdText.Format(this);
}

/// <summary>One boost of one video. Text form: <c>b_…</c>.</summary>
[JsonConverter(typeof(IdJsonConverter<BoostId>))]
public readonly record struct BoostId(long Value) : IId<BoostId>
{
    public static string Prefix => "b_";
    public static BoostId From(long value) => new(value);
    public int CompareTo(BoostId other) => Value.CompareTo(other.Value);
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out BoostId id) => IdText.TryParse(text, out id);
    public override string ToString() => IdText.Format(this);
}

/// <summary>One experiment with the rules. Text form: <c>x_…</c>.</summary>
[JsonConverter(typeof(IdJsonConverter<ExperimentId>))]
public readonly record struct ExperimentId(long Value) : IId<ExperimentId>
{
    public static string Prefix => "x_";
    public static ExperimentId From(long value) => new(value);
    public int CompareTo(ExperimentId other) => Value.CompareTo(other.Value);
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out ExperimentId id) => IdText.TryParse(text, out id);
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
    /// <summary>Characters after the prefix.</summary>
    public const int Digits = 13;

    /// <summary>No id is longer, prefix included.</summary>
    public const int Longest = 16;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string Format<TId>(TId id) where TId : struct, IId<TId> =>
        string.Create(TId.Prefix.Length + Digits, id, static (text, value) =>
        {
            TId.Prefix.CopyTo(text);
            var bits = (ulong)value.Value;
            for (var i = text.Length - 1; i >= TId.Prefix.Length; i--, bits >>= 5) text[i] = Alphabet[(int)(bits & 31)];
        });

    /// <summary>Writes an id's text as UTF-8.</summary>
    /// <param name="text">At least <see cref="Longest"/> bytes.</param>
    /// <returns>How many were written.</returns>
    public static int Format<TId>(TId id, Span<byte> text) where TId : struct, IId<TId>
    {
        var prefix = TId.Prefix.Length;
        for (var i = 0; i < prefix; i++) text[i] = (byte)TId.Prefix[i];
        var bits = (ulong)id.Value;
        for (var i = prefix + Digits - 1; i >= prefix; i--, bits >>= 5) text[i] = (byte)Alphabet[(int)(bits & 31)];
        return prefix + Digits;
    }

    public static bool TryParse<TId>(string? text, out TId id) where TId : struct, IId<TId> => TryParse<TId, char>(text, out id);

    /// <summary>Reads an id from text in UTF-8.</summary>
    public static bool TryParse<TId>(ReadOnlySpan<byte> utf8, out TId id) where TId : struct, IId<TId> => TryParse<TId, byte>(utf8, out id);

    public static TId Parse<TId>(string text) where TId : struct, IId<TId> =>
        TryParse<TId>(text, out var id) ? id : throw new FormatException($"'{text}' is not an id of the form {TId.Prefix} and {Digits} base-32 digits.");

    private static bool TryParse<TId, TUnit>(ReadOnlySpan<TUnit> text, out TId id) where TId : struct, IId<TId> where TUnit : unmanaged, IBinaryInteger<TUnit>
    {
        id = default;
        var prefix = TId.Prefix;
        if (text.Length != prefix.Length + Digits) return false;
        for (var i = 0; i < prefix.Length; i++)
            if ((char)ushort.CreateTruncating(text[i]) != prefix[i]) return false;
        ulong bits = 0;
        foreach (var unit in text[prefix.Length..])
        {
            var digit = Alphabet.IndexOf((char)ushort.CreateTruncating(unit), StringComparison.Ordinal);
            if (digit < 0 || bits >> 59 != 0) return false;
            bits = (bits << 5) | (uint)digit;
        }
        id = TId.From((long)bits);
        return true;
    }
}

internal sealed class IdJsonConverter<TId> : JsonConverter<TId> where TId : struct, IId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && TryRead(ref reader, out var id)) return id;
        throw new JsonException($"expected an id of the form {TId.Prefix} and {IdText.Digits} base-32 digits");
    }

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[IdText.Longest];
        writer.WriteStringValue(text[..IdText.Format(value, text)]);
    }

    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        IdText.Parse<TId>(reader.GetString() ?? "");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[IdText.Longest];
        writer.WritePropertyName(text[..IdText.Format(value, text)]);
    }

    /// <summary>An id is ASCII, as it stands: what is escaped or comes in pieces is read the long way.</summary>
    private static bool TryRead(ref Utf8JsonReader reader, out TId id) =>
        reader.HasValueSequence || reader.ValueIsEscaped ? IdText.TryParse(reader.GetString(), out id) : IdText.TryParse(reader.ValueSpan, out id);
}
