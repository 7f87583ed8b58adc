using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>What this viewer's cohort has liked best.</summary>
internal sealed class CohortSource : ISource
{
    private const int Most = 40;
    private const int LeastViews = 3;
    private const double PriorViews = 5;

    public SlotSource Source => SlotSource.Cohort;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        if (!context.Profiled) return [];
        var liked = new List<(double Score, VideoCell Cell)>();
        // A plain loop: it looks at every open video, and most have nothing to say about this cohort.
        foreach (var cell in context.Shelf.In(VideoStage.Open))
        {
            var evidence = cell.State.Evidence;
            if (evidence.Totals.Views < LeastViews) continue;
            var cohort = evidence.Cohorts.GetValueOrDefault(context.Cohort.Number);
            if (cohort.Views < LeastViews || context.Viewer.ViewOf(cell.State.Id) is not null) continue;
            liked.Add((Shrunk(cohort, evidence.Totals), cell));
        }
        return liked.OrderByDescending(pair => pair.Score).ThenBy(pair => pair.Cell.State.Id.Value).Take(Most).Select(pair => new Candidate(pair.Cell, pair.Cell.State, Source));
    }

    private static double Shrunk(EvidenceTotals cohort, EvidenceTotals all) =>
        (cohort.Points + (PriorViews * all.MeanPoints)) / (cohort.Views + PriorViews);
}
