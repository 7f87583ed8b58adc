namespace Groundswell.Core.Signals.Qualification;

/// <summary>Who came before the crowd stays: only a viewer who first meets the video in it counts nothing, then and later.</summary>
internal sealed class Burst : IQualificationRule
{
    public Disqualification Reason => Disqualification.Burst;
    public string Sentence => "Too many devices of one network reacted to this video at once.";

    public bool Catches(in Claim claim) => claim.Signal.InBurst && claim.Before is null;
}
