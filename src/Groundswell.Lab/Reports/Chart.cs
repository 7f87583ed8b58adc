using System.Globalization;
using System.Net;
using System.Text;

namespace Groundswell.Lab.Reports;

/// <summary>One line or band of a chart.</summary>
/// <param name="Colour">Name of a colour of the stylesheet.</param>
internal sealed record Series(string Name, string Colour, IReadOnlyList<double> Values);

/// <summary>An axis: what it measures, from where to where, and how its marks are written.</summary>
internal sealed record Axis(string Title, double From, double To, IReadOnlyList<double> Marks, Func<double, string> Text)
{
    public double Place(double value) => To <= From ? 0 : Math.Clamp((value - From) / (To - From), 0, 1);

    /// <summary>From zero to a round number at or above the highest value, with about four marks.</summary>
    public static Axis UpTo(string title, double highest, Func<double, string> text)
    {
        var step = Step(Math.Max(highest, 1e-9) / 4);
        var marks = Enumerable.Range(0, (int)Math.Ceiling((highest / step) - 1e-9) + 1).Select(mark => mark * step).ToArray();
        return new Axis(title, 0, Math.Max(marks[^1], step), marks.Length == 1 ? [0, step] : marks, text);
    }

    public static Axis Shares(string title) => new(title, 0, 1, [0, 0.25, 0.5, 0.75, 1], share => $"{share * 100:0} %");

    private static double Step(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
    }
}

/// <summary>
/// Pictures as inline SVG whose colours come from the page's stylesheet, so that they follow light and dark. Drawn for a
/// width of 480: on a phone the letters stay readable, and on a desktop two fit beside each other.
/// </summary>
internal static class Chart
{
    private const double Width = 480, Height = 270, Left = 46, Right = 12, Top = 12, Bottom = 42;

    /// <summary>Titles of bars that have room beside each other.</summary>
    private const int MostTitles = 15;

    /// <summary>Lines over common places of the horizontal axis.</summary>
    /// <param name="across">Where on it each value lies.</param>
    public static string Lines(string says, Axis horizontal, Axis vertical, IReadOnlyList<double> across, IReadOnlyList<Series> series)
    {
        var svg = Begin(says, horizontal, vertical);
        foreach (var line in series)
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"line {line.Colour}\" points=\"{Points(line.Values, across, horizontal, vertical)}\"/>");
        return End(svg, series);
    }

    /// <summary>Bands on top of each other, the first at the bottom; shares of one whole.</summary>
    public static string Bands(string says, Axis horizontal, Axis vertical, IReadOnlyList<double> across, IReadOnlyList<Series> series)
    {
        var svg = Begin(says, horizontal, vertical);
        var below = new double[across.Count];
        foreach (var band in series)
        {
            double[] above = [.. below.Zip(band.Values, (under, value) => under + value)];
            var back = Points([.. below.Reverse()], [.. across.Reverse()], horizontal, vertical);
            svg.Append(CultureInfo.InvariantCulture, $"<polygon class=\"band {band.Colour}\" points=\"{Points(above, across, horizontal, vertical)} {back}\"/>");
            below = above;
        }
        return End(svg, series);
    }

    /// <summary>Upright bars in groups, one of a group for each series.</summary>
    /// <param name="groups">What each group is called; the axis has their titles instead of marks.</param>
    public static string Bars(string says, string title, IReadOnlyList<string> groups, Axis vertical, IReadOnlyList<Series> series)
    {
        var every = ((groups.Count - 1) / MostTitles) + 1;
        var svg = Begin(says, new Axis(title, 0, groups.Count, [.. Enumerable.Range(0, groups.Count).Where(group => group % every == 0).Select(group => group + 0.5)], mark => groups[(int)mark]), vertical);
        var room = (Width - Left - Right) / groups.Count;
        var width = room * 0.72 / series.Count;
        for (var place = 0; place < series.Count; place++)
        {
            for (var group = 0; group < groups.Count; group++)
            {
                var top = Down(vertical, series[place].Values[group]);
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect class=\"bar {series[place].Colour}\" x=\"{Left + (group * room) + (room * 0.14) + (place * width):0.#}\" y=\"{top:0.#}\" width=\"{Math.Max(width - 1, width / 2):0.##}\" height=\"{Height - Bottom - top:0.#}\"/>");
            }
        }
        return End(svg, series);
    }

    private static StringBuilder Begin(string says, Axis horizontal, Axis vertical)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(says)}\">");
        foreach (var mark in vertical.Marks)
        {
            var y = Down(vertical, mark);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"rule\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/><text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{vertical.Text(mark)}</text>");
        }
        foreach (var mark in horizontal.Marks)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Across(horizontal, mark):0.#}\" y=\"{Height - Bottom + 17}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(horizontal.Text(mark))}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(horizontal.Title)}</text>");
        return svg;
    }

    private static string End(StringBuilder svg, IReadOnlyList<Series> series)
    {
        svg.Append("</svg>");
        if (series.Count < 2) return svg.ToString();
        svg.Append("<p class=\"key\">");
        foreach (var one in series) svg.Append(CultureInfo.InvariantCulture, $"<span><i class=\"{one.Colour}\"></i>{WebUtility.HtmlEncode(one.Name)}</span>");
        return svg.Append("</p>").ToString();
    }

    private static string Points(IReadOnlyList<double> values, IReadOnlyList<double> across, Axis horizontal, Axis vertical) =>
        string.Join(' ', values.Select((value, place) => string.Create(CultureInfo.InvariantCulture, $"{Across(horizontal, across[place]):0.#},{Down(vertical, value):0.#}")));

    private static double Across(Axis axis, double value) => Left + (axis.Place(value) * (Width - Left - Right));

    private static double Down(Axis axis, double value) => Height - Bottom - (axis.Place(value) * (Height - Top - Bottom));
}
