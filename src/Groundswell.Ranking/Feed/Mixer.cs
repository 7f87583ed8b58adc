using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Ranker;
using Groundswell.Ranking.Sources;

namespace Groundswell.Ranking.Feed;

/// <summary>A filled slot.</summary>
/// <param name="Propensity">Probability with which the policy chose this video for this slot.</param>
public sealed record MixedSlot(Ranked Ranked, SlotSource Source, double Propensity);

/// <summary>
/// Fills the slots of a page one after another. A keyed draw decides what kind a slot is (test, revival, a wave that has only
/// begun, random, probe or best value), a creator of the last few slots waits while anyone else has something, and within "best value" a candidate
/// loses value for being like what is already there. Slot rules: tests never on a page's first places, and never in a
/// viewer's first session.
/// </summary>
internal static class Mixer
{
    public static List<MixedSlot> Mix(List<Ranked> ranked, FeedContext context)
    {
        var pools = Pools.Of(ranked);
        var page = new List<MixedSlot>(context.Request.Count);
        while (page.Count < context.Request.Count)
        {
            if (Choose(pools, page, context) is not { } slot) break;
            page.Add(slot);
            pools.Take(slot.Ranked);
        }
        return page;
    }

    private static MixedSlot? Choose(Pools pools, List<MixedSlot> page, FeedContext context)
    {
        if (pools.Of(SlotSource.Shared) is [var shared, ..]) return new MixedSlot(shared, SlotSource.Shared, 1);
        var other = Undrawn(pools, page, context);
        if (pools.Of(SlotSource.Random) is not [var random, ..]) return other;
        if (other is not null && page.Count < RandomSource.Place(context)) return other;
        // A shared video keeps the first place for itself; and where nothing else is left, whichever later place was drawn comes here.
        var (first, last) = (page is [{ Source: SlotSource.Shared }] ? 0 : page.Count, other is null ? context.Request.Count - 1 : page.Count);
        return new MixedSlot(random, SlotSource.Random, context.RandomPool.Propensity(places: last - first + 1));
    }

    /// <summary>What fills a slot that is not a random one.</summary>
    private static MixedSlot? Undrawn(Pools pools, List<MixedSlot> page, FeedContext context)
    {
        if (pools.Of(SlotSource.Boost) is [var boosted, ..] && page.Count >= BoostSource.Place(context))
            return new MixedSlot(boosted, SlotSource.Boost, BoostSource.Propensity(context));
        var near = Diversity.CreatorsNear(page, context);
        var tests = pools.Of(SlotSource.TestBatch, near);
        var revivals = pools.Of(SlotSource.Revival, near);
        var openings = pools.Openings.FindAll(candidate => !near.Contains(candidate.Video.Creator));
        var proposed = pools.Of(SlotSource.Probe, near);
        var probes = Unasked(proposed, page);
        var odds = SlotOdds.For(page.Count, context).Among(tests, revivals, openings, probes);
        var draw = context.Chance.For("slot").For(page.Count).Unit();
        if (draw < odds.Test) return First(tests, odds.Test, context);
        if (draw < odds.Test + odds.Revival) return First(revivals, odds.Revival, context);
        if (draw < odds.Test + odds.Revival + odds.Opening) return First(openings, odds.Opening, context);
        if (draw >= 1 - odds.Probe) return Drawn(probes, odds.Probe, page.Count, context);
        if (Best(pools.ByValue, near, page, odds, context) is { } best) return best;
        return proposed.Count > 0
            ? Drawn(probes.Count > 0 ? probes : proposed, 1 - odds.Test - odds.Revival - odds.Opening, page.Count, context)
            : Best(pools.ByValue, [], page, odds, context) ?? Leftover(pools, context);
    }

    /// <summary>
    /// Of the few that need a viewer most, the one that is worth most to this one, with the chance that such a slot had: what
    /// looks good by its first views is looked at more closely sooner (docs/decisions/0014-gate.md).
    /// </summary>
    private static MixedSlot First(List<Ranked> pool, double odds, FeedContext context)
    {
        var byValue = pool.Order(Ranked.BestFirst).ToList();
        var chosen = byValue.Find(candidate => context.AffinityTo(candidate.Video) > -0.5) ?? byValue[0];
        return new MixedSlot(chosen, chosen.Candidate.Source, odds);
    }

