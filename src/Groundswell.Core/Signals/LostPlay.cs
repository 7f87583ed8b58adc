using Groundswell.Core.Ledger;
using Groundswell.Core.Viewers;

namespace Groundswell.Core.Signals;

/// <summary>
/// A play whose end is never reported, because the app was killed or the network went: heartbeats came, then nothing. It has
/// ended when nothing was heard for a while, or when its viewer is heard to watch something else; what was last reported is
/// then the view. Its entry has an event id of its own slot, so that no crash and no second attempt ends it twice, and a
/// real end that comes later adds what it knows.
/// </summary>
public static class LostPlay
{
    /// <summary>No device may choose an event id that begins so.</summary>
    public const string Prefix = "lost:";

    /// <summary>The viewer's play, if it has been silent for too long.</summary>
    public static OpenPlay? Due(ViewerState viewer, DateTimeOffset now, QualificationRules rules) =>
        viewer.Playing is { } play && now - play.At > rules.PlayLostAfter ? play : null;

    /// <summary>The viewer's play, if a signal that is about to be folded shows that they are watching something else.</summary>
    public static OpenPlay? EndedBy(SignalRecorded next, ViewerState viewer) =>
        viewer.Playing is { } play && play.Video != next.Video && next.EventTime >= play.At && next.IsGenuine
        && next.Type is SignalType.PlayStart or SignalType.Heartbeat or SignalType.PlayEnd
            ? play
            : null;

    /// <summary>Whether a report comes from before the play that the viewer is in now: then its own play is over.</summary>
    public static bool IsOver(Signal signal, ViewerState viewer) =>
        viewer.Playing is { } play && play.Video != signal.Video && signal.EventTime < play.At;

    public static string EventId(OpenPlay play) => play.Slot is { } slot ? $"{Prefix}{slot.Request}:{slot.Position}" : $"{Prefix}{play.Video}";
}
