using System.Globalization;
using System.Net;
using System.Text;
using Groundswell.Core.Signals;
using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Reports;

/// <summary>
/// A report of simulated worlds as one HTML file that needs nothing else: a summary in words, the pictures, every figure, and
/// how to get the same again. No script; letters and colours follow the reader's own settings.
/// </summary>
public static class SimulationReport
{
    /// <param name="policies">One policy, or two to compare.</param>
    public static string Html(Scenario scenario, IReadOnlyList<PolicyRuns> policies)
    {
        var seeds = policies[0].Results.Length;
        var comparison = policies.Count == 2 ? Comparison.Of(policies[0].Results, policies[1].Results) : null;
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><title>{Text(Title(scenario, policies))}</title><style>{Stylesheet()}</style></head><body><main>
            <header><p class="eyebrow">Groundswell simulation</p><h1>{Text(Title(scenario, policies))}</h1>
            <p class="lead">{Text(Setting(scenario, seeds))}</p></header>
            """);
        Summary(page, scenario, policies, comparison, seeds);
        Pictures(page, [.. policies.Select(policy => (policy.Name, Curves.MeanOf([.. policy.Results.Select(result => result.Curves)])))]);
        FigureTable.Write(page, policies, comparison);
        Sources(page, policies);
        Method(page, scenario, policies);
        return page.Append("</main></body></html>").ToString();
    }

    private static void Summary(StringBuilder page, Scenario scenario, IReadOnlyList<PolicyRuns> policies, Comparison? comparison, int seeds)
    {
        page.Append("<section class=\"summary\"><h2>In short</h2>");
        if (comparison is not null)
            foreach (var sentence in Sentences.Of(comparison, policies[0].Name, policies[1].Name, seeds)) page.Append("<p>").Append(sentence).Append("</p>");
        page.Append("<div class=\"policies\">");
        foreach (var policy in policies)
        {
            page.Append("<div>");
            if (policies.Count > 1) page.Append("<h3>").Append(Text(policy.Name)).Append("</h3>");
            page.Append("<ul>");
            foreach (var sentence in Sentences.Of(scenario, policy)) page.Append("<li>").Append(sentence).Append("</li>");
            page.Append("</ul></div>");
        }
        page.Append("</div></section>");
    }

    private static void Pictures(StringBuilder page, IReadOnlyList<(string Name, Curves Curves)> policies)
    {
        page.Append("<section><h2>Pictures</h2><div class=\"charts\">");
        foreach (var (name, curves) in policies)
            Figure(page, policies.Count == 1 ? "Where uploads are, by age" : $"Where uploads are, by age: {name}", "Of uploads that have lived so long.", ReportCharts.Survival(curves));
        Figure(page, "Who reaches an audience", "Share that reached the second wave or open, by tenth of the true score among uploads of similar length. A perfect engine lets the right ones through.", ReportCharts.Reach(policies));
        Figure(page, "Precision and recall", "Uploads taken by the engine's score, highest first: the share of the truly best tenth that is found, and the share of what was taken that belongs to it.", ReportCharts.PrecisionAtRecall(policies));
        Figure(page, "From upload to verdict", "Share of uploads judged within so many hours.", ReportCharts.Verdicts(policies));
        Figure(page, "What a test costs", "Share of tests that took at most so many impressions.", ReportCharts.Impressions(policies));
        Figure(page, "Waiting for a verdict", "Uploads in their test, hour by hour.", ReportCharts.Backlog(policies));
        Figure(page, "How unequal exposure is", "Share of all impressions that the least seen uploads had together. The straight line would be all alike.", ReportCharts.Lorenz(policies));
        Figure(page, "Creators who stay", "Of those who were there when measuring began, the share that has not given up.", ReportCharts.CreatorRetention(policies));
        Figure(page, "Points a session", "Day by day.", ReportCharts.PointsPerSession(policies));
        Figure(page, "Exit rate", "Share of views that ended a session, day by day.", ReportCharts.ExitRate(policies));
        page.Append("</div></section>");
    }

    private static void Figure(StringBuilder page, string title, string says, string? chart) =>
        page.Append("<figure><figcaption><b>").Append(Text(title)).Append("</b> <span>").Append(Text(says)).Append("</span></figcaption>").Append(chart ?? "<p class=\"note\">Nothing of it was measured.</p>").Append("</figure>");

    private static void Sources(StringBuilder page, IReadOnlyList<PolicyRuns> policies)
    {
        page.Append("<section><h2>What filled the feed</h2><div class=\"charts\">");
        foreach (var policy in policies)
        {
            double slots = Math.Max(1, policy.Results.Sum(result => result.Sources.Sum(source => source.Slots)));
            page.Append("<div class=\"scroll\"><table><caption>").Append(Text(policy.Name)).Append("</caption><thead><tr><th scope=\"col\">Source</th><th scope=\"col\">Slots</th><th scope=\"col\">Points a view</th></tr></thead><tbody>");
            foreach (var source in policy.Results.SelectMany(result => result.Sources).GroupBy(source => source.Source).OrderByDescending(source => source.Sum(of => of.Slots)))
            {
                var points = source.Sum(of => of.PointsPerView * of.Views) / Math.Max(1, source.Sum(of => of.Views));
                page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(Title(source.Key))}</th><td>{Numbers.Of(source.Sum(of => of.Slots) / slots, Unit.Share)}</td><td>{Numbers.Of(points, Unit.Points)}</td></tr>");
            }
            page.Append("</tbody></table></div>");
        }
        page.Append("</div></section>");
    }

    private static void Method(StringBuilder page, Scenario scenario, IReadOnlyList<PolicyRuns> policies)
    {
        page.Append("""
            <section class="method"><h2>How this came about</h2>
            <p>Simulated people with hidden tastes watch simulated uploads of known true quality. Feed, signals, verdicts, waves and trends are the server's own code, in simulated time. How often people complete, watch again, like and share is set to public logs of real viewers (KuaiRand, KuaiRec); why they leave and do not come back is a judgement.</p>
            <p>An upload is good or bad by the points it would earn a view over the whole population, ranked among uploads of similar length. It has reached an audience when it is in its second wave or open to all. Only uploads that are at least two days old at the end are judged so.</p>
            """);
        page.Append("<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Policy</th><th scope=\"col\">Rules</th><th scope=\"col\">Seed</th><th scope=\"col\">Views</th><th scope=\"col\">Digest of all entries</th></tr></thead><tbody>");
        foreach (var policy in policies)
            foreach (var result in policy.Results)
                page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(policy.Name)}</th><td><code>{Text(result.Rules)}</code></td><td>{result.Seed}</td><td>{Numbers.Of(result.AllViews, Unit.Count)}</td><td><code>{result.Digest}</code></td></tr>");
        page.Append(CultureInfo.InvariantCulture, $"</tbody></table></div><p>The same again: <code>{Text(Command(scenario, policies[0].Results))}</code>, with the same rules files.</p></section>");
    }

    private static string Command(Scenario scenario, IReadOnlyList<SimulationResult> worlds) => string.Create(
        CultureInfo.InvariantCulture,
        $"groundswell lab simulate --scenario {scenario.Name} --viewers {scenario.Viewers} --days {scenario.Days} --warm-up-days {scenario.WarmUpDays} --uploads-per-day {scenario.UploadsPerDay} --sessions-per-day {scenario.SessionsPerDay}{(scenario.Flood is { } flood ? string.Create(CultureInfo.InvariantCulture, $" --flood-uploads {flood.Uploads} --flood-hours {flood.Hours}") : "")} --seed {worlds[0].Seed} --seeds {worlds.Count}");

    private static string Title(Scenario scenario, IReadOnlyList<PolicyRuns> policies) =>
        policies.Count == 2 ? $"{Title(scenario)}: {policies[0].Name} and {policies[1].Name}" : Title(scenario);

    private static string Title(Scenario scenario) => scenario.Name switch
    {
        "steady" => "A steady week",
        "flood" => "A flood of uploads",
        "one-creator-flood" => "One creator fills the queue",
        "farm" => "A farm of devices",
        "small" => "A small community",
        "niches" => "Uploads that divide people",
        var name => name,
    };

    private static string Title(SlotSource source) => source switch
    {
        SlotSource.TestBatch => "Test batches",
        SlotSource.Wave => "Waves",
        SlotSource.Probe => "Probes of new viewers",
        SlotSource.Revival => "Revivals",
        SlotSource.Cohort => "Liked in the cohort",
        _ => source.ToString(),
    };

    private static string Setting(Scenario scenario, int seeds) =>
        $"{scenario.Viewers:N0} viewers, {scenario.UploadsPerDay:N0} uploads a day, {scenario.Days} days{(seeds > 1 ? $", {seeds} worlds" : "")}.";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Stylesheet()
    {
        using var stream = typeof(SimulationReport).Assembly.GetManifestResourceStream("report.css") ?? throw new InvalidOperationException("report.css is not embedded in Groundswell.Lab.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
