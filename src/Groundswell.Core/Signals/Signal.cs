namespace Groundswell.Core.Signals;

/// <summary>What a device reports. Served ≠ impression ≠ play start ≠ heartbeat ≠ play end.</summary>
public enum SignalType
{
    Impression, PlayStart, Heartbeat, PlayEnd, Like, Unlike, Comment, DeleteComment, Share, Follow, Unfollow, NotInterested, Report,
}

public enum EndReason
{
    Swipe, Exit, Background, Error,

    /// <summary>No end was ever reported: the engine ended the play itself, see <see cref="LostPlay"/>. No device may say so.</summary>
    Lost,
}

/// <summary>How far a play has got; cumulative within one slot, so the last report of a slot holds all of it.</summary>
/// <param name="PlayedMs">Union of the played ranges, in milliseconds of video.</param>
/// <param name="TotalMs">All time played, loops included, in milliseconds.</param>
/// <param name="Loops">How often playing went past the end and began again.</param>
/// <param name="Ranges">What was played, since the play began or since the last report; null when the device only reports sums.</param>
public sealed record PlayReport(int PlayedMs, int TotalMs, int MaxPositionMs, int Loops, EndReason? End, PlayedRanges? Ranges = null);

/// <summary>One event as a device sent it, its slot token already verified.</summary>
/// <param name="EventId">Idempotency key chosen by the device, unique per viewer.</param>
/// <param name="EventTime">When it happened: the device's time, corrected for its clock, never after <paramref name="ReceivedAt"/>.</param>
/// <param name="Slot">The slot it answers; null when no valid token came with it.</param>
/// <param name="Text">A comment's text, the event id of the comment to delete, a share's channel or a report's reason.</param>
/// <param name="InBurst">Its viewer is one more of this network on this video than people would be: see <see cref="BurstMeter"/>.</param>
/// <param name="InBackground">The device says the page was not visible.</param>
/// <param name="InFreshCrowd">Its device is new, and one of many new ones of its network on this video: see <see cref="BurstMeter"/>.</param>
public sealed record Signal(
    string EventId,
    SignalType Type,
    DateTimeOffset EventTime,
    DateTimeOffset ReceivedAt,
    VideoId Video,
    Slot? Slot,
    PlayReport? Play = null,
    string? Text = null,
    bool InBackground = false,
    bool InBurst = false,
    bool InFreshCrowd = false);
