using System.Collections.Immutable;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals.Qualification;
using Groundswell.Core.Taste;
using Groundswell.Core.Viewers;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Signals;

/// <summary>
/// Decides what one signal of one viewer counts. Pure: it looks at the viewer's record and the video, and returns the
/// ledger entry that says both what was reported and what came of it. Whether it counts at all is up to the rules in
/// <see cref="Qualifications"/>; each action earns once per viewer and video, and whatever comes beyond is redundant.
/// </summary>
public sealed class SignalJudge(Rules rules)
{
    public SignalRecorded Judge(Signal signal, ViewerState viewer, VideoState video)
    {
        var claim = new Claim(signal, viewer, video, viewer.ViewOf(video.Id), rules.Qualification);
        var why = (TakesBack(claim) ? null : Qualifications.Judge(claim)) ?? Uncounted(claim);
        var after = Change(claim);
        if (why is null && after is null && Qualifications.Last.Catches(claim)) why = Disqualification.Redundant;
        var context = signal.Slot is { } slot && why is not (Disqualification.ForeignSlot or Disqualification.NotServed) ? Context(slot) : null;
        return Recorded(claim, why, after, context);
    }

    /// <summary>The end of a play of which no end was reported: see <see cref="LostPlay"/>.</summary>
    public SignalRecorded Lose(OpenPlay play, ViewerState viewer, VideoState video, DateTimeOffset now)
    {
        var view = viewer.ViewOf(video.Id);
        var report = view is null ? null : new PlayReport(view.PlayedMs, view.TotalMs, view.PlayedMs, view.Loops, EndReason.Lost);
        var signal = new Signal(LostPlay.EventId(play), SignalType.PlayEnd, play.At, now, play.Video, null, report);
        var claim = new Claim(signal, viewer, video, view, rules.Qualification);
        return Recorded(claim, view?.Uncounted, Change(claim), play.Slot) with { Late = false };
    }

    /// <param name="after">The view as it would be, counted or not; null where the signal changes nothing.</param>
    private SignalRecorded Recorded(in Claim claim, Disqualification? why, View? after, SlotContext? slot)
    {
        var (signal, viewer, video, before, _) = claim;
        var inCrowd = why is Disqualification.Burst or Disqualification.FreshDevices;
        var change = after is null || !(why is null || inCrowd) ? null : new ViewChange(before, inCrowd ? after with { Uncounted = why } : after);
        return new SignalRecorded(
            signal.ReceivedAt, signal.EventId, signal.Type, signal.EventTime, viewer.Id, video.Id, video.Creator,
            slot, signal.Play, signal.Text,
            signal.ReceivedAt - signal.EventTime > rules.Qualification.LateAfter,
            why, change,
            Points(before), Points(change?.After ?? before),
            change is null ? null : Lesson(signal, change, video),
            after is null ? 0 : Withheld(before, after, why),
            signal.Type == SignalType.DeleteComment && why is null ? TakenBack(claim) : null);
    }

    /// <summary>Whoever takes something back needs no slot for it, nor can they be too late.</summary>
    private static bool TakesBack(in Claim claim) => claim.Signal.Type switch
    {
        SignalType.Unlike or SignalType.DeleteComment => claim.Before is not null,
        SignalType.Unfollow => claim.Viewer.Follows.Contains(claim.Video.Creator),
        _ => false,
    };

    /// <summary>Once uncounted, always: what a crowd did is not washed by time.</summary>
    private static Disqualification? Uncounted(in Claim claim) =>
        claim.Signal.Type == SignalType.Unfollow
            ? claim.Viewer.FollowsUncounted.Contains(claim.Video.Creator) ? claim.Before?.Uncounted ?? Disqualification.Burst : null
            : claim.Before?.Uncounted;

