using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>Now and then one open video drawn uniformly: with its known propensity it keeps every other policy measurable.</summary>
internal sealed class RandomSource : ISource
{
    public SlotSource Source => SlotSource.Random;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        var chance = context.Chance.For("random");
        if (!chance.Hits(context.Rules.Feed.RandomShare * context.Request.Count)) return [];
        var unseen = context.Shelf.In(VideoStage.Open).Where(cell => context.Viewer.ViewOf(cell.State.Id) is null).ToArray();
        if (unseen.Length == 0) return [];
        var drawn = unseen[chance.For("which").Below(unseen.Length)];
        return [new Candidate(drawn, drawn.State, Source)];
    }
}
