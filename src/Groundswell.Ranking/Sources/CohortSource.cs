using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>What this viewer's cohort has liked best, with what the cohorts nearest to it have liked as the prior.</summary>
internal sealed class CohortSource : ISource
{
    private const int Most = 40;
    private const int LeastViews = 3;
    private const double PriorViews = 5;

    public SlotSource Source => SlotSource.Cohort;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        // The undecided have nothing in common that a video could be liked for.
        if (!context.Profiled || context.Cohort.Cluster is null) return [];
        var kin = context.Catalogue.Cohorts.KinOf(context.Cohort).AsSpan();
        var liked = new List<(double Score, VideoCell Cell)>();
        // A plain loop: it looks at every open video, and most have nothing to say about this cohort.
        foreach (var cell in context.Shelf.In(VideoStage.Open))
        {
            var evidence = cell.State.Evidence;
            if (evidence.Totals.Views < LeastViews) continue;
            var (views, points) = Heard(evidence, context.Cohort, kin);
            if (views < LeastViews || context.Viewer.ViewOf(cell.State.Id) is not null) continue;
            liked.Add(((points + (PriorViews * evidence.Totals.MeanPoints)) / (views + PriorViews), cell));
        }
        return liked.OrderByDescending(pair => pair.Score).ThenBy(pair => pair.Cell.State.Id.Value).Take(Most).Select(pair => new Candidate(pair.Cell, pair.Cell.State, Source));
    }

    /// <summary>The cohort's own views and points, and those of its kin for as much as they are near.</summary>
    private static (double Views, double Points) Heard(Evidence evidence, Cohort cohort, ReadOnlySpan<Kin> kin)
    {
        var own = evidence.Cohorts.GetValueOrDefault(cohort.Number);
        var (views, points) = ((double)own.Views, own.Points);
        foreach (var (other, nearness) in kin)
        {
            var theirs = evidence.Cohorts.GetValueOrDefault(other.Number);
            views += nearness * theirs.Views;
            points += nearness * theirs.Points;
        }
        return (views, points);
    }
}
