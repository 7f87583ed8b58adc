using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>Everything past its test, newest first: the feed without a ranker.</summary>
internal sealed class LatestSource : ISource
{
    public SlotSource Source => SlotSource.Latest;

    public IEnumerable<Candidate> Propose(FeedContext context) =>
        from cell in context.Shelf.Newest
        let video = cell.State
        where video.Stage is (VideoStage.Open or VideoStage.Widening) && video.IsFor(context.Cohort)
        select new Candidate(cell, video, Source);
}
