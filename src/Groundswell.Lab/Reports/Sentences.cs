using System.Globalization;
using System.Net;
using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Reports;

/// <summary>What came of it, in plain words: what the report begins with.</summary>
internal static class Sentences
{
    /// <summary>One policy, mean over seeds; HTML.</summary>
    public static IEnumerable<string> Of(Scenario scenario, PolicyRuns runs)
    {
        var mean = (string name) => runs.Results.Average(result => Figure.All.First(figure => figure.Name == name).Of(result));
        var share = (string name) => $"<b>{Numbers.Of(mean(name), Unit.Share)}</b>";
        var points = (string name) => $"<b>{Numbers.Of(mean(name), Unit.Points)}</b>";
        var hours = (string name) => $"<b>{Numbers.Of(mean(name), Unit.Hours)}</b>";
        var viewers = runs.Results.Average(result => result.Viewers.Active);
        yield return $"In {Days(scenario.Days)}, {Numbers.Words(viewers)} people watched <b>{Numbers.Words(runs.Results.Average(result => result.Viewers.Views))}</b> clips, after a warm-up of {Days(scenario.WarmUpDays)}.";
        yield return runs.Results.All(result => result.Discovery.Uploads == 0)
            ? "The world was too short to say which uploads found their audience: that takes at least two measured days."
            : $"<b>Finding what is good.</b> Of the truly best tenth of uploads, {share("top_reached")} reached an audience, {share("top_on_the_way")} were on their way and {share("top_missed")} paused; of the truly worse half, {share("bottom_reached")} reached one.";
        yield return $"<b>What tests cost.</b> A test took {points("test_impressions")} impressions on average and at most <b>{Numbers.Of(mean("test_impressions_most"), Unit.Count)}</b>; tests took {share("test_slot_share")} of all slots. " +
            $"Half of the uploads had their verdict within {hours("verdict_hours_median")}, nine in ten within {hours("verdict_hours_p90")}; {share("verdict_within_day")} within a day.";
        if (runs.Results.Any(result => result.Niches.Found > 0))
            yield return $"<b>Niches.</b> {share("niche_sought")} of uploads stopped for everybody and were tried further among a few; {share("niche_found")} went on among them, of which {share("niche_right")} truly are above the gate there.";
        yield return $"<b>The audience.</b> A session earned {points("points_per_session")} points over {points("views_per_session")} views; {share("exit_rate")} of views ended one, {share("early_skip_rate")} were left at once, and {share("lapsed")} of sessions were a viewer's last.";
        yield return $"<b>The creators.</b> {share("creator_retention")} of them stayed, and {share("novice_retention")} of those who came new. The most seen hundredth of uploads had {share("top_share")} of all impressions.";
        if (runs.Results.Any(result => result.Attack is not null)) yield return Attack(scenario, runs);
    }

    /// <summary>The second policy against the first; HTML.</summary>
    public static IEnumerable<string> Of(Comparison comparison, string first, string second, int seeds)
    {
        var better = comparison.Figures.Where(figure => figure.SecondIsBetter == true).ToArray();
        var worse = comparison.Figures.Where(figure => figure.SecondIsBetter == false).ToArray();
        var (one, other) = ($"<b>{WebUtility.HtmlEncode(first)}</b>", $"<b>{WebUtility.HtmlEncode(second)}</b>");
        if (seeds < 2)
        {
            yield return $"{other} was compared with {one} in a single world, which cannot tell a difference from chance: run it with <code>--seeds 5</code> or more.";
            yield break;
        }
        if (better.Length + worse.Length == 0)
        {
            yield return $"In {seeds} worlds that both lived, {other} and {one} do not differ clearly in any figure: every difference's 95 % interval holds zero.";
            yield break;
        }
        yield return $"In {seeds} worlds that both lived, {other} is clearly better than {one} in {Count(better.Length)} and clearly worse in {Count(worse.Length)}.";
        if (better.Length > 0) yield return $"Better: {string.Join("; ", better.Select(Change))}.";
        if (worse.Length > 0) yield return $"Worse: {string.Join("; ", worse.Select(Change))}.";
        yield return "What is not named here does not differ clearly: the 95 % interval of its difference holds zero.";
    }

    private static string Attack(Scenario scenario, PolicyRuns runs)
    {
        var attacks = runs.Results.Select(result => result.Attack).OfType<AttackFigures>().ToArray();
        var what = scenario.Farm is { } farm ? $"A farm of {farm.Devices:N0} devices pushed {attacks.Average(attack => attack.Uploads):N0} clips of a creator without talent."
            : scenario.Flood is { Creators: 1 } one ? $"One creator uploaded {one.Uploads:N0} clips within {Hours(one)}."
            : scenario.Flood is { } many ? $"{many.Uploads:N0} clips came within {Hours(many)}." : "";
        return $"<b>The attack.</b> {what} Each had <b>{Numbers.Of(attacks.Average(attack => attack.Impressions), Unit.Points)}</b> impressions (an ordinary upload had {Numbers.Of(attacks.Average(attack => attack.OrdinaryImpressions), Unit.Points)}); " +
            $"<b>{Numbers.Of(attacks.Average(attack => attack.Reached), Unit.Share)}</b> of them reached an audience, and {Numbers.Of(attacks.Average(attack => attack.Judged), Unit.Share)} had a verdict at the end.";
    }

    private static string Change(ComparedFigure figure) =>
        $"{WebUtility.HtmlEncode(figure.Figure.Title.ToLowerInvariant())} {Numbers.Of(figure.First, figure.Figure.Unit)} → {Numbers.Of(figure.Second, figure.Figure.Unit)}";

    private static string Count(int figures) => figures switch { 0 => "none", 1 => "one figure", _ => $"{figures} figures" };

    private static string Hours(Flood flood) => flood.Hours == 1 ? "an hour" : string.Create(CultureInfo.InvariantCulture, $"{flood.Hours:0.##} hours");

    private static string Days(int days) => days == 1 ? "one day" : $"{days} days";
}
