using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>
/// Paused videos on their second hearing, those that have been on it longest first. What a trend of one region revived is heard
/// everywhere as well: a panel drawn from there alone would be measured against peers that were heard by the whole audience.
/// </summary>
internal sealed class RevivalSource : ISource
{
    private const int Most = 6;

    public SlotSource Source => SlotSource.Revival;

    public IEnumerable<Candidate> Propose(FeedContext context) =>
        context.Shelf.Revivals.Where(cell => Panels.Takes(VideoStage.Reviving, cell, context)).Take(Most).Select(cell => new Candidate(cell, cell.State, Source));
}
