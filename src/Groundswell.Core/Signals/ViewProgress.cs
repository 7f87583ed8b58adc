using Groundswell.Core.Taste;

namespace Groundswell.Core.Signals;

/// <summary>
/// What reports of play make of a view. Everything is a union or a maximum, so that late, repeated and reordered reports
/// end in the same view; completion and re-watch are derived here and never believed.
/// </summary>
public static class ViewProgress
{
    /// <summary>The view after one more report.</summary>
    /// <param name="ended">The play is over, whether the report says so or something else shows it.</param>
    public static View Played(View view, PlayReport play, bool ended, int durationMs, QualificationRules rules, TasteRules taste)
    {
        var duration = Math.Max(1, durationMs);
        var ranges = Union(view, play, duration);
        var played = Math.Max(view.PlayedMs, PlayedMs(play, ranges, duration));
        var total = TotalMs(view, play, durationMs);
        var loops = Math.Max(view.Loops, play.Loops);
        var resolved = view.Resolved || ended;
        var actions = view.Actions;
        if (played >= rules.CompletionShare * duration) actions |= Actions.Completion;
        if (total >= rules.RewatchTimes * duration && loops >= 1) actions |= Actions.Rewatch;
        return view with
        {
            PlayedMs = played,
            TotalMs = total,
            Loops = loops,
            Actions = actions,
            Resolved = resolved,
            EarlySkip = resolved && taste.IsEarlySkip(played, duration),
            Ranges = ranges,
            Exited = view.Exited || play.End == EndReason.Exit,
        };
    }

    /// <summary>All time played, after one more report: never less than the union of ranges, which took at least that long.</summary>
    public static int TotalMs(View? before, PlayReport play, int durationMs)
    {
        var total = Math.Max(before?.TotalMs ?? 0, play.TotalMs);
        return play.Ranges is null ? total : Math.Max(total, Union(before, play, Math.Max(1, durationMs))?.LengthMs ?? 0);
    }

    private static PlayedRanges? Union(View? view, PlayReport play, int duration)
    {
        if (play.Ranges is not { } ranges) return view?.Ranges;
        var within = ranges.Within(duration);
        return view?.Ranges is { } known ? known.Union(within) : within;
    }

    /// <summary>With ranges the server counts; without, the device's own sum is taken, up to the duration.</summary>
    private static int PlayedMs(PlayReport play, PlayedRanges? ranges, int duration) =>
        play.Ranges is null ? Math.Min(play.PlayedMs, duration) : ranges?.LengthMs ?? 0;
}
