using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>Now and then one open video drawn uniformly: with its known propensity it keeps every other policy measurable.</summary>
internal sealed class RandomSource : ISource
{
    public SlotSource Source => SlotSource.Random;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        var chance = context.Chance.For("random");
        if (!chance.Hits(OnPage(context))) return [];
        var unseen = Unseen(context);
        if (unseen.Length == 0) return [];
        var drawn = unseen[chance.For("which").Below(unseen.Length)];
        return [new Candidate(drawn, drawn.State, Source)];
    }

    /// <summary>The place of a page that a drawn video takes: uniform too, or its numbers would be those of first places.</summary>
    public static int Place(FeedContext context) => context.Chance.For("random").For("place").Below(context.Request.Count);

    /// <summary>Probability with which an unseen open video is drawn for a given place.</summary>
    public static double Propensity(FeedContext context) => OnPage(context) / context.Request.Count / Math.Max(1, Unseen(context).Length);

    private static double OnPage(FeedContext context) => Math.Min(1, context.Rules.Feed.RandomShare * context.Request.Count);

    private static VideoCell[] Unseen(FeedContext context) =>
        [.. context.Shelf.In(VideoStage.Open).Where(cell => context.Viewer.ViewOf(cell.State.Id) is null)];
}
