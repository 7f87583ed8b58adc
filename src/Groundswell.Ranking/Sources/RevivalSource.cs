using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>Paused videos on their second hearing.</summary>
internal sealed class RevivalSource : ISource
{
    private const int Most = 6;

    public SlotSource Source => SlotSource.Revival;

    public IEnumerable<Candidate> Propose(FeedContext context) =>
        context.Shelf.In(VideoStage.Reviving).Where(cell => Panels.Takes(VideoStage.Reviving, cell, context))
            .OrderBy(cell => cell.State.TestedAt).ThenBy(cell => cell.State.Id.Value)
            .Take(Most).Select(cell => new Candidate(cell, cell.State, Source));
}
