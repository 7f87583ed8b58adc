using Groundswell.Core;
using Groundswell.Core.Boosts;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>
/// Now and then one video that an operator promotes, on a page whose draw says so: then it has a place there, and on all
/// others its chances are its own. So boosts take their share of the slots and never more.
/// </summary>
internal sealed class BoostSource : ISource
{
    public SlotSource Source => SlotSource.Boost;

    public IEnumerable<Candidate> Propose(FeedContext context)
    {
        var boosts = context.Catalogue.Boosts.Open;
        if (boosts.Count == 0 || context.Request.WithoutBoosts || context.Caution.IsHigh) return [];
        var chance = context.Chance.For("boost");
        if (!chance.Hits(OnPage(context))) return [];
        var fit = Fit(boosts, context);
        if (fit.Count == 0) return [];
        var cell = fit[chance.For("which").Below(fit.Count)];
        return [new Candidate(cell, cell.State, Source)];
    }

    /// <summary>A page's first place is never promoted, unless it is the only one.</summary>
    public static int Place(FeedContext context) =>
        context.Request.Count == 1 ? 0 : 1 + context.Chance.For("boost").For("place").Below(context.Request.Count - 1);

    /// <summary>Probability with which one of the boosts that fit is shown at a given place.</summary>
    public static double Propensity(FeedContext context) =>
        OnPage(context) / Math.Max(1, context.Request.Count - 1) / Math.Max(1, Fit(context.Catalogue.Boosts.Open, context).Count);

    private static double OnPage(FeedContext context) => Math.Min(1, context.Rules.Boosts.SlotShare * context.Request.Count);

    private static List<VideoCell> Fit(IReadOnlyList<Boost> boosts, FeedContext context)
    {
        var fit = new List<VideoCell>();
        foreach (var boost in boosts)
        {
            if (boost.Status(context.Request.Now) != BoostStatus.Running || context.Catalogue.Boosts.Left(boost, context.Rules.Boosts) <= 0) continue;
            if (context.Shelf.Find(boost.Video) is { } cell && MayBeNew(cell.State, context)) fit.Add(cell);
        }
        return fit;
    }

    private static bool MayBeNew(VideoState video, FeedContext context) =>
        video.Stage.IsServable() && context.IsOldEnough(video) && context.Viewer.ViewOf(video.Id) is null && !context.Viewer.IsOwn(video.Creator) && video.Creator != context.Request.OwnCreator
        && !context.Viewer.ServedInSession.ContainsKey(video.Id) && !context.Request.Exclude.Contains(video.Id);
}
