using System.Globalization;
using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Reports;

/// <summary>Numbers as people read them.</summary>
internal static class Numbers
{
    public const string Unknown = "—";

    public static string Of(double? known, Unit unit) => known is not { } value ? Unknown : unit switch
    {
        Unit.Share => $"{(value * 100).ToString(Math.Abs(value) < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture)} %",
        Unit.Count => value.ToString("#,0", CultureInfo.InvariantCulture),
        Unit.Hours => Hours(value),
        Unit.Ratio => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString(Math.Abs(value) < 10 ? "0.00" : Math.Abs(value) < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture),
    };

    /// <summary>A difference with its sign, in the figure's own unit; shares in percentage points.</summary>
    public static string Difference(double value, Unit unit)
    {
        var sign = value < 0 ? "−" : "+";
        var size = Math.Abs(value);
        return unit switch
        {
            Unit.Share => $"{sign}{(size * 100).ToString(size < 0.1 ? "0.00" : "0.0", CultureInfo.InvariantCulture)}",
            Unit.Ratio => $"{sign}{size.ToString("0.000", CultureInfo.InvariantCulture)}",
            _ => sign + Of(size, unit),
        };
    }

    /// <summary>A large count in words: 8.4 million.</summary>
    public static string Words(double count) =>
        count >= 1e6 ? $"{(count / 1e6).ToString("0.0", CultureInfo.InvariantCulture)} million" : Of(count, Unit.Count);

    private static string Hours(double hours)
    {
        var size = Math.Abs(hours);
        return size < 1 ? $"{(hours * 60).ToString(size < 1.0 / 6 ? "0.0" : "0", CultureInfo.InvariantCulture)} min"
            : size < 48 ? $"{hours.ToString("0.0", CultureInfo.InvariantCulture)} h"
            : $"{(hours / 24).ToString("0.0", CultureInfo.InvariantCulture)} days";
    }
}
