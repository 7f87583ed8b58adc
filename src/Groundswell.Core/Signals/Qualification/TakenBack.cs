namespace Groundswell.Core.Signals.Qualification;

/// <summary>Events arrive in any order: a comment whose deletion came first is deleted.</summary>
internal sealed class TakenBack : IQualificationRule
{
    public Disqualification Reason => Disqualification.TakenBack;
    public string Sentence => "The comment was deleted before it arrived.";

    public bool Catches(in Claim claim) =>
        claim.Signal.Type == SignalType.Comment && claim.Viewer.CommentsOn(claim.Video.Id).IsGone(claim.Signal.EventId, claim.Signal.EventTime);
}
