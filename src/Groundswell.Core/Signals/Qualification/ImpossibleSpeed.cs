namespace Groundswell.Core.Signals.Qualification;

/// <summary>
/// No more can have been played than the clock allows: in one slot since it was served, and in the union of all ranges since
/// the video was first met. Judged by the server's own clock, since a device may say of its time what it likes.
/// </summary>
internal sealed class ImpossibleSpeed : IQualificationRule
{
    public Disqualification Reason => Disqualification.ImpossibleSpeed;
    public string Sentence => "It reports more play time than has passed since the video was served.";

    public bool Catches(in Claim claim)
    {
        if (claim.Signal is not { Play: { } play, Slot: { } slot }) return false;
        // A union longer than the total is a claim too: of whichever is longer, the clock must have allowed it.
        if (Math.Max(play.TotalMs, play.PlayedMs) > Allowed(claim, slot.ServedAt)) return true;
        if (play.Ranges is not { } ranges || claim.Before is not { Ranges: { } known } before) return false;
        return known.Union(ranges).LengthMs > Allowed(claim, before.FirstAt < slot.ServedAt ? before.FirstAt : slot.ServedAt);
    }

    private static double Allowed(in Claim claim, DateTimeOffset since) => (claim.Signal.ReceivedAt - since + claim.Rules.ClockSlack).TotalMilliseconds;
}
