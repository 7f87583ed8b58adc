namespace Groundswell.Core.Signals;

/// <summary>
/// Tells when one network reacts to one video more often than people would: a sliding count of first impressions by
/// (network, video). Holds a bounded number of pairs; the oldest are forgotten first.
/// </summary>
public sealed class BurstMeter(QualificationRules rules)
{
    private const int MostPairs = 100_000;
    private readonly Dictionary<(ulong Network, VideoId Video), Window> _windows = [];
    private readonly Queue<(ulong Network, VideoId Video)> _order = new();
    private readonly Lock _gate = new();

    /// <summary>Counts an impression and tells whether the network is beyond the bound for this video now.</summary>
    public bool Counts(ulong network, VideoId video, DateTimeOffset at)
    {
        lock (_gate)
        {
            var key = (network, video);
            if (!_windows.TryGetValue(key, out var window) || at - window.Since > rules.BurstWithin)
            {
                if (window.Count == 0) Remember(key);
                window = new Window(at, 0);
            }
            _windows[key] = window with { Count = window.Count + 1 };
            return window.Count + 1 > rules.BurstViews;
        }
    }

    /// <summary>Whether the network is beyond the bound for this video now, without counting.</summary>
    public bool IsOver(ulong network, VideoId video, DateTimeOffset at)
    {
        lock (_gate)
            return _windows.TryGetValue((network, video), out var window) && at - window.Since <= rules.BurstWithin && window.Count > rules.BurstViews;
    }

    private void Remember((ulong, VideoId) key)
    {
        _order.Enqueue(key);
        if (_order.Count > MostPairs) _windows.Remove(_order.Dequeue());
    }

    private readonly record struct Window(DateTimeOffset Since, int Count);
}
