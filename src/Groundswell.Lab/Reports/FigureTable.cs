using System.Globalization;
using System.Net;
using System.Text;
using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Reports;

/// <summary>Every figure of a report, with its meaning and, over seeds, its 95 % interval.</summary>
internal static class FigureTable
{
    public static void Write(StringBuilder page, IReadOnlyList<PolicyRuns> policies, Comparison? comparison)
    {
        page.Append("<section><h2>Every figure</h2><div class=\"scroll\"><table class=\"figures\"><thead><tr><th scope=\"col\">Figure</th>");
        foreach (var policy in policies) page.Append("<th scope=\"col\">").Append(WebUtility.HtmlEncode(policies.Count == 1 ? "Value" : policy.Name)).Append("</th>");
        if (comparison is not null) page.Append("<th scope=\"col\">Difference</th>");
        page.Append("</tr></thead><tbody>");
        foreach (var figure in Figure.All)
        {
            if (policies.All(policy => policy.Results.All(result => figure.Of(result) is null))) continue;
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{WebUtility.HtmlEncode(figure.Title)}<small>{WebUtility.HtmlEncode(figure.Meaning)}</small></th>");
            foreach (var policy in policies)
                page.Append(CultureInfo.InvariantCulture, $"<td data-name=\"{WebUtility.HtmlEncode(policies.Count == 1 ? "" : policy.Name)}\">{Value(figure, policy, comparison is null)}</td>");
            if (comparison is not null) page.Append(Difference(comparison[figure.Name]));
            page.Append("</tr>");
        }
        page.Append("</tbody></table></div>");
        if (comparison is not null)
            page.Append("<p class=\"note\">Differences are second less first, with a 95 % confidence interval over worlds (Student's t over the differences of pairs); shares in percentage points. ▲ marks a clear gain, ▼ a clear loss.</p>");
        page.Append("</section>");
    }

    private static string Value(Figure figure, PolicyRuns policy, bool withInterval)
    {
        double[] values = [.. policy.Results.Select(figure.Of).OfType<double>()];
        var mean = Numbers.Of(values is [] ? null : values.Average(), figure.Unit);
        return withInterval && StudentT.HalfInterval(values) is { } half ? $"{mean}<small>± {Unsigned(half, figure.Unit)}</small>" : mean;
    }

    private static string Difference(ComparedFigure? compared)
    {
        if (compared is null) return $"<td data-name=\"Difference\">{Numbers.Unknown}</td>";
        var (mark, colour) = compared.SecondIsBetter switch { true => ("▲ ", "gain"), false => ("▼ ", "loss"), null => ("", "") };
        var interval = compared.Error is { } half ? $"<small>± {Unsigned(half, compared.Figure.Unit)}</small>" : "";
        return $"<td class=\"{colour}\" data-name=\"Difference\">{mark}{Numbers.Difference(compared.Difference, compared.Figure.Unit)}{interval}</td>";
    }

    private static string Unsigned(double value, Unit unit) => Numbers.Difference(value, unit)[1..];
}
