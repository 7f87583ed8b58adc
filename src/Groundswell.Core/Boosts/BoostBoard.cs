using System.Text.Json.Serialization;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;

namespace Groundswell.Core.Boosts;

/// <summary>All boosts there ever were, in the order in which they were made: a fold over the ledger with one writer. They are a part of their videos' journeys, so none is forgotten.</summary>
public sealed class BoostBoard
{
    private readonly List<Boost> _all;
    private readonly Dictionary<VideoId, int> _latest = [];
    private readonly Dictionary<BoostId, int> _places = [];

    public BoostBoard() : this([])
    {
    }

    [JsonConstructor]
    private BoostBoard(IReadOnlyList<Boost> all)
    {
        _all = [.. all];
        for (var place = 0; place < _all.Count; place++) Place(place);
    }

    public IReadOnlyList<Boost> All => _all;

    public Boost? Find(BoostId id) => _places.TryGetValue(id, out var place) ? _all[place] : null;

    public Boost? LatestOf(VideoId video) => _latest.TryGetValue(video, out var place) ? _all[place] : null;

    /// <returns>Whether it changed a boost.</returns>
    public bool Fold(LedgerEntry entry)
    {
        switch (entry)
        {
            case VideoBoosted boosted:
                _all.Add(Boost.Begin(boosted));
                Place(_all.Count - 1);
                return true;
            case BoostEnded ended when _places.TryGetValue(ended.Boost, out var place):
                _all[place] = _all[place].End(ended);
                return true;
            case PageServed page: return FoldSlots(page);
            case SignalRecorded { Disqualified: null, Change.After.Boosted: true } signal when _latest.TryGetValue(signal.Video, out var place):
                _all[place] = _all[place] with { Seen = _all[place].Seen.Fold(signal) };
                return true;
            default: return false;
        }
    }

    private bool FoldSlots(PageServed page)
    {
        var any = false;
        foreach (var slot in page.Slots)
        {
            if (slot.Source != SlotSource.Boost || !_latest.TryGetValue(slot.Video, out var place)) continue;
            _all[place] = _all[place] with { Served = _all[place].Served + 1 };
            any = true;
        }
        return any;
    }

    private void Place(int place)
    {
        _latest[_all[place].Video] = place;
        _places[_all[place].Id] = place;
    }
}
