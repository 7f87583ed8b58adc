using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Boosts;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// The boosts of one catalogue. A slot counts the moment a page holds it and not only when its page is in the ledger, so
/// that many pages at once do not overrun a cap. Few are on their way there at once: no more is forgotten when the process ends.
/// </summary>
public sealed class LiveBoosts
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RequestId, BoostId[]> _onTheWay = [];
    private readonly Dictionary<BoostId, int> _unwritten = [];
    private BoostBoard _board = new();
    private volatile Boost[] _open = [];

    /// <summary>Boosts that have neither been ended nor used up: the few that a feed looks at.</summary>
    public IReadOnlyList<Boost> Open => _open;

    public TResult Read<TResult>(Func<BoostBoard, TResult> read)
    {
        lock (_gate) return read(_board);
    }

    /// <summary>Slots of a boost that may be served now: no more than its cap leaves, nor than may be on the way at once.</summary>
    public int Left(Boost boost, BoostRules rules)
    {
        lock (_gate) return LeftOf(_board.Find(boost.Id), rules);
    }

    /// <summary>Takes the slots that a page gives to boosts, one a video at most. All of them or, where one has none left by now, nothing.</summary>
    public bool TryServe(RequestId request, ImmutableArray<VideoId> boosted, BoostRules rules)
    {
        if (boosted.IsEmpty) return true;
        lock (_gate)
        {
            var boosts = new BoostId[boosted.Length];
            for (var slot = 0; slot < boosted.Length; slot++)
            {
                if (_board.LatestOf(boosted[slot]) is not { } boost || LeftOf(boost, rules) <= 0) return false;
                boosts[slot] = boost.Id;
            }
            _onTheWay[request] = boosts;
            return true;
        }
    }

    /// <summary>Gives the slots of a page back that nobody was shown.</summary>
    public void Return(RequestId request)
    {
        lock (_gate) _onTheWay.Remove(request);
    }

    /// <summary>Notes that a page was shown and will never be in the ledger: its slots count here for as long as this process lives.</summary>
    public void Lose(RequestId request)
    {
        lock (_gate)
        {
            if (!_onTheWay.Remove(request, out var boosts)) return;
            foreach (var boost in boosts) _unwritten[boost] = _unwritten.GetValueOrDefault(boost) + 1;
        }
    }

    internal void Restore(BoostBoard board)
    {
        lock (_gate)
        {
            _board = board;
            _open = OpenOnes(DateTimeOffset.MinValue);
        }
    }

    internal void Fold(LedgerEntry entry)
    {
        if (entry is PageServed served && !served.Slots.Any(slot => slot.Source == SlotSource.Boost)) return;
        lock (_gate)
        {
            if (!_board.Fold(entry)) return;
            // From here on the ledger itself says that they were served.
            if (entry is PageServed page) _onTheWay.Remove(page.Request);
            _open = OpenOnes(entry.At);
        }
    }

    private Boost[] OpenOnes(DateTimeOffset now) => [.. _board.All.Where(boost => boost.IsAlive(now))];

    private int LeftOf(Boost? boost, BoostRules rules)
    {
        if (boost is not { EndedAt: null }) return 0;
        var onTheWay = _onTheWay.Values.Sum(page => page.Count(other => other == boost.Id));
        return Math.Min(boost.Slots - boost.Served - _unwritten.GetValueOrDefault(boost.Id), rules.InFlight(boost.Slots)) - onTheWay;
    }
}
