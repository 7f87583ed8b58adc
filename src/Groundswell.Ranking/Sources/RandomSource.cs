using Groundswell.Core.Signals;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>Now and then one open video drawn uniformly: with its known propensity it keeps every other policy measurable.</summary>
internal sealed class RandomSource : ISource
{
    public SlotSource Source => SlotSource.Random;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        var chance = context.Chance.For("random");
        if (!chance.Hits(RandomPool.OnPage(context)) || context.RandomPool.Count == 0) return [];
        var drawn = context.RandomPool.Drawn(chance.For("which"));
        return [new Candidate(drawn, drawn.State, Source)];
    }

    /// <summary>The place of a page that a drawn video takes: uniform too, or its numbers would be those of first places.</summary>
    public static int Place(FeedContext context) => context.Chance.For("random").For("place").Below(context.Request.Count);
}
