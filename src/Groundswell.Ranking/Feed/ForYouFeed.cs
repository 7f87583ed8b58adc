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

    /// <summary>What this thread's page has looked at: a page is made on one thread, and the set is as large for the next one.</summary>
    [ThreadStatic] private static HashSet<VideoId>? t_proposed;
    [ThreadStatic] private static List<Look>? t_looks;

    private static readonly ImmutableArray<ISource> Following = [new FollowingSource()];
    private static readonly ImmutableArray<ISource> Latest = [new LatestSource()];

    private static readonly ImmutableArray<IFilter> Filters =
    [
        new StageFilter(),
        new AgeFilter(),
        new OwnVideoFilter(),
        new SeenBeforeFilter(),
        new ServedThisSessionFilter(),
        new ExcludedFilter(),
        new NotInterestedFilter(),
    ];

    public static FeedPage Page(FeedContext context)
    {
        var removals = new Dictionary<string, int>();
        var chronological = context.Request.Mode is FeedMode.Latest or FeedMode.Following;
        var looked = Look(Propose(context), context, removals, enough: chronological ? context.Request.Count : int.MaxValue);
        var slots = chronological ? Chronological.Mix(looked, context) : Mixer.Mix(Rank(looked, context), context);
        return new FeedPage(
            context.Request.Id, context.Request.Mode, context.ModelVersion,
            Exhausted: slots.Count < context.Request.Count,
            context.PauseIn,
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
        var shared = context.Request.StartWith is { } first && context.Shelf.Find(first) is { } cell
            ? [new Candidate(cell, cell.State, SlotSource.Shared)]
            : Array.Empty<Candidate>();
        return shared.Concat(sources.SelectMany(source => source.Propose(context)));
    }

    /// <summary>
    /// Each video once, under the first source that proposed it, if every filter keeps it, with a first look at its value. A
    /// shared link shows what was seen before, but nothing that may not be shown. Hundreds pass here for every page, and
    /// nothing is allocated for them.
    /// </summary>
    /// <param name="enough">So many, and what comes after them is not looked at.</param>
    private static List<Look> Look(IEnumerable<Candidate> candidates, FeedContext context, Dictionary<string, int> removals, int enough)
    {
        var proposed = t_proposed ??= new HashSet<VideoId>(2 * context.Rules.Feed.Candidates);
        var kept = t_looks ??= new List<Look>(2 * context.Rules.Feed.Candidates);
        proposed.Clear();
        kept.Clear();
        foreach (var candidate in candidates)
        {
            if (!proposed.Add(candidate.Video.Id)) continue;
            if (RemovedBy(candidate, context) is not { } filter)
            {
                kept.Add(ValueRanker.Look(candidate, context));
                if (kept.Count == enough) break;
            }
            else removals[filter.Reason] = removals.GetValueOrDefault(filter.Reason) + 1;
        }
        return kept;
    }

    /// <summary>A closer look at what has a slot of its own, and at the best of what competes by value; the rest is left where it is.</summary>
    private static List<Ranked> Rank(List<Look> looked, FeedContext context)
    {
        looked.Sort(Feed.Look.BestFirst);
        var (ranked, left) = (new List<Ranked>(2 * context.Rules.Feed.Refined), Math.Max(context.Rules.Feed.Refined, 4 * context.Request.Count));
        foreach (var look in looked)
        {
            if (!look.Candidate.Competes) ranked.Add(ValueRanker.ByRates(look, context));
            else if (left-- > 0) ranked.Add(ValueRanker.ByModel(look, context));
        }
        return ranked;
    }

    private static IFilter? RemovedBy(Candidate candidate, FeedContext context)
    {
        foreach (var filter in Filters)
            if (Judges(filter, candidate) && !filter.Keeps(candidate, context)) return filter;
        return null;
    }

    private static bool Judges(IFilter filter, Candidate candidate) => candidate.Source != SlotSource.Shared || filter is StageFilter or AgeFilter;

    private static FeedItem Item(MixedSlot mixed, int position, FeedContext context)
    {
        // What has a slot of its own was not looked at by the model yet.
        var ranked = mixed.Ranked.Candidate.Competes ? mixed.Ranked : ValueRanker.ByModel(mixed.Ranked.Look, context);
        var video = ranked.Video;
        var slot = new Slot(
            context.Viewer.Id, video.Id, video.Creator, context.Request.Id, position, context.Request.Now, mixed.Source,
            context.Cohort, context.Viewer.Follows.Contains(video.Creator), (float)mixed.Propensity);
        var liked = context.Viewer.ViewOf(video.Id)?.Done.HasFlag(Actions.Like) ?? false;
        return new FeedItem(slot, liked, ranked.Probabilities, ranked.Value, ranked.Look.Taste, FeedReasons.For(mixed, context), ranked.Explanation);
    }
}
