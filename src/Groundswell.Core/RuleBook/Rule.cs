using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using Groundswell.Core.Ledger;

namespace Groundswell.Core.RuleBook;

/// <summary>One thing that an operator can set: a leaf of <see cref="Rules"/>.</summary>
/// <param name="Path">Its groups and its name: <c>gate.widen_at</c>.</param>
/// <param name="Type">Without <see cref="Nullable{T}"/>.</param>
/// <param name="MayBeNull">Null is a value of it.</param>
/// <param name="Range">Null for what is no number: switches, texts.</param>
/// <param name="Read">The value that it has in some rules.</param>
public sealed record Rule(string Path, Type Type, bool MayBeNull, RuleRange? Range, Func<Rules, object?> Read)
{
    /// <summary>What it means, and where its default comes from.</summary>
    public string Note => RuleNotes.Of(Path);

    /// <summary>Its name without its groups.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>The groups it is in, from the outermost.</summary>
    public string Group => Path[..Path.LastIndexOf('.')];

    /// <summary>The value in some rules, as in their file.</summary>
    public JsonElement Json(Rules rules) => Read(rules) is { } value
        ? JsonSerializer.SerializeToElement(value, Type, GroundswellJson.Options)
        : JsonSerializer.SerializeToElement<object?>(null, GroundswellJson.Options);

    /// <summary>What it must be, as it ends the sentence "it must be …".</summary>
    public string Demand
    {
        get
        {
            var kind = Kind(Type);
            var range = Range is null ? kind : Range.Least == 0 && double.IsInfinity(Range.Most) && !Range.Above ? $"{kind}, {Range.Text}" : $"{kind} {Range.Text}";
            return MayBeNull ? $"{range}, or null" : range;
        }
    }

    /// <summary>What lies out of range, one sentence for each number that does.</summary>
    internal IEnumerable<RuleProblem> Problems(Rules rules)
    {
        if (Range is null || Read(rules) is not { } value) yield break;
        if (value is TimeSpan time)
        {
            if (!Range.Holds(Range.Measure(time))) yield return Outside(Path, time.ToString());
            yield break;
        }
        if (value is not IEnumerable many)
        {
            if (!Range.Holds(Number(value))) yield return Outside(Path, RuleText.Number(Number(value)));
            yield break;
        }
        var (place, before) = (0, double.NegativeInfinity);
        foreach (var number in many.Cast<object>().Select(Number))
        {
            if (!Range.Holds(number) || (Range.Rising && number < before)) yield return Outside($"{Path}[{place}]", RuleText.Number(number));
            (place, before) = (place + 1, number);
        }
    }

    /// <summary>As a number, to be compared with another rule of its kind; a duration in seconds.</summary>
    internal double Measure(Rules rules) => Read(rules) is TimeSpan time ? time.TotalSeconds : Number(Read(rules) ?? double.NaN);

    private RuleProblem Outside(string path, string value) => new(Path, $"{path} is {value}, but must be {Range?.Text}.");

    private static double Number(object value) => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);

    private static string Kind(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) || type == typeof(float) => "a number",
        _ when type == typeof(TimeSpan) => "a time as “days.hours:minutes:seconds”",
        _ when type == typeof(string) => "a text",
        _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}",
        _ when type == typeof(ImmutableArray<double>) => "a list of numbers, each",
        _ when type == typeof(ImmutableArray<string>) => "a list of texts",
        _ => "of the form that the schema gives",
    };
}

/// <summary>What is wrong with one rule.</summary>
/// <param name="Path">The rule, or the member of the document that is none.</param>
/// <param name="Message">A sentence with path, value and what it must be.</param>
public sealed record RuleProblem(string Path, string Message)
{
    public override string ToString() => Message;
}
