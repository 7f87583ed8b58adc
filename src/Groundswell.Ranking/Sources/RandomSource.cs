using Groundswell.Core.Chances;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>Now and then one open video drawn uniformly: with its known propensity it keeps every other policy measurable.</summary>
internal sealed class RandomSource : ISource
{
    /// <summary>After so many a viewer has most likely seen nearly everything, and what is left is counted out.</summary>
    private const int MostDraws = 200;

    public SlotSource Source => SlotSource.Random;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        var chance = context.Chance.For("random");
        if (!chance.Hits(OnPage(context))) return [];
        var unseen = Unseen(context);
        if (unseen == 0) return [];
        var drawn = Drawn(chance.For("which"), unseen, context);
        return [new Candidate(drawn, drawn.State, Source)];
    }

    /// <summary>The place of a page that a drawn video takes: uniform too, or its numbers would be those of first places.</summary>
    public static int Place(FeedContext context) => context.Chance.For("random").For("place").Below(context.Request.Count);

    /// <summary>Probability with which an unseen open video is drawn for a given place.</summary>
    public static double Propensity(FeedContext context) => OnPage(context) / context.Request.Count / Math.Max(1, Unseen(context));

    private static double OnPage(FeedContext context) => Math.Min(1, context.Rules.Feed.RandomShare * context.Request.Count);

    /// <summary>Open videos less those that the viewer has met: theirs are fewer to count.</summary>
    private static int Unseen(FeedContext context)
    {
        var open = context.Shelf.In(VideoStage.Open);
        return open.Count - context.Viewer.Views.Keys.Count(id => context.Shelf.Find(id) is { } cell && open.Contains(cell));
    }

    /// <summary>Drawn among all until an unseen one comes: so each unseen one is as likely as any other.</summary>
    private static VideoCell Drawn(Chance chance, int unseen, FeedContext context)
    {
        var open = context.Shelf.In(VideoStage.Open);
        for (var draw = 0; draw < MostDraws; draw++)
            if (open[chance.For(draw).Below(open.Count)] is var cell && IsUnseen(cell)) return cell;
        // Nearly everything has been seen: then the rest is few.
        return open.Where(IsUnseen).ElementAt(chance.Below(unseen));

        bool IsUnseen(VideoCell cell) => context.Viewer.ViewOf(cell.Id) is null;
    }
}
