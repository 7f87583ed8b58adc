using Groundswell.Core;

namespace Groundswell.Cluster.RuleBook;

/// <summary>What a dry run cannot know, in words for whoever reads its result.</summary>
internal static class DryRunLimits
{
    public static IEnumerable<string> Of(bool compacted, bool experimented, Rules now, Rules tried, int notReproduced)
    {
        yield return "The views are those that really came in: a video that would have widened earlier only has its earlier verdict here, and one that was paused gets no more views to widen on.";
        yield return "Only verdicts are tried. Which videos were served to whom, what signals counted and which revivals came due stays as it was.";
        yield return "A trial that has parted from the real one is judged after every view; the engine judges a few views late when it is busy.";
        if (compacted && now.Points != tried.Points) yield return "The ledger was compacted: what was earned before its baseline counts by the points of its time.";
        if (experimented) yield return "An experiment had some videos judged by other rules: their real verdicts are by those, and between two verdicts they are looked at less often.";
        if (notReproduced > 0)
            yield return $"{notReproduced:N0} real verdicts do not come out again from their own rules, since what they were judged on was not recorded with them: there, small differences mean nothing.";
    }
}
