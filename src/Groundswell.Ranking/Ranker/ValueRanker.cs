using System.Collections.Immutable;
using Groundswell.Core.Audience;
using Groundswell.Core.Feed;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;

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

    public static Ranked Rank(Candidate candidate, FeedContext context)
    {
        var video = candidate.Video;
        var probabilities = ActionModel.Predict(video, context);
        var points = probabilities.ExpectedPoints(context.Rules.Points);
        var duration = context.Rates.MeanPoints - context.Rates.Points[(int)video.Bucket];
        var caution = context.AtRisk ? 2 : 1;
        var skip = -caution * context.Rules.Feed.SkipPenalty * probabilities.EarlySkip;
        var exit = -caution * context.Rules.Feed.ExitPenalty * probabilities.Exit;
        var fresh = Math.Max(0, points) * FreshnessShare * Freshness(video, context);
        var trend = Math.Max(0, points) * (Math.Min(context.Catalogue.Trends.LiftOf(video, context.Region).Lift, context.Rules.Feed.TrendCap) - 1);
        var value = points + duration + skip + exit + fresh + trend;
        if (!double.IsFinite(value)) throw new InvalidOperationException($"The value of {video.Id} is not a number: points {points}, duration {duration}.");
        return new Ranked(candidate, probabilities, value, context.Request.Explain ? Explain() : null);

        Explanation Explain()
        {
            var plain = ActionModel.Predict(video, context, taste: 0).ExpectedPoints(context.Rules.Points);
            return new Explanation(value, probabilities,
            [
                new("points", plain, "Expected points of anybody's view, by Σ points × probability."),
                new("taste", points - plain, "What your taste adds to them."),
                new("duration", duration, "Evens out the advantage that short videos have."),
                new("early_skip", skip, "What an early skip would cost."),
                new("exit", exit, "What leaving the app would cost."),
                new("freshness", fresh, "Recently promoted videos come a little earlier."),
                new("trend", trend, "What it is about is rising."),
            ]);
        }
    }

    private static double Freshness(VideoState video, FeedContext context) => video.PromotedAt is { } promoted
        ? Wave.Freshness(promoted, context.Request.Now, context.Rules.Waves)
        : 0;
}
