using Groundswell.Core.Chances;

namespace Groundswell.Core.Audience;

/// <summary>
/// The tastes of recent viewers, from which clusters are drawn: one for each viewer, however often they come, and where they
/// are too many those with the lowest keyed lots, which is a uniform sample of distinct viewers in whatever order and how
/// often they came (a bottom-k sample; Cohen and Kaplan, 2007). Safe for concurrent use.
/// </summary>
/// <param name="rules">Those in force at the moment.</param>
public sealed class TasteSample(Func<CohortRules> rules, Chance chance)
{
    public TasteSample(CohortRules rules, Chance chance) : this(() => rules, chance)
    {
    }

    private readonly Lock _gate = new();
    private readonly Dictionary<ViewerId, (float[] Taste, DateTimeOffset At)> _tastes = [];
    private readonly SortedSet<(ulong Lot, long Viewer)> _lots = [];

    public int Count
    {
        get { lock (_gate) return _tastes.Count; }
    }

    /// <summary>Notes a viewer's present taste in the place of their last one; an undecided one (empty) forgets them.</summary>
    /// <param name="taste">A <see cref="TastePoint"/>; it must not change afterwards.</param>
    public void Note(ViewerId viewer, float[] taste, DateTimeOffset at)
    {
        var lot = LotOf(viewer);
        lock (_gate)
        {
            if (taste.Length == 0)
            {
                if (_tastes.Remove(viewer)) _lots.Remove(lot);
                return;
            }
            if (!_tastes.ContainsKey(viewer))
            {
                var most = rules().SampledViewers;
                while (_tastes.Count > most) ForgetHighest();
                if (_tastes.Count == most)
                {
                    if (lot.CompareTo(_lots.Max) >= 0) return;
                    ForgetHighest();
                }
                _lots.Add(lot);
            }
            _tastes[viewer] = (taste, at);
        }
    }

    /// <summary>A viewer who has their taste forgotten or lets it be used no more is in no sample either.</summary>
    public void Forget(ViewerId viewer) => Note(viewer, [], default);

    /// <summary>The tastes of viewers seen lately, in an order that does not depend on when they came; older ones are let go.</summary>
    public IReadOnlyList<float[]> Tastes(DateTimeOffset now)
    {
        lock (_gate)
        {
            var longest = rules().SampledFor;
            foreach (var viewer in _tastes.Where(pair => now - pair.Value.At > longest).Select(pair => pair.Key).ToArray())
            {
                _tastes.Remove(viewer);
                _lots.Remove(LotOf(viewer));
            }
            return [.. _lots.Select(lot => _tastes[new ViewerId(lot.Viewer)].Taste)];
        }
    }

    private void ForgetHighest()
    {
        var highest = _lots.Max;
        _lots.Remove(highest);
        _tastes.Remove(new ViewerId(highest.Viewer));
    }

    private (ulong Lot, long Viewer) LotOf(ViewerId viewer) => (chance.For("sample").For(viewer.Value).Bits(), viewer.Value);
}
