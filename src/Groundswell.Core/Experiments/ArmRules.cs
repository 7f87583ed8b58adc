using System.Collections.Immutable;
using Groundswell.Core.Chances;
using Groundswell.Core.RuleBook;

namespace Groundswell.Core.Experiments;

/// <summary>The rules that one unit is treated by.</summary>
/// <param name="Enrolments">The arms that they are of; null where no experiment touches the unit.</param>
public readonly record struct UnitRules(Rules Rules, ImmutableArray<Enrolment>? Enrolments);

/// <summary>
/// The rules in force and, over them, what the running experiments on one kind of unit change. Rules are made once for each
/// combination of treatments that occurs; a unit then costs a draw for each experiment.
/// </summary>
/// <param name="experiments">On units of one kind; of any status but stopped.</param>
public sealed class ArmRules(Rules inForce, ImmutableArray<Experiment> experiments, Chance chance)
{
    private readonly Rules?[] _made = new Rules?[1 << experiments.Length];

    /// <summary>Whether the rules in force leave room for a treatment: where they do not, both arms would be the same, and nobody takes part.</summary>
    private readonly ImmutableArray<bool> _hasRoom = [.. experiments.Select(experiment => RulesDocument.Read(experiment.Plan.Rules, inForce).Rules is not null)];

    /// <param name="unit">The viewer's or the video's id.</param>
    /// <param name="since">When the unit came to be, where only those count that came while an experiment ran.</param>
    public UnitRules Of(long unit, DateTimeOffset now, DateTimeOffset? since = null)
    {
        ImmutableArray<Enrolment>.Builder? enrolments = null;
        var treatments = 0;
        for (var place = 0; place < experiments.Length; place++)
        {
            var experiment = experiments[place];
            if (!_hasRoom[place] || !experiment.Runs(now) || since < experiment.Plan.From || Assignment.Of(experiment, unit, chance) is not { } arm) continue;
            (enrolments ??= ImmutableArray.CreateBuilder<Enrolment>(experiments.Length)).Add(new Enrolment(experiment.Id, arm));
            if (arm == Arm.Treatment) treatments |= 1 << place;
        }
        return enrolments is null ? new UnitRules(inForce, null) : new UnitRules(Made(treatments), enrolments.DrainToImmutable());
    }

    /// <summary>Two threads may make the same at once: either's will do.</summary>
    private Rules Made(int treatments) => treatments == 0 ? inForce : _made[treatments] ??= Make(treatments);

    private Rules Make(int treatments)
    {
        var rules = inForce;
        for (var place = 0; place < experiments.Length; place++)
            if ((treatments & (1 << place)) != 0) rules = Over(rules, experiments[place]);
        return rules;
    }

    /// <summary>Some rules with what a treatment changes. Rules that an operator has set meanwhile may leave no room for it: then they stay as they are.</summary>
    public static Rules Over(Rules rules, Experiment experiment) => RulesDocument.Read(experiment.Plan.Rules, rules).Rules ?? rules;
}
