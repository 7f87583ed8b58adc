using Groundswell.Core.Chances;
using Groundswell.Core.Experiments;

namespace Groundswell.Core.Tests.Experiments;

/// <summary>Simulated audiences that are looked at after every single unit: viewers differ a lot in how much they watch, and one viewer's views are alike.</summary>
public class ExperimentReadingTests
{
    private const int Runs = 400;
    private const int Units = 4_000;
    private static readonly ReadingTerms Terms = Trying.Terms;

    [Fact]
    public void Of_WithNoEffect_IsWrongNoMoreOftenThanStated_ThoughItIsLookedAtAfterEveryUnit()
    {
        const ulong seed = 7;
        var alarms = Enum.GetValues<Measure>().ToDictionary(measure => measure, _ => 0);
        var naive = 0;
        for (var run = 0; run < Runs; run++)
        {
            var alarmed = new HashSet<Measure>();
            var fooled = false;
            foreach (var (control, treatment) in Audience(new Chance(seed).For(run), effect: 1))
                foreach (var measure in alarms.Keys)
                {
                    if (Of(measure, control, treatment) is not { } effect) continue;
                    if (effect.Low > 0 || effect.High < 0) alarmed.Add(measure);
                    if (measure == Measure.PointsPerView) fooled |= Math.Abs(effect.Difference) > 1.96 * Error(measure, control, treatment);
                }
            foreach (var measure in alarmed) alarms[measure]++;
            naive += fooled ? 1 : 0;
        }

        Told($"after each of {Units} units, {Runs} runs without an effect: an interval was wrong in {string.Join(", ", alarms.Select(pair => $"{(double)pair.Value / Runs:P1} ({pair.Key})"))}; Welch's, looked at as often, in {(double)naive / Runs:P1}");
        foreach (var (measure, count) in alarms) ((double)count / Runs).ShouldBeLessThanOrEqualTo(Terms.FalseAlarmRate, $"{measure}, seed {seed}");
        ((double)naive / Runs).ShouldBeGreaterThan(3 * Terms.FalseAlarmRate, "the interval that is made for one look is wrong far more often: the simulation can tell them apart");
    }

    [Fact]
    public void Of_FindsAnEffectThatIsThere()
    {
        const ulong seed = 8;
        var needed = Enumerable.Range(0, Runs / 4).Select(run => Units - Audience(new Chance(seed).For(run), effect: 1.1)
            .SkipWhile(arms => Of(Measure.PointsPerView, arms.Control, arms.Treatment) is not { Low: > 0 }).Count()).Order().ToArray();

        Told($"a tenth more points a view: found in {needed.Count(units => units < Units)} of {needed.Length} runs, in half of them within {needed[needed.Length / 2]} viewers");
        ((double)needed.Count(units => units < Units) / needed.Length).ShouldBeGreaterThan(0.9, $"a tenth more points a view, seed {seed}");
    }

    [Fact]
    public void Broken_StopsWhatDrivesPeopleAway_AndNothingElse()
    {
        const ulong seed = 9;
        Ends(leaving: 1.5).ShouldBeGreaterThan(0.9, $"half as many exits more, seed {seed}");
        Ends(leaving: 1).ShouldBe(0, 0.01, $"no more exits, seed {seed}");
        Ends(leaving: 0.7).ShouldBe(0, $"fewer exits, seed {seed}");

        double Ends(double leaving) => Enumerable.Range(0, 100).Count(run =>
            Audience(new Chance(seed).For(run), 1, leaving).Any(arms => ExperimentReading.Broken(arms.Control, arms.Treatment, Terms) is { Measure: Measure.ExitRate })) / 100.0;
    }

    [Fact]
    public void Broken_AlsoStopsWhatIsSkipped()
    {
        const ulong seed = 10;
        var (control, treatment) = (ArmSums.None, ArmSums.None);
        for (var unit = 0; unit < Units; unit++)
        {
            var viewer = Viewer(new Chance(seed).For(unit), effect: 1, leaving: 1);
            if (unit % 2 == 0) control = control.Add(viewer);
            else treatment = treatment.Add(viewer with { EarlySkips = Math.Min(viewer.Views, 2 * viewer.EarlySkips) });
        }
        ExperimentReading.Broken(control, treatment, Terms).ShouldNotBeNull().Measure.ShouldBe(Measure.EarlySkipRate);
        ExperimentReading.Broken(treatment, control, Terms).ShouldBeNull();
        ExperimentReading.Broken(control, treatment, Terms with { GuardrailMargin = 1.5 }).ShouldBeNull("a margin that allows for it");
    }

    [Fact]
    public void Of_SaysNothingOfFewUnits_NorWhereNobodyWatched()
    {
        var (few, enough) = (ArmSums.None, ArmSums.None);
        for (var unit = 0; unit < Terms.LeastUnits; unit++)
        {
            if (unit > 0) few = few.Add(new UnitTotals(5, 20, 2, 1, 1));
            enough = enough.Add(new UnitTotals(0, 0, 0, 0, 0));
        }
        Of(Measure.PointsEach, few, enough).ShouldBeNull();
        Of(Measure.PointsPerView, enough, enough).ShouldBeNull();
        Of(Measure.PointsEach, enough, enough).ShouldBe(new Effect(Measure.PointsEach, 0, 0, 0, 0, 0));
    }

    [Fact]
    public void Wide_IsTightestWhereItWasAskedToBe()
    {
        var tuned = ConfidenceSequence.Wide(2_000, 1, 0.05, 2_000);
        foreach (var other in new[] { 200.0, 1_000, 4_000, 20_000 }) ConfidenceSequence.Wide(2_000, 1, 0.05, other).ShouldBeGreaterThan(tuned);
        (tuned / (1.96 / Math.Sqrt(2_000))).ShouldBe(1.55, 0.05, "what looking at any time costs beside one look");
    }

    private static void Told(string what) => TestContext.Current.TestOutputHelper?.WriteLine(what);

    private static Effect? Of(Measure measure, ArmSums control, ArmSums treatment) => ExperimentReading.Of(measure, control, treatment, Terms);

    private static double Error(Measure measure, ArmSums control, ArmSums treatment) =>
        Math.Sqrt((control.Of(measure).Variance(control.Units) / control.Units) + (treatment.Of(measure).Variance(treatment.Units) / treatment.Units));

    /// <summary>The arms after each of a run's units.</summary>
    /// <param name="effect">Factor on the points of a treated viewer's views.</param>
    /// <param name="leaving">Factor on their exits.</param>
    private static IEnumerable<(ArmSums Control, ArmSums Treatment)> Audience(Chance chance, double effect, double leaving = 1)
    {
        var (control, treatment) = (ArmSums.None, ArmSums.None);
        for (var unit = 0; unit < Units; unit++)
        {
            var key = chance.For(unit);
            if (key.For("arm").Hits(0.5)) treatment = treatment.Add(Viewer(key, effect, leaving));
            else control = control.Add(Viewer(key, 1, 1));
            yield return (control, treatment);
        }
    }

    private static UnitTotals Viewer(Chance key, double effect, double leaving)
    {
        var views = (int)(8 * Math.Exp(key.For("activity").Normal()));
        var each = 4 * effect * Math.Exp(0.4 * key.For("taste").Normal());
        var exits = Math.Min(views, (int)(leaving * views / 10 * key.For("patience").Exponential(1)));
        return new UnitTotals(views, views * each, (int)(views * key.For("completions").Unit()), exits, (int)(views * key.For("skips").Unit() / 2));
    }
}
