using System.Collections.Immutable;

namespace Groundswell.Core.Experiments;

/// <summary>Reads an experiment: effects with their intervals, and whether a guardrail is broken. Pure; it may be asked after every unit.</summary>
public static class ExperimentReading
{
    private static readonly ImmutableArray<Measure> Guardrails = [Measure.ExitRate, Measure.EarlySkipRate];

    /// <summary>What can be said so far, measure by measure.</summary>
    public static ImmutableArray<Effect> All(ExperimentSeen seen) =>
        [.. Enum.GetValues<Measure>().Select(measure => Of(measure, seen.Control, seen.Treatment, seen.Experiment.Terms)).OfType<Effect>()];

    /// <summary>The effect on a measure; null while there are too few units to say anything.</summary>
    public static Effect? Of(Measure measure, ArmSums control, ArmSums treatment, ReadingTerms terms) => Of(measure, control, treatment, terms, margin: 0);

    /// <param name="margin">Share of the control's own value that the difference is told above.</param>
    private static Effect? Of(Measure measure, ArmSums control, ArmSums treatment, ReadingTerms terms, double margin)
    {
        if (control.Units < terms.LeastUnits || treatment.Units < terms.LeastUnits) return null;
        var (without, with) = (control.Of(measure), treatment.Of(measure));
        if (without.Under == 0 || with.Under == 0) return null;
        var units = control.Units + treatment.Units;
        // As if every unit contributed to the difference, weighed by how rare its arm is: then all come in one sequence.
        var scale = 1 + margin;
        var variance = units * ((scale * scale * without.Variance(control.Units) / control.Units) + (with.Variance(treatment.Units) / treatment.Units));
        var wide = ConfidenceSequence.Wide(units, Math.Sqrt(variance), terms.FalseAlarmRate, terms.TightestAt);
        var difference = with.Ratio - (scale * without.Ratio);
        return new Effect(measure, without.Ratio, with.Ratio, difference, difference - wide, difference + wide);
    }

    /// <summary>The first guardrail by which the treatment is surely worse than the margin allows; null while all hold.</summary>
    public static Effect? Broken(ArmSums control, ArmSums treatment, ReadingTerms terms)
    {
        foreach (var measure in Guardrails)
            if (Of(measure, control, treatment, terms, terms.GuardrailMargin) is { Low: > 0 }) return Of(measure, control, treatment, terms);
        return null;
    }
}
