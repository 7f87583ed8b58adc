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
        // First: what is drawn is shown as drawn, whatever else would propose it.
        new RandomSource(),
        new BoostSource(),
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

    /// <exception cref="InvalidOperationException">A source failed and no other had anything: that is no empty catalogue.</exception>
    public static FeedPage Page(FeedContext context, StageWatch watch) => Page(context, watch, SourcesOf(context.Request.Mode), Filters);

    internal static FeedPage Page(FeedContext context, StageWatch watch, ImmutableArray<ISource> sources, ImmutableArray<IFilter> filters)
    {
        var chronological = context.IsChronological;
        var (sourcing, sieve) = (new Sourcing(context, watch), new Sieve(filters, context, watch));
        var looked = Look(Shared(context).Concat(sourcing.Proposals(sources)), sieve, context, enough: chronological ? context.Request.Count : int.MaxValue);
        if (looked.Count == 0 && sourcing.Failure is { } failure) throw new InvalidOperationException("No source has anything, and one has failed.", failure);
        var slots = chronological ? Chronological.Mix(looked, context) : Mixer.Mix(Rank(looked, context), context);
        return new FeedPage(
            context.Request.Id, context.Request.Mode, context.ModelVersion,
            // A page without a slot ends the feed all the same: asking at once again would not mend a late source.
            Exhausted: slots.Count < context.Request.Count && (slots.Count == 0 || !sourcing.IsCutShort),
            context.PauseIn,
            [.. slots.Select((slot, position) => Item(slot, position, context))],
            context.Request.Explain ? sieve.Removed : []);
    }

    private static ImmutableArray<ISource> SourcesOf(FeedMode mode) => mode switch
    {
        FeedMode.Following => Following,
        FeedMode.Latest => Latest,
        _ => ForYou,
    };

    private static IEnumerable<Candidate> Shared(FeedContext context) =>
        context.Request.StartWith is { } first && context.Shelf.Find(first) is { } cell ? [new Candidate(cell, cell.State, SlotSource.Shared)] : [];

    /// <summary>
    /// Each video once, under the first source that proposed it, if every filter keeps it, with a first look at its value.
    /// Hundreds pass here for every page, and nothing is allocated for them.
    /// </summary>
    /// <param name="enough">So many, and what comes after them is not looked at.</param>
    private static List<Look> Look(IEnumerable<Candidate> candidates, Sieve sieve, FeedContext context, int enough)
    {
        var proposed = t_proposed ??= new HashSet<VideoId>(2 * context.Rules.Feed.Candidates);
        var kept = t_looks ??= new List<Look>(2 * context.Rules.Feed.Candidates);
        proposed.Clear();
        kept.Clear();
        foreach (var candidate in candidates)
        {
            if (!proposed.Add(candidate.Video.Id) || !sieve.Keeps(candidate)) continue;
            kept.Add(ValueRanker.Look(candidate, context));
            if (kept.Count == enough) break;
        }
        return kept;
    }

    /// <summary>A closer look at what has a slot of its own, in the order of its source, and at the best of what competes by value; the rest is left where it is.</summary>
    private static List<Ranked> Rank(List<Look> looked, FeedContext context)
    {
        var ranked = new List<Ranked>(2 * context.Rules.Feed.Refined);
        foreach (var look in looked)
            if (!look.Candidate.Competes) ranked.Add(ValueRanker.ByRates(look, context));
        looked.RemoveAll(static look => !look.Candidate.Competes);
        KeepBest(looked, Math.Max(context.Rules.Feed.Refined, 4 * context.Request.Count));
        foreach (var look in looked) ranked.Add(ValueRanker.ByModel(look, context));
        return ranked;
    }

    /// <summary>
    /// Leaves so many of them, the best first, and those that slots are kept for. Most are sorted out by their value alone:
    /// putting all of them in order would cost as much as a look at each.
    /// </summary>
    private static void KeepBest(List<Look> looks, int most)
    {
        if (looks.Count > most)
        {
            var values = looks.ConvertAll(static look => look.Value);
            values.Sort();
            var least = values[^most];
            looks.RemoveAll(look => look.Value < least && !look.Candidate.InOpening);
        }
        looks.Sort(Feed.Look.BestFirst);
        // Of several as good as the last that stays there is room for some.
        var place = 0;
        looks.RemoveAll(look => place++ >= most && !look.Candidate.InOpening);
    }

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
