using Groundswell.Core.Audience;
using Groundswell.Core.Feed;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Ranker;

/// <summary>
/// From probabilities to one value: expected points, freed of the advantage that short videos have, less what a skip or an
/// exit would cost, then freshness and trend. Every term is kept for the explanation:
/// they add up to the value.
/// </summary>
internal static class ValueRanker
{
    /// <summary>Freshness moves a value by at most this share.</summary>
    private const double FreshnessShare = 0.15;

    [ThreadStatic] private static FeatureRow? t_row;

    /// <summary>By the video's rates and the viewer's taste: good enough to say which few of hundreds are worth a closer look.</summary>
    public static Ranked Rank(Candidate candidate, FeedContext context)
    {
        var taste = ActionModel.Taste(candidate.Video, context);
        var probabilities = ActionModel.Predict(candidate.Video, context, taste);
        return Valued(candidate, probabilities, taste, optimism: 0, context, static (video, context) => ActionModel.Predict(video, context, taste: 0));
    }

    /// <summary>By the learned model, which takes a video that is little known for a little better than it is likely to be.</summary>
    public static Ranked Refine(Ranked ranked, FeedContext context)
    {
        if (context.Model is not { } model) return ranked;
        var row = t_row ??= new FeatureRow();
        var probabilities = model.Predict(context.ExposureOf(ranked.Video, ranked.Taste), row);
        var hoped = OnlineModel.Optimistic(row, context.Rules.Feed.Optimism).ExpectedPoints(context.Rules.Points);
        return Valued(
            ranked.Candidate, probabilities, ranked.Taste, hoped - probabilities.ExpectedPoints(context.Rules.Points), context,
            static (video, context) => context.Model!.Predict(context.AnybodysExposureOf(video), new FeatureRow()));
    }

    /// <param name="plain">What an audience without a taste would do.</param>
    private static Ranked Valued(
        Candidate candidate, ActionProbabilities probabilities, double taste, double optimism, FeedContext context, Func<VideoState, FeedContext, ActionProbabilities> plain)
    {
        var video = candidate.Video;
        var points = probabilities.ExpectedPoints(context.Rules.Points);
        var duration = context.Rates.MeanPoints - context.Rates.Points[(int)video.Bucket];
        var caution = context.AtRisk ? 2 : 1;
        var skip = -caution * context.Rules.Feed.SkipPenalty * probabilities.EarlySkip;
        var exit = -caution * context.Rules.Feed.ExitPenalty * probabilities.Exit;
        var fresh = Math.Max(0, points) * FreshnessShare * Freshness(video, context);
        var trend = Math.Max(0, points) * (Math.Min(context.Catalogue.Trends.LiftOf(video, context.Region).Lift, context.Rules.Feed.TrendCap) - 1);
        // Whoever is about to leave is shown what is known to be good.
        var explored = context.AtRisk ? 0 : optimism;
        var value = points + duration + skip + exit + fresh + trend + explored;
        if (!double.IsFinite(value)) throw new InvalidOperationException($"The value of {video.Id} is not a number: points {points}, duration {duration}.");
        return new Ranked(candidate, probabilities, value, taste, context.Request.Explain ? Explain() : null);

        Explanation Explain()
        {
            var anybodys = plain(video, context).ExpectedPoints(context.Rules.Points);
            return new Explanation(value, probabilities,
            [
                new("points", anybodys, "Expected points of anybody's view, by Σ points × probability."),
                new("taste", points - anybodys, "What your taste adds to them."),
                new("duration", duration, "Evens out the advantage that short videos have."),
                new("early_skip", skip, "What an early skip would cost."),
                new("exit", exit, "What leaving the app would cost."),
                new("freshness", fresh, "Recently promoted videos come a little earlier."),
                new("trend", trend, "What it is about is rising."),
                new("exploration", explored, "It may be better than what few views have shown so far."),
            ]);
        }
    }

    private static double Freshness(VideoState video, FeedContext context) => video.PromotedAt is { } promoted
        ? Wave.Freshness(promoted, context.Request.Now, context.Rules.Waves)
        : 0;
}
