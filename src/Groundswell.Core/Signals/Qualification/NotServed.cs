namespace Groundswell.Core.Signals.Qualification;

/// <summary>Whoever could make a slot up could make an audience up: a token that is missing, forged or of another installation is no slot.</summary>
internal sealed class NotServed : IQualificationRule
{
    public Disqualification Reason => Disqualification.NotServed;
    public string Sentence => "It does not answer a slot that this engine served.";

    public bool Catches(in Claim claim) => claim.Signal.Slot is null;
}
