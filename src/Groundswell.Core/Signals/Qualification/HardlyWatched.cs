using Groundswell.Core.Taste;

namespace Groundswell.Core.Signals.Qualification;

/// <summary>
/// A like, comment or share of a video that was hardly looked at is bait. It is kept and shown, but held back until the view
/// is past the early-skip bound; whoever only collects likes gains nothing by however many.
/// </summary>
internal static class HardlyWatched
{
    public const string Sentence = "Likes, comments and shares count once enough of the video has been watched.";

    /// <summary>The view with its acts where they belong: earning, or held back.</summary>
    public static View Sort(View view, int durationMs, QualificationRules rules, TasteRules taste)
    {
        if (view.Held == Actions.None && (view.Actions & Bait) == Actions.None) return view;
        return rules.Checks.HardlyWatched && taste.IsEarlySkip(view.PlayedMs, durationMs)
            ? view with { Held = view.Done & Bait, Actions = view.Actions & ~Bait }
            : view with { Held = Actions.None, Actions = view.Done };
    }

    private const Actions Bait = Actions.Like | Actions.Comment | Actions.Share;
}
