using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Core;
using Groundswell.Core.Experiments;
using Groundswell.Core.RuleBook;

namespace Groundswell.Server.Experiments;

/// <summary>An experiment as operators see it.</summary>
/// <param name="Changes">What the treatment changes of the rules in force; of one that has ended, of those in force when it started.</param>
/// <param name="Terms">What it is read by, as it was when it started.</param>
/// <param name="ControlUnits">Viewers or videos of the control whose time of observation is over.</param>
/// <param name="TreatmentUnits">… and of the treatment.</param>
/// <param name="UnderObservation">Those whose time is not over yet: they are in no number.</param>
/// <param name="Effects">Empty while there are too few units to say anything.</param>
/// <param name="Cause">Who stopped it, an operator or a guardrail …</param>
/// <param name="Deciding">… and on which numbers the guardrail did.</param>
public sealed record ExperimentCard(
    ExperimentId ExperimentId, string Name, ExperimentUnit Unit, ExperimentStatus Status, ImmutableArray<RuleChange> Changes, double Share,
    DateTimeOffset From, DateTimeOffset? Until, string Why, string By, DateTimeOffset At, ReadingTerms Terms,
    long ControlUnits, long TreatmentUnits, int UnderObservation, ImmutableArray<Effect> Effects,
    DateTimeOffset? StoppedAt, string? StoppedBy, StopCause? Cause, Effect? Deciding, string? Note)
{
    internal static ExperimentCard Of(ExperimentSeen seen, Engine engine)
    {
        var (experiment, now) = (seen.Experiment, engine.Now);
        var plan = experiment.Plan;
        var rules = experiment.IsAlive(now) ? engine.Rules : engine.Catalogue.RulesHistory.AsOf(experiment.At)?.Recalled ?? engine.Rules;
        return new ExperimentCard(
            experiment.Id, plan.Name, plan.Unit, experiment.Status(now), RulesDiff.Between(rules, ArmRules.Over(rules, experiment)), plan.Share,
            plan.From, plan.Until, plan.Why, experiment.By, experiment.At, experiment.Terms,
            seen.Control.Units, seen.Treatment.Units, seen.UnderObservation, ExperimentReading.All(seen),
            experiment.StoppedAt, experiment.StoppedBy, experiment.Cause, experiment.Deciding, experiment.Note);
    }
}
