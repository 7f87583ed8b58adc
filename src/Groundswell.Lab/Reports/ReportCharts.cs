using System.Globalization;
using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Reports;

/// <summary>
/// The pictures of a report. Where there are two policies they share a picture, and the second is dashed. Null where one of
/// them has nothing to draw.
/// </summary>
internal static class ReportCharts
{
    private static readonly string[] Colours = ["s1", "s2"];
    private const double LeastOfUploads = 0.1;

    private static readonly double[] Quantiles = [.. Enumerable.Range(0, 21).Select(i => i / 20.0)];

    /// <summary>Cut off where so few uploads are as old that the curve would be chance.</summary>
    public static string? Survival(Curves curves)
    {
        if (curves.Survival.IsEmpty) return null;
        var points = curves.Survival.TakeWhile(point => point.Uploads >= curves.Survival[0].Uploads * LeastOfUploads).ToArray();
        return Chart.Bands(
            $"At the end of the curve {points[^1].Open + points[^1].Widening:P0} are shown to more and more viewers and {points[^1].Paused:P0} are paused.",
            Time("Age", points[^1].Hours), Axis.Shares(""), [.. points.Select(point => point.Hours)],
            [
                new("Open", "open", [.. points.Select(point => point.Open)]), new("Widening", "widening", [.. points.Select(point => point.Widening)]),
                new("In test", "testing", [.. points.Select(point => point.Testing)]), new("Revived", "reviving", [.. points.Select(point => point.Reviving)]),
                new("Library", "library", [.. points.Select(point => point.Library)]), new("Paused", "paused", [.. points.Select(point => point.Paused)]),
            ]);
    }

    public static string? Reach(IReadOnlyList<(string Name, Curves Curves)> policies) => policies.Any(policy => policy.Curves.ReachByRank.All(share => share is null)) ? null : Chart.Bars(
        $"Of the best tenth {Numbers.Of(policies[0].Curves.ReachByRank[^1], Unit.Share)} reach an audience, of the worst {Numbers.Of(policies[0].Curves.ReachByRank[0], Unit.Share)}.",
        "Tenth of uploads by true score, worst to best", [.. Enumerable.Range(1, 10).Select(tenth => tenth.ToString(CultureInfo.InvariantCulture))], Axis.Shares(""),
        Each(policies, curves => [.. curves.ReachByRank.Select(share => share ?? 0)]));

    public static string? PrecisionAtRecall(IReadOnlyList<(string Name, Curves Curves)> policies) => policies.Any(policy => policy.Curves.PrecisionAtRecall.IsEmpty) ? null : Chart.Lines(
        $"Where half of the best tenth is found, {policies[0].Curves.PrecisionAtRecall[10]:P0} of what was taken is of the best tenth.", Axis.Shares("Recall"), Axis.Shares(""), Quantiles,
        [.. Each(policies, curves => curves.PrecisionAtRecall), new Series("In random order", "ideal", [.. Quantiles.Select(_ => 0.1)])]);

    public static string? Verdicts(IReadOnlyList<(string Name, Curves Curves)> policies) =>
        Quantile("Hours since the upload", "Half have a verdict within hours:", policies, curves => curves.VerdictHours, hours => hours.ToString("0.##", CultureInfo.InvariantCulture));

    public static string? Impressions(IReadOnlyList<(string Name, Curves Curves)> policies) =>
        Quantile("Impressions", "Half of the tests took at most", policies, curves => curves.TestImpressions, count => Numbers.Of(count, Unit.Count));

    public static string Backlog(IReadOnlyList<(string Name, Curves Curves)> policies)
    {
        var points = policies[0].Curves.Backlog;
        var most = policies.Max(policy => policy.Curves.Backlog.Max(point => point.Waiting));
        return Chart.Lines(
            $"At most {most:N0} uploads wait at once.", Time("Since measuring began", points[^1].Hours), Axis.UpTo("", most, count => Numbers.Of(count, Unit.Count)),
            [.. points.Select(point => point.Hours)], Each(policies, curves => [.. curves.Backlog.Select(point => (double)point.Waiting)]));
    }