    /// <summary>Of a genre that the page holds already nothing need be asked.</summary>
    private static List<Ranked> Unasked(List<Ranked> probes, List<MixedSlot> page) =>
        probes.FindAll(probe => !page.Exists(slot => slot.Ranked.Video.Analysis?.Genres.Leading == probe.Video.Analysis?.Genres.Leading));

    /// <summary>Probes come sorted by popularity; the one at place k is drawn with weight 1 / (k + 1).</summary>
    private static MixedSlot Drawn(List<Ranked> pool, double odds, int position, FeedContext context)
    {
        var total = 0.0;
        for (var place = 0; place < pool.Count; place++) total += 1.0 / (place + 1);
        var left = context.Chance.For("probe").For(position).Unit() * total;
        var drawn = 0;
        while (drawn < pool.Count - 1 && (left -= 1.0 / (drawn + 1)) >= 0) drawn++;
        return new MixedSlot(pool[drawn], pool[drawn].Candidate.Source, odds / (drawn + 1) / total);
    }

    private static MixedSlot? Best(List<Ranked> pool, HashSet<CreatorId> near, List<MixedSlot> page, SlotOdds odds, FeedContext context)
    {
        Ranked? best = null;
        var most = double.NegativeInfinity;
        foreach (var candidate in pool)
        {
            // The pool is ordered by value, of which likeness only takes: none after this one can be better.
            if (candidate.Value < most) break;
            if (near.Contains(candidate.Video.Creator)) continue;
            var value = Diversity.Discounted(candidate, page, context);
            if (value > most || (value == most && best is { } rival && candidate.Video.Id.Value < rival.Video.Id.Value)) (best, most) = (candidate, value);
        }
        return best is null ? null : new MixedSlot(best, best.Candidate.Source, odds.Best);
    }

    /// <summary>
    /// A young catalogue may have nothing but tests: then they fill the page, since an empty one helps nobody. Later on their
    /// budget, and that of revivals, holds also for a viewer who has seen everything.
    /// </summary>
    private static MixedSlot? Leftover(Pools pools, FeedContext context)
    {
        if (pools.Of(SlotSource.Probe) is { Count: > 0 } probes) return First(probes, 1, context);
        return TestBatch.IsYoung(context.Shelf.PastTheirTest, context.Rules.TestBatch) && pools.Of(SlotSource.TestBatch) is { Count: > 0 } tests ? First(tests, 1, context) : null;
    }

    /// <summary>Candidates by how slots are given out: some kinds have slots of their own, the rest compete by value.</summary>
    private sealed class Pools
    {
        private static readonly List<Ranked> None = [];
        private readonly Dictionary<SlotSource, List<Ranked>> _own = [];

        /// <summary>The best first.</summary>
        public List<Ranked> ByValue { get; } = [];

        /// <summary>Of these, the waves that have only begun.</summary>
        public List<Ranked> Openings { get; } = [];

        public static Pools Of(List<Ranked> ranked)
        {
            var pools = new Pools();
            foreach (var candidate in ranked)
            {
                if (candidate.Candidate.Competes) pools.ByValue.Add(candidate);
                else if (pools._own.TryGetValue(candidate.Candidate.Source, out var own)) own.Add(candidate);
                else pools._own[candidate.Candidate.Source] = [candidate];
            }
            pools.ByValue.Sort(Ranked.BestFirst);
            pools.Openings.AddRange(pools.ByValue.Where(candidate => candidate.Candidate.InOpening));
            return pools;
        }

        public List<Ranked> Of(SlotSource source) => _own.GetValueOrDefault(source, None);

        public List<Ranked> Of(SlotSource source, HashSet<CreatorId> near) => Of(source).FindAll(candidate => !near.Contains(candidate.Video.Creator));

        public void Take(Ranked taken)
        {
            if (!ByValue.Remove(taken)) Of(taken.Candidate.Source).Remove(taken);
            Openings.Remove(taken);
        }
    }
}

