namespace Groundswell.Core.Signals.Qualification;

/// <summary>A device costs nothing to make, a day of waiting does. As in a burst, only a first meeting is judged.</summary>
internal sealed class FreshDevices : IQualificationRule
{
    public Disqualification Reason => Disqualification.FreshDevices;
    public string Sentence => "Too many newly made devices of one network came to this video.";

    public bool Catches(in Claim claim) => claim.Signal.InFreshCrowd && claim.Before is null;
}
