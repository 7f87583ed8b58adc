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
        var views = evidence.Totals.Views;
        var shrink = context.Rules.Feed.ExplorationViews;
        return new ActionProbabilities(
            Positive(evidence.Actions.Rewatch, prior.Rewatch),
            Positive(evidence.Actions.Completion, prior.Completion),
            Positive(evidence.Actions.Share, prior.Share),
            Positive(evidence.Actions.Comment, prior.Comment),
            Positive(evidence.Actions.Like, prior.Like),
            Shifted(Rate(evidence.EarlySkips, prior.EarlySkip), -taste),
            Shifted(Rate(evidence.Exits, prior.Exit), -taste / 2));

        float Positive(int count, double rate) => Shifted(Rate(count, rate), taste);
        double Rate(int count, double rate) => (count + (shrink * rate)) / (views + shrink);
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

    private static float Shifted(double probability, double logOdds)
    {
        var p = Math.Clamp(probability, 1e-5, 1 - 1e-5);
        return (float)(1 / (1 + Math.Exp(-(Math.Log(p / (1 - p)) + logOdds))));
    }
}