/// <summary>Chances of what kind the next slot is.</summary>
/// <param name="Opening">A wave that has only begun.</param>
internal readonly record struct SlotOdds(double Test, double Revival, double Opening, double Probe)
{
    /// <summary>The best value keeps a chance at any slot, or nothing could be learned of it there.</summary>
    private const double MostOfSlots = 0.99;

    public double Best => 1 - Test - Revival - Opening - Probe;

    /// <summary>
    /// What is left of the odds where some kinds have nothing to show: the logged propensities must be those of the draw that
    /// is made. Tests, revivals and openings are bounded by their budget; probes take what is left at most.
    /// </summary>
    public SlotOdds Among(List<Ranked> tests, List<Ranked> revivals, List<Ranked> openings, List<Ranked> probes)
    {
        var test = tests.Count > 0 ? Math.Min(MostOfSlots, Test) : 0;
        var revival = revivals.Count > 0 ? Math.Min(MostOfSlots - test, Revival) : 0;
        var opening = openings.Count > 0 ? Math.Min(MostOfSlots - test - revival, Opening) : 0;
        return new SlotOdds(test, revival, opening, probes.Count > 0 ? Math.Min(MostOfSlots - test - revival - opening, Probe) : 0);
    }

    public static SlotOdds For(int position, FeedContext context)
    {
        var rules = context.Rules;
        // Whose taste is not known yet is like nobody: no wave begins with them.
        var (opening, probing) = context.Probing ? (0.0, rules.Feed.ProbeShare) : (rules.Waves.OpeningShare, 0.0);
        if (position < rules.TestBatch.FirstPosition || context.Session < rules.TestBatch.FirstSession) return new SlotOdds(0, 0, opening, probing);
        // The places that may not hold a test must not make the whole share smaller.
        var open = context.Request.Count / (double)Math.Max(1, context.Request.Count - rules.TestBatch.FirstPosition);
        var tests = TestBatch.Budget(context.Shelf.PastTheirTest, rules.TestBatch);
        return new SlotOdds(tests * open, rules.Revival.SlotShare * open, opening, probing);
    }
}

/// <summary>What a candidate loses for being like what the viewer just had.</summary>
internal static class Diversity
{
    public static double Discounted(Ranked candidate, List<MixedSlot> page, FeedContext context)
    {
        var rules = context.Rules.Feed;
        var scale = Math.Max(1, Math.Abs(candidate.Value));
        var loss = rules.GenreFatigue * SameGenre(candidate.Video, page, context);
        loss += rules.SimilarityPenalty * Likeness(candidate.Video, page);
        return candidate.Value - (scale * loss);
    }

    private static int SameGenre(VideoState video, List<MixedSlot> page, FeedContext context)
    {
        if (video.Analysis?.Genres.Leading is not { } genre) return 0;
        var count = 0;
        var window = context.Rules.Feed.FatigueWindow;
        for (var i = page.Count - 1; i >= 0 && window > 0; i--, window--)
            if (page[i].Ranked.Video.Analysis?.Genres.Leading == genre) count++;
        for (var i = context.Viewer.Recent.Count - 1; i >= 0 && window > 0; i--, window--)
            if (context.Viewer.Recent[i].Genre == genre) count++;
        return count;
    }

    private static double Likeness(VideoState video, List<MixedSlot> page)
    {
        if (video.Analysis is not { } analysis) return 0;
        var most = 0f;
        foreach (var slot in page)
            if (slot.Ranked.Video.Analysis is { } other) most = Math.Max(most, Shelf.Similarity(analysis.Vector.AsSpan(), other.Vector.AsSpan()));
        return most;
    }

    /// <summary>Creators of the last slots, on this page and before it: while anyone else has something, they wait.</summary>
    public static HashSet<CreatorId> CreatorsNear(List<MixedSlot> page, FeedContext context)
    {
        var near = new HashSet<CreatorId>();
        var window = context.Rules.Feed.CreatorGap;
        for (var i = page.Count - 1; i >= 0 && window > 0; i--, window--) near.Add(page[i].Ranked.Video.Creator);
        for (var i = context.Viewer.Recent.Count - 1; i >= 0 && window > 0; i--, window--) near.Add(context.Viewer.Recent[i].Creator);
        return near;
    }
}

/// <summary>The page of a feed without a ranker: as the source ordered it.</summary>
internal static class Chronological
{
    public static List<MixedSlot> Mix(List<Look> looked, FeedContext context) =>
        [.. looked.Select(look => new MixedSlot(ValueRanker.ByModel(look, context), look.Candidate.Source, 1))];
}
