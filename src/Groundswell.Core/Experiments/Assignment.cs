using Groundswell.Core.Chances;

namespace Groundswell.Core.Experiments;

/// <summary>
/// Draws a unit's arm by keyed chance: the same for as long as an experiment runs, whatever else runs, and again in a replay.
/// Every experiment has a draw of its own, so that two of them cross evenly; all share the one that holds viewers out.
/// </summary>
public static class Assignment
{
    /// <summary>The arm of a viewer or a video; null for whoever does not take part.</summary>
    public static Arm? Of(Experiment experiment, long unit, Chance chance)
    {
        var (plan, terms) = (experiment.Plan, experiment.Terms);
        if (IsHeldOut(unit, terms.HoldOutShare, chance)) return null;
        var place = chance.For("experiment").For(experiment.Id.Value).For(unit).Unit();
        return place >= plan.Share ? null : place < plan.Share / 2 ? Arm.Treatment : Arm.Control;
    }

    /// <summary>Whoever is held out at a share is so at every greater one.</summary>
    public static bool IsHeldOut(long viewer, double share, Chance chance) => chance.For("experiment hold-out").For(viewer).Hits(share);
}
