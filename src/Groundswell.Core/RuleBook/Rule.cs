using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using Groundswell.Core.Ledger;

namespace Groundswell.Core.RuleBook;

/// <summary>What a rule's value is.</summary>
public enum RuleKind { Switch, Whole, Number, Time, Text, Choice, Numbers, Texts, Structure }

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

    public RuleKind Kind => Type switch
    {
        _ when Type == typeof(bool) => RuleKind.Switch,
        _ when Type == typeof(int) || Type == typeof(long) => RuleKind.Whole,
        _ when Type == typeof(double) || Type == typeof(float) => RuleKind.Number,
        _ when Type == typeof(TimeSpan) => RuleKind.Time,
        _ when Type == typeof(string) => RuleKind.Text,
        _ when Type.IsEnum => RuleKind.Choice,
        _ when Type == typeof(ImmutableArray<double>) => RuleKind.Numbers,
        _ when Type == typeof(ImmutableArray<string>) => RuleKind.Texts,
        _ => RuleKind.Structure,
    };

    /// <summary>The values of a choice, as in JSON; empty for any other kind.</summary>
    public IEnumerable<string> Choices => Type.IsEnum ? Enum.GetNames(Type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName) : [];

    /// <summary>The value in some rules, as in their file.</summary>
    public JsonElement Json(Rules rules) => Read(rules) is { } value
        ? JsonSerializer.SerializeToElement(value, Type, GroundswellJson.Options)
        : JsonSerializer.SerializeToElement<object?>(null, GroundswellJson.Options);

    /// <summary>What it must be, as it ends the sentence "it must be …".</summary>
    public string Demand
    {
        get
        {
            var kind = KindText;
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

    private string KindText => Kind switch
    {
        RuleKind.Switch => "true or false",
        RuleKind.Whole => "a whole number",
        RuleKind.Number => "a number",
        RuleKind.Time => "a time as “days.hours:minutes:seconds”",
        RuleKind.Text => "a text",
        RuleKind.Choice => $"one of {string.Join(", ", Choices)}",
        RuleKind.Numbers => "a list of numbers, each",
        RuleKind.Texts => "a list of texts",
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
