using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Ranking.Filters;
using Groundswell.Ranking.Ranker;
using Groundswell.Ranking.Sources;

namespace Groundswell.Ranking.Feed;

/// <summary>
/// A feed request from top to bottom: sources → filters → ranker → mixer → page. This file is the algorithm's table of
/// contents; each stage is one file in the folder of its kind. A request reads memory only.
/// </summary>
public static class ForYouFeed
{
    private static readonly ImmutableArray<ISource> ForYou =
    [
        new BoostSource(),
        new RandomSource(),
        new ProbeSource(),
        new TestBatchSource(),
        new RevivalSource(),
        new WaveSource(),
        new FollowingSource(),
        new TrendingSource(),
        new PersonalSource(),
        new CohortSource(),
    ];

    private static readonly ImmutableArray<ISource> Following = [new FollowingSource()];
    private static readonly ImmutableArray<ISource> Latest = [new LatestSource()];

    private static readonly ImmutableArray<IFilter> Filters =
    [
        new StageFilter(),
        new OwnVideoFilter(),
        new SeenBeforeFilter(),
        new ServedThisSessionFilter(),
        new ExcludedFilter(),
        new NotInterestedFilter(),
    ];

    public static FeedPage Page(FeedContext context)
    {
        var removals = new Dictionary<string, int>();
        var candidates = Filter(Propose(context), context, removals);
        var ranked = candidates.Select(candidate => ValueRanker.Rank(candidate, context)).ToList();
        var slots = context.Request.Mode is FeedMode.Latest or FeedMode.Following
            ? Chronological.Mix(ranked, context)
            : Mixer.Mix(ranked, context);
        return new FeedPage(
            context.Request.Id, context.Request.Mode, ActionModel.Version,
            Exhausted: slots.Count < context.Request.Count,
            [.. slots.Select((slot, position) => Item(slot, position, context))],
            context.Request.Explain ? [.. removals.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new Removal(pair.Key, pair.Value))] : []);
    }

    private static IEnumerable<Candidate> Propose(FeedContext context)
    {
        var sources = context.Request.Mode switch
        {
            FeedMode.Following => Following,
            FeedMode.Latest => Latest,
            _ => ForYou,
        };
        var shared = context.Request.StartWith is { } first && context.Shelf.All.TryGetValue(first, out var cell)
            ? [new Candidate(cell, cell.State, SlotSource.Shared)]
            : Array.Empty<Candidate>();
        return shared.Concat(sources.SelectMany(source => source.Propose(context)));
    }

    /// <summary>Each video once, under the first source that proposed it, if every filter keeps it. A shared link shows what was seen before, but nothing that may not be shown.</summary>
    private static List<Candidate> Filter(IEnumerable<Candidate> candidates, FeedContext context, Dictionary<string, int> removals)
    {
        var proposed = new HashSet<VideoId>();
        var kept = new List<Candidate>();
        foreach (var candidate in candidates)
        {
            if (!proposed.Add(candidate.Video.Id)) continue;
            var removedBy = Filters.FirstOrDefault(filter => Judges(filter, candidate) && !filter.Keeps(candidate, context));
            if (removedBy is null) kept.Add(candidate);
            else removals[removedBy.Reason] = removals.GetValueOrDefault(removedBy.Reason) + 1;
        }
        return kept;
    }

    private static bool Judges(IFilter filter, Candidate candidate) => candidate.Source != SlotSource.Shared || filter is StageFilter;

    private static FeedItem Item(MixedSlot mixed, int position, FeedContext context)
    {
        var video = mixed.Ranked.Video;
        var slot = new Slot(
            context.Viewer.Id, video.Id, video.Creator, context.Request.Id, position, context.Request.Now, mixed.Source,
            context.Cohort, context.Viewer.Follows.Contains(video.Creator), (float)mixed.Propensity);
        var liked = context.Viewer.ViewOf(video.Id)?.Done.HasFlag(Actions.Like) ?? false;
        return new FeedItem(slot, liked, mixed.Ranked.Probabilities, mixed.Ranked.Value, FeedReasons.For(mixed, context), mixed.Ranked.Explanation);
    }
}
