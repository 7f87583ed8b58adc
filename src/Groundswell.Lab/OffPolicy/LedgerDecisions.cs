using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Experiments;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Statistics;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Ranker;
using Groundswell.Ranking.Sources;

namespace Groundswell.Lab.OffPolicy;

/// <summary>Everything as it was where the reading of a ledger begins.</summary>
/// <param name="Catalogue">With a ranker that learns.</param>
/// <param name="Viewer">What was known of a viewer; null where nothing was.</param>
public sealed record LedgerStart(LiveCatalogue Catalogue, AudienceStatistics Statistics, ExperimentBoard Experiments, Func<ViewerId, ViewerState?> Viewer);

/// <summary>
/// Reads the random slots of a ledger: folds it as the server does, and stops before each page that holds one. There the
/// catalogue, the viewer and the model know what the page knew and nothing later; the videos that could have been drawn are
/// ranked by every policy, and the slot waits for what follows. Holds every viewer of the ledger in memory.
/// </summary>
/// <param name="policies">What is evaluated.</param>
/// <param name="most">Of a greater pool, a sample of so many that holds the drawn video.</param>
/// <param name="expects">The reward model: what it expects of a video on a page.</param>
public sealed class LedgerDecisions(
    LedgerStart start, ImmutableArray<BestOfPool> policies, int most, Chance chance, Func<FeedContext, Look, ViewOutcome> expects)
{
    /// <summary>As long as a late event counts: then it is known what came of a slot.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>How far a propensity may be from the logged one: a shelf is made anew a moment after a video has moved.</summary>
    private const double Agreement = 0.01;

    private readonly LiveCatalogue _catalogue = start.Catalogue;
    private readonly Taxonomy _taxonomy = Taxonomy.Default;
    private readonly Dictionary<ViewerId, ViewerState> _viewers = [];
    private readonly Dictionary<(RequestId, VideoId), Waiting> _waiting = [];
    private readonly Queue<Waiting> _inOrder = [];
    private readonly ILookup<LedgerRanker, (BestOfPool Policy, int Place)> _byRanker = policies.Index().ToLookup(one => one.Item.Ranker, one => (one.Item, one.Index));
    private readonly Recorded[] _one = new Recorded[1];
    private (long Minute, int Viewers) _weekly = (long.MinValue, 0);

    /// <summary>What has become of the slots so far.</summary>
    public RandomSlots Slots { get; private set; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>The model that ranks, or rates while there is none: what the server itself expected of a view.</summary>
    public static ViewOutcome ByModel(FeedContext context, Look look) => ViewOutcome.Of(ValueRanker.ByModel(look, context).Probabilities, context.Rules.Points);

    /// <summary>The slots of which it is known what followed, in the order in which that was.</summary>
    /// <param name="entries">In ledger order, from the start on.</param>
    public IEnumerable<RandomDecision> Read(IEnumerable<Recorded> entries)
    {
        foreach (var recorded in entries)
        {
            if (recorded.Entry is PageServed page)
            {
                while (_inOrder.TryPeek(out var oldest) && page.At - oldest.At > Patience)
                    if (Close(_inOrder.Dequeue(), ended: true) is { } decision) yield return decision;
                foreach (var slot in page.Slots.Where(slot => slot.Source == SlotSource.Random)) Meet(page, slot);
            }
            Fold(recorded);
            if (recorded.Entry is SignalRecorded signal) Follow(signal);
        }
        while (_inOrder.TryDequeue(out var left))
            if (Close(left, ended: false) is { } decision) yield return decision;
    }

    private void Fold(Recorded recorded)
    {
        _one[0] = recorded;
        _catalogue.Fold(_one);
        start.Statistics.Fold(_one);
        start.Experiments.Fold(_one);
        if (recorded.Entry.OfViewer is { } viewer) Viewer(viewer).Fold(recorded.Position, recorded.Entry, _catalogue.RulesAt(recorded.Position).Taste);
    }

    private void Meet(PageServed page, ServedSlot slot)
    {
        Slots = Slots with { Served = Slots.Served + 1 };
        _catalogue.Publish(new AudienceSize(Weekly(page.At), 0), page.At);
        var rules = start.Experiments.Under(page.Enrolments, _catalogue.RulesAt(long.MaxValue));
        var request = new FeedRequest(page.Request, page.Slots.Length, page.Mode, [], Rewatch: false, Explain: false, StartWith: null, OwnCreator: null, page.At);
        var context = new FeedContext(request, Viewer(page.Viewer), _catalogue, rules, _taxonomy, chance);
        if (_catalogue.Shelf.Find(slot.Video) is not { } drawn || !context.RandomPool.Holds(drawn))
        {
            Slots = Slots with { OutsidePool = Slots.OutsidePool + 1 };
            return;
        }
        if (IsAsLogged(slot.Propensity, context.RandomPool)) Slots = Slots with { AsLogged = Slots.AsLogged + 1 };
        var waiting = new Waiting(page.At, (page.Request, slot.Video), Decision(drawn, context));
        _waiting[waiting.Slot] = waiting;
        _inOrder.Enqueue(waiting);
    }

    /// <summary>A whole number of places may have led to the slot's, and the ledger does not say how many.</summary>
    private static bool IsAsLogged(double propensity, RandomPool pool)
    {
        var places = propensity / pool.Propensity();
        return Math.Abs(places - Math.Max(1, Math.Round(places))) <= Agreement;
    }

    /// <summary>The decision, but for its outcome.</summary>
    private RandomDecision Decision(VideoCell drawn, FeedContext context)
    {
        var pool = context.RandomPool.Sample(drawn, most, context.Chance.For("pool"));
        Look[] looks = [.. pool.Select(cell => ValueRanker.Look(new Candidate(cell, cell.State, SlotSource.Random), context))];
        ViewOutcome[] expected = [.. looks.Select(look => expects(context, look))];
        var place = pool.IndexOf(drawn);
        var choices = new PoolChoice[policies.Length];
        foreach (var ranked in _byRanker)
        {
            var order = Order(looks, ranked.Key.Values(context));
            foreach (var (policy, at) in ranked)
            {
                var best = order.AsSpan(0, policy.Of(looks.Length));
                var sum = default(ViewOutcome);
                foreach (var one in best) sum += expected[one];
                choices[at] = new PoolChoice(best.Length, best.Contains(place), sum / best.Length);
            }
        }
        return new RandomDecision(default, expected[place], looks.Length, [.. choices]);
    }

    /// <summary>Places in a pool, the best first.</summary>
    private static int[] Order(Look[] looks, Func<Look, double> value)
    {
        double[] values = [.. looks.Select(value)];
        return [.. Enumerable.Range(0, looks.Length).OrderByDescending(one => values[one]).ThenBy(one => looks[one].Candidate.Video.Id.Value)];
    }

    /// <summary>Only what answers the slot itself: a video that was not reached may be shown again for its value, and what follows then is no draw's.</summary>
    private void Follow(SignalRecorded signal)
    {
        if (signal.Slot is not { } slot || !_waiting.TryGetValue((slot.Request, signal.Video), out var waiting)) return;
        if (signal is { Disqualified: null, Change.After: { Uncounted: null } view }) (waiting.Outcome, waiting.Resolved) = (ViewOutcome.Of(view, signal.PointsAfter), view.Resolved);
        // An act that is held back says nothing of the view; a play that is does.
        else if (signal is { Change.After.Uncounted: not null } or { Disqualified: not (null or Disqualification.Redundant), Play: not null }) waiting.Refused = true;
    }

    /// <param name="ended">Its time is over; else the ledger is.</param>
    private RandomDecision? Close(Waiting waiting, bool ended)
    {
        _waiting.Remove(waiting.Slot);
        if (waiting is { Refused: true, Resolved: false }) Slots = Slots with { Uncounted = Slots.Uncounted + 1 };
        else if (!ended && !waiting.Resolved) Slots = Slots with { Waiting = Slots.Waiting + 1 };
        else if (waiting.Outcome is not { } outcome) Slots = Slots with { NotReached = Slots.NotReached + 1 };
        else
        {
            Slots = Slots with { Known = Slots.Known + 1 };
            return waiting.Drawn with { Outcome = outcome };
        }
        return null;
    }

    private ViewerState Viewer(ViewerId id) =>
        _viewers.TryGetValue(id, out var state) ? state : _viewers[id] = start.Viewer(id) ?? new ViewerState(id, _taxonomy.Count);

    /// <summary>Counted once a minute, as the server does.</summary>
    private int Weekly(DateTimeOffset now)
    {
        var minute = now.ToUnixTimeSeconds() / 60;
        if (minute != _weekly.Minute) _weekly = (minute, start.Statistics.WeeklyViewers(now));
        return _weekly.Viewers;
    }

    /// <summary>A random slot, until it is known what followed.</summary>
    private sealed class Waiting(DateTimeOffset at, (RequestId, VideoId) slot, RandomDecision drawn)
    {
        public DateTimeOffset At => at;
        public (RequestId, VideoId) Slot => slot;
        public RandomDecision Drawn => drawn;
        public ViewOutcome? Outcome { get; set; }
        public bool Resolved { get; set; }
        public bool Refused { get; set; }
    }
}
