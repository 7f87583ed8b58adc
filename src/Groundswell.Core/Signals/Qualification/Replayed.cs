namespace Groundswell.Core.Signals.Qualification;

/// <summary>
/// A page is watched soon after it was made. A token that is used a day later is taken from a store of them; and one that
/// answers again for a view that has it already is caught as redundant.
/// </summary>
internal sealed class Replayed : IQualificationRule
{
    public Disqualification Reason => Disqualification.Replayed;
    public string Sentence => "Its slot was served too long ago.";

    public bool Catches(in Claim claim) => claim.Signal.Slot is { } slot && claim.Signal.EventTime - slot.ServedAt > claim.Rules.LatestArrival;
}
