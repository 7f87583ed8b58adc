using System.Globalization;

namespace Groundswell.Core.RuleBook;

/// <summary>What a rule's number is counted in. Only durations need one: the type says the rest.</summary>
public enum RuleUnit { None, Seconds, Minutes, Hours, Days }

/// <summary>Where the number of one rule has to lie; of a list, each of its numbers.</summary>
/// <param name="Path">The rule, as in <c>gate.widen_at</c>.</param>
/// <param name="Least">Least value, in <paramref name="Unit"/>.</param>
/// <param name="Most">Greatest value; infinite where there is none.</param>
/// <param name="Above">The least value itself is out of range.</param>
/// <param name="Rising">Of a list: no number is below the one before it.</param>
public sealed record RuleRange(string Path, double Least, double Most, RuleUnit Unit = RuleUnit.None, bool Above = false, bool Rising = false)
{
    public bool Holds(double value) => (Above ? value > Least : value >= Least) && value <= Most && double.IsFinite(value);

    /// <summary>As it ends the sentence "it must be …".</summary>
    public string Text
    {
        get
        {
            var text = (Above, double.IsInfinity(Most)) switch
            {
                (false, false) => string.Create(CultureInfo.InvariantCulture, $"from {Least} to {Most}"),
                (true, false) => string.Create(CultureInfo.InvariantCulture, $"above {Least} and at most {Most}"),
                (false, true) => string.Create(CultureInfo.InvariantCulture, $"at least {Least}"),
                (true, true) => string.Create(CultureInfo.InvariantCulture, $"above {Least}"),
            };
            return $"{text}{UnitText}{(Rising ? ", none below the one before" : "")}";
        }
    }

    private string UnitText => Unit switch
    {
        RuleUnit.None => "",
        _ when Least == 1 && double.IsInfinity(Most) => $" {Unit.ToString().ToLowerInvariant()[..^1]}",
        _ => $" {Unit.ToString().ToLowerInvariant()}",
    };

    internal double Measure(TimeSpan time) => Unit switch
    {
        RuleUnit.Seconds => time.TotalSeconds,
        RuleUnit.Minutes => time.TotalMinutes,
        RuleUnit.Hours => time.TotalHours,
        RuleUnit.Days => time.TotalDays,
        _ => throw new InvalidOperationException($"{Path} is a duration: its range needs a unit."),
    };
}

/// <summary>Two rules that make sense only in one order.</summary>
/// <param name="Strict">They may not be equal either.</param>
public sealed record RuleOrder(string Lesser, string Greater, bool Strict)
{
    public string Text => $"{Lesser} must be {(Strict ? "below" : "at most")} {Greater}.";
}
