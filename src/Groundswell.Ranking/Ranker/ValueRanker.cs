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
public static class ValueRanker
{
    /// <summary>Freshness moves a value by at most this share.</summary>
    private const double FreshnessShare = 0.15;

    [ThreadStatic] private static FeatureRow? t_row;

    /// <summary>By the video's rates and the viewer's taste: good enough to say which few of hundreds are worth a closer look.</summary>
    public static Look Look(Candidate candidate, FeedContext context)
    {
        var taste = ActionModel.Taste(candidate.Video, context);
        return new Look(candidate, Terms.Of(candidate.Video, ActionModel.Predict(candidate.Video, context, taste), optimism: 0, context).Value, taste);
    }

    public static Ranked ByRates(Look look, FeedContext context)
    {
        var probabilities = ActionModel.Predict(look.Candidate.Video, context, look.Taste);
        return Ranked(look, probabilities, Terms.Of(look.Candidate.Video, probabilities, optimism: 0, context), context);
    }

    /// <summary>By the learned model where there is one, which takes a video that is little known for a little better than it is likely to be.</summary>
    public static Ranked ByModel(Look look, FeedContext context)
    {
        if (context.Model is not { } model) return ByRates(look, context);
        var row = t_row ??= new FeatureRow();
        var probabilities = model.Predict(context.ExposureOf(look.Candidate.Video, look.Taste), row);
        var worthKnowing = OnlineModel.Optimistic(row, context.ViewersToCome(look.Candidate.Video)).ExpectedPoints(context.Rules.Points) - probabilities.ExpectedPoints(context.Rules.Points);
        // The more a viewer seems about to leave, the more they are shown what is known to be good.
        var optimism = (1 - context.Caution.Skipped) * context.Rules.Feed.Optimism * worthKnowing;
        return Ranked(look, probabilities, Terms.Of(look.Candidate.Video, probabilities, optimism, context), context);
    }

    private static Ranked Ranked(Look look, ActionProbabilities probabilities, Terms terms, FeedContext context) =>
        new(look, probabilities, terms.Value, context.Request.Explain ? Explain(look.Candidate.Video, probabilities, terms, context) : null);

    private static Explanation Explain(VideoState video, ActionProbabilities probabilities, Terms terms, FeedContext context)
    {
        var anybody = context.Model is { } model ? model.Predict(context.AnybodysExposureOf(video), new FeatureRow()) : ActionModel.Predict(video, context, taste: 0);
        var anybodys = anybody.ExpectedPoints(context.Rules.Points);
        return new Explanation(terms.Value, probabilities,
        [
            new("points", anybodys, "Expected points of anybody's view, by Σ points × probability."),
            new("taste", terms.Points - anybodys, "What your taste adds to them."),
            new("duration", terms.Duration, "Evens out the advantage that short videos have."),
            new("early_skip", terms.Skip, "What an early skip would cost."),
            new("exit", terms.Exit, "What leaving the app would cost."),
            new("freshness", terms.Fresh, "Recently promoted videos come a little earlier."),
            new("trend", terms.Trend, "What it is about is rising."),
            new("exploration", terms.Optimism, "It may be better than what few views have shown so far."),
        ]);
    }

    /// <summary>What a value is the sum of.</summary>
    private readonly record struct Terms(double Points, double Duration, double Skip, double Exit, double Fresh, double Trend, double Optimism)
    {
        public double Value => Points + Duration + Skip + Exit + Fresh + Trend + Optimism;

        public static Terms Of(VideoState video, ActionProbabilities probabilities, double optimism, FeedContext context)
        {
            var points = probabilities.ExpectedPoints(context.Rules.Points);
            var caution = context.Caution.Factor(context.Rules.Feed.CautionMost);
            var terms = new Terms(
                points,
                context.Rates.MeanPoints - context.Rates.Points[(int)video.Bucket],
                -caution * context.Rules.Feed.SkipPenalty * probabilities.EarlySkip,
                -caution * context.Rules.Feed.ExitPenalty * probabilities.Exit,
                Math.Max(0, points) * FreshnessShare * Freshness(video, context),
                Math.Max(0, points) * (Math.Min(context.Catalogue.Trends.LiftOf(video, context.Region).Lift, context.Rules.Feed.TrendCap) - 1),
                optimism);
            return double.IsFinite(terms.Value) ? terms : throw new InvalidOperationException($"The value of {video.Id} is not a number: {terms}.");
        }
    }

    private static double Freshness(VideoState video, FeedContext context) => video.PromotedAt is { } promoted
        ? Wave.Freshness(promoted, context.Request.Now, context.Rules.Waves)
        : 0;
}
