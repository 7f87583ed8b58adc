using System.Text.Json.Serialization;

namespace Groundswell.Core.Experiments;

/// <summary>What one unit did while it was observed.</summary>
public readonly record struct UnitTotals(int Views, double Points, int Completions, int Exits, int EarlySkips);

/// <summary>
/// Sums over units for the ratio of two of their totals. The unit is the cluster: what one viewer does in many views is not
/// many independent things, so the ratio's error comes from how units differ (the delta method).
/// </summary>
public readonly record struct RatioSums(double Over, double Under, double OverSquared, double UnderSquared, double Product)
{
    public RatioSums Add(double over, double under) => new(
        Over + over, Under + under, OverSquared + (over * over), UnderSquared + (under * under), Product + (over * under));

    /// <summary>Not a number where nothing is under it.</summary>
    [JsonIgnore] public double Ratio => Over / Under;

    /// <summary>Variance of what one unit contributes to the ratio: of (over − ratio · under) / mean under.</summary>
    public double Variance(long units)
    {
        var (ratio, mean) = (Ratio, Under / units);
        var squares = OverSquared - (2 * ratio * Product) + (ratio * ratio * UnderSquared);
        return Math.Max(0, squares) / units / (mean * mean);
    }
}

/// <summary>What the units of one arm came to: a few sums, however many they are.</summary>
/// <param name="Units">Units whose time of observation is over.</param>
public sealed record ArmSums(long Units, RatioSums PointsEach, RatioSums PointsPerView, RatioSums CompletionRate, RatioSums ExitRate, RatioSums EarlySkipRate)
{
    public static ArmSums None { get; } = new(0, default, default, default, default, default);

    public ArmSums Add(UnitTotals unit) => new(
        Units + 1, PointsEach.Add(unit.Points, 1), PointsPerView.Add(unit.Points, unit.Views), CompletionRate.Add(unit.Completions, unit.Views), ExitRate.Add(unit.Exits, unit.Views), EarlySkipRate.Add(unit.EarlySkips, unit.Views));

    public RatioSums Of(Measure measure) => measure switch
    {
        Measure.PointsEach => PointsEach,
        Measure.PointsPerView => PointsPerView,
        Measure.CompletionRate => CompletionRate,
        Measure.ExitRate => ExitRate,
        _ => EarlySkipRate,
    };
}
