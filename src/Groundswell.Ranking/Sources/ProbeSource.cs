using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>For a viewer nobody knows yet: the most widely finished video of each genre they have not met, the most popular genres first, to learn most per slot.</summary>
internal sealed class ProbeSource : ISource
{
    public SlotSource Source => SlotSource.Probe;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        if (!context.Probing) return [];
        var met = context.Viewer.Recent.Select(view => view.Genre).OfType<int>().ToHashSet();
        return
            from cell in context.Shelf.In(VideoStage.Open).Concat(context.Shelf.In(VideoStage.Widening))
            let genre = cell.State.Analysis?.Genres.Leading
            where genre is { } known && !met.Contains(known) && context.Viewer.ViewOf(cell.State.Id) is null
            group cell by genre into ofGenre
            orderby Finishers(ofGenre) descending, ofGenre.Key
            let best = ofGenre.MaxBy(Finished)
            select new Candidate(best, best.State, Source);
    }

    /// <summary>How many people the genre has held, one for each video besides: what many like is the best first question.</summary>
    private static int Finishers(IEnumerable<VideoCell> cells) => cells.Sum(cell => 1 + cell.State.Evidence.Actions.Completion);

    /// <summary>Share of views that finished, shrunk by ten views that did so one time in three.</summary>
    private static double Finished(VideoCell cell) =>
        (cell.State.Evidence.Actions.Completion + 3.3) / (cell.State.Evidence.Totals.Views + 10);
}
