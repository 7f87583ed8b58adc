namespace Groundswell.Core.Signals.Qualification;

/// <summary>
/// One viewer cannot watch two videos in the same seconds. What a report adds was played just before it; if that lies beside
/// other videos for longer than the slack, all stretches of this video taken together, the one reported later counts nothing.
/// </summary>
internal sealed class Overlapping : IQualificationRule
{
    public Disqualification Reason => Disqualification.Overlapping;
    public string Sentence => "Another video was playing for the same viewer at the same time.";

    public bool Catches(in Claim claim)
    {
        if (claim.Signal.Play is not { } play) return false;
        var added = ViewProgress.TotalMs(claim.Before, play, claim.Video.DurationMs) - (claim.Before?.TotalMs ?? 0);
        return added > 0 && claim.Viewer.Watched.Beside(claim.Video.Id, claim.Signal.EventTime, TimeSpan.FromMilliseconds(added)) > claim.Rules.ClockSlack;
    }
}
