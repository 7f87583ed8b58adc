namespace Groundswell.Core.Signals.Qualification;

/// <summary>What changes nothing where it was meant to: one view earns each action once, and looping on earns no more. Asked only of a signal that changed nothing.</summary>
internal sealed class Redundant : IQualificationRule
{
    public Disqualification Reason => Disqualification.Redundant;
    public string Sentence => "One view earns each action once; more of the same earns nothing.";

    public bool Catches(in Claim claim) => claim.Signal.Type switch
    {
        SignalType.Follow => claim.Viewer.Follows.Contains(claim.Video.Creator) || IsOvertaken(claim),
        SignalType.Unfollow => !claim.Viewer.Follows.Contains(claim.Video.Creator) || IsOvertaken(claim),
        SignalType.Like or SignalType.Comment or SignalType.Share or SignalType.PlayEnd or SignalType.NotInterested or SignalType.Report => claim.Before is not null,
        _ => false,
    };

    /// <summary>A later word on following has arrived already.</summary>
    private static bool IsOvertaken(in Claim claim) => claim.Viewer.FollowTurns.TryGetValue(claim.Video.Creator, out var turned) && claim.Signal.EventTime < turned;
}
