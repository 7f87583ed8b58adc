using System.Collections.Immutable;
using Groundswell.Core.Audience;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Ranker;

/// <summary>
/// P of each action for one viewer and one video: the video's own rates, shrunk to those of its duration bucket, moved in
/// log-odds by the viewer's taste. The shape (one probability a task) is the one a learned model fills.
/// </summary>
public static class ActionModel
{
    public const string Version = "rates-taste-1";

    public static ActionProbabilities Predict(VideoState video, FeedContext context) => Predict(video, context, Taste(video, context));

    /// <param name="taste">Log-odds that taste adds; 0 for what an audience without one would do.</param>
    public static ActionProbabilities Predict(VideoState video, FeedContext context, double taste)
    {
        var evidence = video.Evidence;
        var prior = context.Rates[video.Bucket];
        var shrink = context.Rules.Feed.ExplorationViews;
        var views = evidence.Totals.Views + shrink;
        // The odds by which taste multiplies: three exponentials a candidate, and no logarithm at all.
        var liked = Math.Exp(taste);
        return new ActionProbabilities(
            Times(liked, Rate(evidence.Actions.Rewatch, prior.Rewatch)),
            Times(liked, Rate(evidence.Actions.Completion, prior.Completion)),
            Times(liked, Rate(evidence.Actions.Share, prior.Share)),
            Times(liked, Rate(evidence.Actions.Comment, prior.Comment)),
            Times(liked, Rate(evidence.Actions.Like, prior.Like)),
            Times(Math.Exp(-taste), Rate(evidence.EarlySkips, prior.EarlySkip)),
            Times(Math.Exp(-taste / 2), Rate(evidence.Exits, prior.Exit)));

        double Rate(int count, double rate) => (count + (shrink * rate)) / views;
    }

    /// <summary>What the viewer's taste adds to the log-odds of every positive action.</summary>
    public static double Taste(VideoState video, FeedContext context)
    {
        var genres = context.Rules.Feed.TasteWeight * context.AffinityTo(video);
        var vector = video.Analysis is { } analysis
            ? context.Rules.Feed.VectorWeight * Shelf.Similarity(context.TasteVector, analysis.Vector.AsSpan())
            : 0;
        return genres + vector;
    }

    /// <summary>The probability whose odds are so many times those of another.</summary>
    private static float Times(double odds, double probability)
    {
        var p = Math.Clamp(probability, 1e-5, 1 - 1e-5);
        return (float)(p * odds / (1 - p + (p * odds)));
    }
}
