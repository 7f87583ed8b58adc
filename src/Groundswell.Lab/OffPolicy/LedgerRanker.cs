using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Ranker;

namespace Groundswell.Lab.OffPolicy;

/// <summary>An order of the videos that could have been drawn: the highest value first, then the lowest id.</summary>
/// <param name="Values">For a page as it was made, what a video is worth to its viewer.</param>
public sealed record LedgerRanker(string Name, Func<FeedContext, Func<Look, double>> Values)
{
    /// <summary>
    /// What served then: the learned model's value, and that of rates while it was not trusted; the value by rates and taste;
    /// mean points, whoever watches; the date.
    /// </summary>
    public static ImmutableArray<LedgerRanker> Known { get; } =
    [
        new("model", context => look => ValueRanker.ByModel(look, context).Value),
        new("rates", _ => look => look.Value),
        new("popular", context => look => ActionModel.Predict(look.Candidate.Video, context, taste: 0).ExpectedPoints(context.Rules.Points)),
        new("newest", context => look => -(context.Request.Now - look.Candidate.Video.UploadedAt).TotalSeconds),
    ];

    /// <summary>What would have served with other rules, on the same evidence.</summary>
    public static LedgerRanker By(Rules rules, string name) => new(name, served =>
    {
        var context = new FeedContext(served.Request, served.Viewer, served.Catalogue, rules, served.Taxonomy, served.PanelChance);
        return look => ValueRanker.ByModel(ValueRanker.Look(look.Candidate, context), context).Value;
    });
}
