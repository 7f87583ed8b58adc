using Groundswell.Core.Ledger;
using Groundswell.Core.Taste;
using Groundswell.Core.Viewers;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Signals;

/// <summary>
/// Decides what one signal of one viewer counts. Pure: it looks at the viewer's record and the video, and returns the
/// ledger entry that says both what was reported and what came of it. Each action earns once per viewer and video;
/// whatever comes beyond that is kept as redundant.
/// </summary>
public sealed class SignalJudge(Rules rules)
{
    public SignalRecorded Judge(Signal signal, ViewerState viewer, VideoState video)
    {
        var before = viewer.ViewOf(video.Id);
        var why = Disqualify(signal, viewer, video);
        var after = why is null ? Change(signal, before, video) : null;
        if (why is null && after is null && IsRedundant(signal, before, viewer.Follows.Contains(video.Creator))) why = Disqualification.Redundant;
        var change = after is null || after == before ? null : new ViewChange(before, after);
        var current = change?.After ?? before;
        return new SignalRecorded(
            signal.ReceivedAt, signal.EventId, signal.Type, signal.EventTime, viewer.Id, video.Id, video.Creator,
            signal.Slot is { } slot && why is not (Disqualification.ForeignSlot or Disqualification.NotServed) ? Context(slot) : null,
            signal.Play, signal.Text,
            signal.ReceivedAt - signal.EventTime > rules.Qualification.LateAfter,
            why, change,
            Points(before), Points(current),
            why is null ? Lesson(signal, change, video) : null);
    }

    private Disqualification? Disqualify(Signal signal, ViewerState viewer, VideoState video)
    {
        if (signal.Slot is not { } slot) return Disqualification.NotServed;
        if (slot.Viewer != viewer.Id || slot.Video != video.Id) return Disqualification.ForeignSlot;
        if (viewer.OwnCreator == video.Creator) return Disqualification.OwnView;
        if (signal.ReceivedAt - signal.EventTime > rules.Qualification.LatestArrival) return Disqualification.TooLate;
        if (signal.InBackground && signal.Type is (SignalType.Impression or SignalType.Heartbeat)) return Disqualification.Background;
        if (signal.InBurst) return Disqualification.Burst;
        // A union longer than the total is a claim too: of whichever is longer, the clock must have allowed it.
        if (signal.Play is { } play && Math.Max(play.TotalMs, play.PlayedMs) > (signal.ReceivedAt - slot.ServedAt + rules.Qualification.ClockSlack).TotalMilliseconds)
            return Disqualification.ImpossibleSpeed;
        return null;
    }

    /// <summary>The view after the signal; null where it changes nothing.</summary>
    private View? Change(Signal signal, View? before, VideoState video)
    {
        var view = before ?? new View(signal.EventTime, Actions.None, false, 0, 0, 0, false, false, Cohort: signal.Slot?.Cohort.Number ?? 0);
        return signal.Type switch
        {
            SignalType.Impression => before is null ? view : null,
            SignalType.Heartbeat or SignalType.PlayEnd => signal.Play is { } play ? Played(view, play, signal.Type == SignalType.PlayEnd, video) : null,
            SignalType.Like => Acted(view, Actions.Like),
            SignalType.Unlike => view.Actions.HasFlag(Actions.Like) ? view with { Actions = view.Actions & ~Actions.Like } : null,
            SignalType.Comment => Acted(view, Actions.Comment),
            SignalType.Share => Acted(view, Actions.Share),
            SignalType.NotInterested => view.NotInterested ? null : view with { NotInterested = true },
            SignalType.Report => view.Reported ? null : view with { Reported = true },
            _ => null,
        };
    }

    private View? Played(View view, PlayReport play, bool ended, VideoState video)
    {
        var duration = Math.Max(1, video.DurationMs);
        var played = Math.Max(view.PlayedMs, Math.Min(play.PlayedMs, duration));
        var total = Math.Max(view.TotalMs, play.TotalMs);
        var loops = Math.Max(view.Loops, play.Loops);
        var actions = view.Actions;
        if (played >= rules.Qualification.CompletionShare * duration) actions |= Actions.Completion;
        if (total >= rules.Qualification.RewatchTimes * duration && loops >= 1) actions |= Actions.Rewatch;
        var after = view with
        {
            PlayedMs = played,
            TotalMs = total,
            Loops = loops,
            Actions = actions,
            Resolved = view.Resolved || ended,
            EarlySkip = view.Resolved ? view.EarlySkip : ended && rules.Taste.IsEarlySkip(played, duration),
        };
        return after == view ? null : after;
    }

    private static View? Acted(View view, Actions action) => view.Actions.HasFlag(action) ? null : view with { Actions = view.Actions | action };

    private static bool IsRedundant(Signal signal, View? before, bool follows) => signal.Type switch
    {
        SignalType.Follow => follows,
        SignalType.Unfollow => !follows,
        SignalType.Like or SignalType.Comment or SignalType.Share or SignalType.PlayEnd or SignalType.NotInterested or SignalType.Report => before is not null,
        _ => false,
    };

    private double Points(View? view) => view is null ? 0 : rules.Points.Of(view.Actions);

    /// <summary>Taste learns a view when it resolves, and afterwards only what was added to it.</summary>
    private TasteLesson? Lesson(Signal signal, ViewChange? change, VideoState video)
    {
        if (change is null || video.Analysis is not { } content) return null;
        var lasting = signal.Type == SignalType.NotInterested;
        if (change.ResolvedNow)
            return TasteLesson.Of(content, rules.Taste.Value(change.After, video.DurationMs, rules.Points), 1, lasting);
        if (lasting) return TasteLesson.Of(content, -rules.Taste.EarlySkipPenalty, rules.Taste.FollowUpWeight, lasting: true);
        if (!change.After.Resolved || change.Before?.Actions == change.After.Actions) return null;
        var gained = Points(change.After) - Points(change.Before);
        return TasteLesson.Of(content, rules.Taste.NeutralPoints + gained, rules.Taste.FollowUpWeight, lasting: false);
    }

    private static SlotContext Context(Slot slot) =>
        new(slot.Request, slot.Position, slot.Source, slot.Cohort.Number, slot.FollowsCreator, slot.Propensity);
}