    public static string? Lorenz(IReadOnlyList<(string Name, Curves Curves)> policies) => policies.Any(policy => policy.Curves.Lorenz.IsEmpty) ? null : Chart.Lines(
        $"The less seen half of uploads had {policies[0].Curves.Lorenz[10]:P0} of all impressions.", Axis.Shares("Uploads, the least seen first"), Axis.Shares(""), Quantiles,
        [.. Each(policies, curves => curves.Lorenz), new Series("All alike", "ideal", Quantiles)]);

    public static string? CreatorRetention(IReadOnlyList<(string Name, Curves Curves)> policies)
    {
        if (policies.Any(policy => policy.Curves.Days.Any(day => day.CreatorRetention is null))) return null;
        var days = policies[0].Curves.Days;
        return Chart.Lines(
            $"By the end {Numbers.Of(days[^1].CreatorRetention, Unit.Share)} have not given up.", Time("Since measuring began", days.Length * 24), Axis.Shares(""), [.. Enumerable.Range(0, days.Length + 1).Select(day => day * 24.0)],
            Each(policies, curves => [1, .. curves.Days.Select(day => day.CreatorRetention).OfType<double>()]));
    }

    public static string? PointsPerSession(IReadOnlyList<(string Name, Curves Curves)> policies) =>
        ByDay($"The last day's sessions earned {Numbers.Of(policies[0].Curves.Days[^1].PointsPerSession, Unit.Points)} points on average.", policies, day => day.PointsPerSession, Unit.Count);

    public static string? ExitRate(IReadOnlyList<(string Name, Curves Curves)> policies) =>
        ByDay($"Of the last day's views {Numbers.Of(policies[0].Curves.Days[^1].ExitRate, Unit.Share)} ended a session.", policies, day => day.ExitRate, Unit.Share);

    private static string? ByDay(string says, IReadOnlyList<(string Name, Curves Curves)> policies, Func<DayFigures, double?> value, Unit unit) =>
        policies.Max(policy => policy.Curves.Days.Max(value)) is not { } most ? null : Chart.Bars(
            says, "Measured day", [.. policies[0].Curves.Days.Select(day => (day.Day + 1).ToString(CultureInfo.InvariantCulture))],
            Axis.UpTo("", most, mark => Numbers.Of(mark, unit)), Each(policies, curves => [.. curves.Days.Select(day => value(day) ?? 0)]));

    /// <summary>A distribution as what share lies at or below a value, the last twentieth cut off so that one straggler does not flatten the rest.</summary>
    private static string? Quantile(
        string title, string says, IReadOnlyList<(string Name, Curves Curves)> policies, Func<Curves, IReadOnlyList<double>> values, Func<double, string> text)
    {
        if (policies.Any(policy => values(policy.Curves) is [])) return null;
        var most = policies.Max(policy => values(policy.Curves)[^2]);
        var axis = Axis.UpTo(title, most, text);
        double[] across = [.. Enumerable.Range(0, 97).Select(i => axis.To * i / 96)];
        return Chart.Lines(
            $"{says} {text(values(policies[0].Curves)[10])}.", axis, Axis.Shares(""), across,
            Each(policies, curves => [.. across.Select(value => ShareAtMost(value, values(curves)))]));
    }

    private static double ShareAtMost(double value, IReadOnlyList<double> quantiles)
    {
        if (value < quantiles[0]) return 0;
        var below = quantiles.Count - 1;
        while (quantiles[below] > value) below--;
        if (below == quantiles.Count - 1) return 1;
        var part = (value - quantiles[below]) / Math.Max(1e-12, quantiles[below + 1] - quantiles[below]);
        return (below + part) / (quantiles.Count - 1);
    }

    private static Series[] Each(IReadOnlyList<(string Name, Curves Curves)> policies, Func<Curves, IReadOnlyList<double>> values) =>
        [.. policies.Select((policy, place) => new Series(policy.Name, Colours[place], values(policy.Curves)))];

    private static Axis Time(string title, double hours)
    {
        var step = hours <= 48 ? 12 : hours <= 24 * 8 ? 24 : 24 * Math.Ceiling(hours / 24 / 7);
        return new Axis(title, 0, hours, [.. Enumerable.Range(0, (int)(hours / step) + 1).Select(mark => mark * step)], at => hours <= 48 ? $"{at:0} h" : $"{at / 24:0} d");
    }
}
