using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>One video's place in memory: its latest state, replaced as a whole, so that a feed reads a consistent one without a lock.</summary>
public sealed class VideoCell(VideoState state)
{
    /// <summary>A slot served longer ago than this will hardly become an impression any more.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private volatile VideoState _state = state;
    private int _served;
    private int _impressionsThen;
    private DateTimeOffset _since = DateTimeOffset.MinValue;

    public VideoState State => _state;

    /// <summary>Impressions that slots served in the last minutes may still bring.</summary>
    public int InFlight(DateTimeOffset now)
    {
        lock (_gate)
            return now - _since > OnTheWay ? 0 : Math.Max(0, _served - (_state.Evidence.Totals.Impressions - _impressionsThen));
    }

    /// <summary>Called by the catalogue's one writer.</summary>
    internal void Replace(VideoState state) => _state = state;

    /// <summary>Counts a slot the moment a page holds it, so that many pages at once do not overrun a batch.</summary>
    internal void CountServed(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (now - _since > OnTheWay) (_since, _served, _impressionsThen) = (now, 0, _state.Evidence.Totals.Impressions);
            _served++;
        }
    }
}
