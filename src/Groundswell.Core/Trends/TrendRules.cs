namespace Groundswell.Core.Trends;

/// <summary>When a hashtag is rising.</summary>
/// <param name="Recent">Half-life of the recent rate.</param>
/// <param name="Baseline">Half-life of the rate it is compared with.</param>
/// <param name="LeastCreators">Distinct creators within a day below which nothing is a trend, however loud one is.</param>
/// <param name="LeastViewers">Distinct viewers within a day below which nothing is a trend.</param>
/// <param name="Cap">Highest lift.</param>
public sealed record TrendRules(TimeSpan Recent, TimeSpan Baseline, int LeastCreators, int LeastViewers, double Cap)
{
    public static TrendRules Default { get; } = new(TimeSpan.FromHours(6), TimeSpan.FromDays(7), 3, 12, 1.25);
}