    /// <summary>The view after the signal, were it to count; null where it changes nothing.</summary>
    private View? Change(in Claim claim)
    {
        var (signal, viewer, video, before, _) = claim;
        var served = signal.Slot?.ServedAt ?? signal.EventTime;
        var view = before ?? new View(served, Actions.None, false, 0, 0, 0, false, false, Cohort: signal.Slot?.Cohort.Number ?? 0, OnTrial: signal.Slot?.Source.IsTrial() ?? false, Boosted: signal.Slot?.Source == SlotSource.Boost);
        if (Act(claim, view) is not { } next) return null;
        if (signal.Slot is not null && served < next.FirstAt) next = next with { FirstAt = served };
        next = HardlyWatched.Sort(next, video.DurationMs, rules.Qualification, rules.Taste);
        return next == before ? null : next;
    }

    private View? Act(in Claim claim, View view)
    {
        var (signal, viewer, video, _, _) = claim;
        switch (signal.Type)
        {
            case SignalType.Impression: return view;
            case SignalType.Heartbeat or SignalType.PlayEnd when signal.Play is { } play:
                var ended = signal.Type == SignalType.PlayEnd || LostPlay.IsOver(signal, viewer);
                return ViewProgress.Played(view, play, ended, video.DurationMs, rules.Qualification, rules.Taste);
            case SignalType.Like: return IsOvertaken(claim) ? view : Acted(view, Actions.Like);
            case SignalType.Unlike: return IsOvertaken(claim) ? view : Undone(view, Actions.Like);
            case SignalType.Comment: return view.Comments >= CommentLog.Most ? view : Acted(view, Actions.Comment) with { Comments = view.Comments + 1 };
            case SignalType.DeleteComment:
                var left = Math.Max(0, view.Comments - TakenBack(claim).Length);
                return (left == 0 ? Undone(view, Actions.Comment) : view) with { Comments = left };
            case SignalType.Share: return Acted(view, Actions.Share);
            case SignalType.NotInterested: return view with { NotInterested = true };
            case SignalType.Report: return view with { Reported = true };
            default: return null;
        }
    }

    /// <summary>A later word on liking has arrived already.</summary>
    private static bool IsOvertaken(in Claim claim) => claim.Viewer.LikeTurns.TryGetValue(claim.Video.Id, out var turned) && claim.Signal.EventTime < turned;

    private static ImmutableArray<string> TakenBack(in Claim claim) =>
        claim.Viewer.CommentsOn(claim.Video.Id).Named(claim.Signal.Text, claim.Signal.EventTime);

    private static View Acted(View view, Actions action) => view.Done.HasFlag(action) ? view : view with { Actions = view.Actions | action };

    private static View Undone(View view, Actions action) => view with { Actions = view.Actions & ~action, Held = view.Held & ~action };

    private double Points(View? view) => view is null or { Uncounted: not null } ? 0 : rules.Points.Of(view.Actions);

    /// <summary>What would have come of a signal that counts nothing; of one that counts, what is held back of it.</summary>
    private double Withheld(View? before, View after, Disqualification? why) => why switch
    {
        null => rules.Points.Of(after.Held) - rules.Points.Of(before?.Held ?? Actions.None),
        Disqualification.Redundant => 0,
        _ => rules.Points.Of(after.Actions) - rules.Points.Of(before?.Actions ?? Actions.None),
    };

    /// <summary>Taste learns a view when it resolves, and afterwards only what was added to it.</summary>
    private TasteLesson? Lesson(Signal signal, ViewChange change, VideoState video)
    {
        if (video.Analysis is not { } content) return null;
        var lasting = signal.Type == SignalType.NotInterested;
        if (change.ResolvedNow)
            return TasteLesson.Of(content, rules.Taste.Value(change.After, video.DurationMs, rules.Points), 1, lasting);
        if (lasting) return TasteLesson.Of(content, -rules.Taste.EarlySkipPenalty, rules.Taste.FollowUpWeight, lasting: true);
        var earned = change.Before?.Actions ?? Actions.None;
        if (!change.After.Resolved || earned == change.After.Actions) return null;
        var gained = rules.Points.Of(change.After.Actions) - rules.Points.Of(earned);
        return TasteLesson.Of(content, rules.Taste.NeutralPoints + gained, rules.Taste.FollowUpWeight, lasting: false);
    }

    private static SlotContext Context(Slot slot) =>
        new(slot.Request, slot.Position, slot.Source, slot.Cohort.Number, slot.FollowsCreator, slot.Propensity);
}
