using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Boosts;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// The boosts of one catalogue. A slot counts the moment a page holds it and not only when its page is in the ledger, so
/// that many pages at once do not overrun a cap.
/// </summary>
public sealed class LiveBoosts
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RequestId, BoostId[]> _onTheWay = [];
    private BoostBoard _board = new();
    private volatile Boost[] _open = [];

    /// <summary>Boosts that have neither been ended nor used up: the few that a feed looks at.</summary>
    public IReadOnlyList<Boost> Open => _open;

    public TResult Read<TResult>(Func<BoostBoard, TResult> read)
    {
        lock (_gate) return read(_board);
    }

    /// <summary>Slots of a boost that may still be served: its cap less what was served and what is on the way.</summary>
    public int Left(Boost boost)
    {
        lock (_gate) return LeftOf(_board.Find(boost.Id));
    }

    /// <summary>Takes the slots that a page gives to boosts, one a video at most. All of them or, where one has none left by now, nothing.</summary>
    public bool TryServe(RequestId request, ImmutableArray<VideoId> boosted)
    {
        if (boosted.IsEmpty) return true;
        lock (_gate)
        {
            var boosts = new BoostId[boosted.Length];
            for (var slot = 0; slot < boosted.Length; slot++)
            {
                if (_board.LatestOf(boosted[slot]) is not { } boost || LeftOf(boost) <= 0) return false;
                boosts[slot] = boost.Id;
            }
            _onTheWay[request] = boosts;
            return true;
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

    private int LeftOf(Boost? boost) => boost is { EndedAt: null }
        ? boost.Slots - boost.Served - _onTheWay.Values.Sum(page => page.Count(other => other == boost.Id))
        : 0;
}
