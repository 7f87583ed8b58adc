using System.Collections.Immutable;
using System.Xml.Linq;
using Groundswell.Core;
using Groundswell.Lab.Reports;
using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Tests.Reports;

public class SimulationReportTests
{
    private static readonly Scenario Village = new("flood", Viewers: 300, Days: 3, UploadsPerDay: 12, WarmUpDays: 1, Flood: new Flood(20, Creators: 8, Hours: 6));

    private static readonly string[] Pictures =
    [
        "Where uploads are, by age", "Who reaches an audience", "Precision and recall", "From upload to verdict", "What a test costs", "Waiting for a verdict",
        "How unequal exposure is", "Creators who stay", "Points a session", "Exit rate",
    ];

    private static readonly Lazy<ImmutableArray<PolicyRuns>> Lived = new(() =>
        Trials.Run(Village, [("Shipped rules", new Rules())], first: 7, seeds: 1, cores: 1, null, CancellationToken.None));

    [Fact]
    public void Report_DrawsEveryPictureAndSaysWhatIsOnIt()
    {
        var figures = Page(Village, Lived.Value).Descendants("figure").ToArray();
        figures.Select(figure => figure.Element("figcaption")?.Element("b")?.Value).ShouldBe(Pictures);
        foreach (var figure in figures)
        {
            figure.Element("figcaption")?.Element("span")?.Value.ShouldNotBeNullOrWhiteSpace();
            var picture = figure.Element("svg").ShouldNotBeNull(figure.Value);
            (picture.Attribute("role")?.Value, picture.Attribute("aria-label")?.Value.Length > 20).ShouldBe(("img", true), figure.Value);
            picture.Elements().ShouldContain(shape => shape.Name == "polyline" || shape.Name == "polygon" || shape.Name == "rect", figure.Value);
        }
    }

    [Fact]
    public void Report_OfTwoPolicies_DrawsBothInEachPicture()
    {
        var two = Lived.Value.Add(Lived.Value[0] with { Name = "Mine & <theirs>" });
        var figures = Page(Village, two).Descendants("figure").ToArray();
        figures.Length.ShouldBe(Pictures.Length + 1, "where uploads are is drawn for each");
        foreach (var figure in figures.Skip(2)) figure.Descendants("i").Select(key => key.Attribute("class")?.Value).Take(2).ShouldBe(["s1", "s2"], figure.Value);
    }

    [Fact]
    public void Report_SaysTheCommandThatLivesTheSameAgain()
    {
        var page = Page(Village, Lived.Value);
        page.Descendants("code").Select(code => code.Value).ShouldContain(
            "groundswell lab simulate --scenario flood --viewers 300 --days 3 --warm-up-days 1 --uploads-per-day 12 --sessions-per-day 1 --flood-uploads 20 --flood-hours 6 --seed 7 --seeds 1");
        page.Value.ShouldContain("20 clips came within 6 hours.");
    }

    /// <summary>Once it threw, after the whole run.</summary>
    [Fact]
    public void Report_OfAWorldWithoutUploads_SaysThatNothingWasMeasured()
    {
        var empty = Lived.Value[0].Results[0] with { Seed = 9, Curves = new Curves([], [null], [], [], [], [], [new BacklogPoint(0, 0)], [new DayFigures(0, 0, 0, null, null, 0, null)]) };
        var page = Page(Village, [Lived.Value[0] with { Results = [empty] }]);
        page.Descendants("figure").Count(figure => figure.Value.Contains("Nothing of it was measured", StringComparison.Ordinal)).ShouldBe(Pictures.Length - 1, "nobody waits, and that is drawn");
    }

    [Fact]
    public void Report_HasADashWhereOnePolicyHasNoFigure()
    {
        var known = Simulations.Results.Of(1, topReached: 0.5, exitRate: 0.25) with { Curves = Lived.Value[0].Results[0].Curves };
        var page = Page(Village, [Lived.Value[0] with { Results = [known] }, Lived.Value[0] with { Results = [known with { Discovery = known.Discovery with { TopReached = null } }] }]);
        Row("Best tenth found").ShouldBe(["50 %", "—", "—"]);
        Row("Exit rate").ShouldBe(["25 %", "25 %", "+0.00"]);

        IEnumerable<string> Row(string figure) =>
            page.Descendants("tr").Single(row => row.Element("th")?.FirstNode is XText text && text.Value == figure).Elements("td").Select(cell => cell.Value);
    }

    /// <summary>The page as XML: every element is closed, every attribute quoted and every character escaped.</summary>
    private static XElement Page(Scenario scenario, IReadOnlyList<PolicyRuns> policies)
    {
        var html = SimulationReport.Html(scenario, policies);
        html.ShouldStartWith("<!doctype html>");
        var body = html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)];
        return XElement.Parse(body);
    }
}
