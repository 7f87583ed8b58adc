namespace Groundswell.Core.Signals;

/// <summary>
/// Counts viewers, not signals, of one network on one video within a window, so that a retry takes nobody's place. Holds a
/// bounded number of (network, video) pairs; the oldest are forgotten first. Safe for concurrent use.
/// </summary>
internal sealed class CrowdMeter
{
    private const int MostPairs = 100_000;
    private readonly Dictionary<(ulong Network, VideoId Video), Window> _windows = [];
    private readonly Queue<(ulong Network, VideoId Video)> _order = new();
    private readonly Lock _gate = new();

    public bool IsBeyond(ulong network, VideoId video, ViewerId viewer, DateTimeOffset at, int most, TimeSpan within)
    {
        lock (_gate)
        {
            var key = (network, video);
            if (!_windows.TryGetValue(key, out var window)) Remember(key);
            if (window.Viewers is null || at - window.Since > within) _windows[key] = window = new Window(at, []);
            if (window.Viewers.Contains(viewer)) return false;
            if (window.Viewers.Count >= most) return true;
            window.Viewers.Add(viewer);
            return false;
        }
    }

    private void Remember((ulong, VideoId) key)
    {
        _order.Enqueue(key);
        if (_order.Count > MostPairs) _windows.Remove(_order.Dequeue());
    }

    /// <param name="Viewers">Those within the bound: so few that looking through them is quick.</param>
    private readonly record struct Window(DateTimeOffset Since, List<ViewerId> Viewers);
}
