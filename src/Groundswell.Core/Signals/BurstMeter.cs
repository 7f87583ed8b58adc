namespace Groundswell.Core.Signals;

/// <summary>
/// Tells when more viewers of one network come to one video than people would: the first
/// <see cref="QualificationRules.BurstViews"/> within the window count, the ones after them do not. It counts viewers, not
/// signals, so that a retry takes nobody's place. Holds a bounded number of (network, video) pairs; the oldest are
/// forgotten first.
/// </summary>
public sealed class BurstMeter(QualificationRules rules)
{
    private const int MostPairs = 100_000;
    private readonly Dictionary<(ulong Network, VideoId Video), Window> _windows = [];
    private readonly Queue<(ulong Network, VideoId Video)> _order = new();
    private readonly Lock _gate = new();

    /// <summary>Whether the viewer came after the bound was reached; one who came before it stays within.</summary>
    public bool IsBeyond(ulong network, VideoId video, ViewerId viewer, DateTimeOffset at)
    {
        lock (_gate)
        {
            var key = (network, video);
            if (!_windows.TryGetValue(key, out var window)) Remember(key);
            if (window.Viewers is null || at - window.Since > rules.BurstWithin) _windows[key] = window = new Window(at, []);
            if (window.Viewers.Contains(viewer)) return false;
            if (window.Viewers.Count >= rules.BurstViews) return true;
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
