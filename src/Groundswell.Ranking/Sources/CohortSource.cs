using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
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
        return (
            from cell in context.Shelf.In(VideoStage.Open)
            let video = cell.State
            let liked = video.Evidence.Cohorts.GetValueOrDefault(context.Cohort.Number)
            where liked.Views >= LeastViews && context.Viewer.ViewOf(video.Id) is null
            orderby Shrunk(liked, video.Evidence.Totals) descending, video.Id.Value
            select new Candidate(cell, video, Source)).Take(Most);
    }

    private static double Shrunk(EvidenceTotals cohort, EvidenceTotals all) =>
        (cohort.Points + (PriorViews * all.MeanPoints)) / (cohort.Views + PriorViews);
}
