namespace Groundswell.Core.Signals.Qualification;

/// <summary>A device that was offline may report a day later; beyond that a test would never be over.</summary>
internal sealed class TooLate : IQualificationRule
{
    public Disqualification Reason => Disqualification.TooLate;
    public string Sentence => "It arrived too late to count.";

    public bool Catches(in Claim claim) => claim.Signal.ReceivedAt - claim.Signal.EventTime > claim.Rules.LatestArrival;
}
