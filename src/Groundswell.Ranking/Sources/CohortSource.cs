using Groundswell.Core.Signals;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>What this viewer's cohort has liked best, with what the cohorts nearest to it have liked as the prior.</summary>
internal sealed class CohortSource : ISource
{
    private const int Most = 40;

    public SlotSource Source => SlotSource.Cohort;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        if (!context.Profiled) yield break;
        var left = Most;
        foreach (var cell in context.Opinion.Liked)
        {
            if (context.Viewer.ViewOf(cell.State.Id) is not null) continue;
            yield return new Candidate(cell, cell.State, Source);
            if (--left == 0) yield break;
        }
    }
}
