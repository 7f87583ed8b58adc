using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Retrieval;

namespace Groundswell.Ranking.Catalogue;

/// <summary>One video's place in memory: its latest state, replaced as a whole, so that a feed reads a consistent one without a lock.</summary>
public sealed class VideoCell(VideoState state) : Placed
{
    /// <summary>A slot served longer ago than this will hardly become an impression any more.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private volatile VideoState _state = state;
    private Dictionary<int, int>? _servedByCohort;
    private int _served, _servedToFollowers;
    private VideoState _then = state;
    private DateTimeOffset _since = DateTimeOffset.MinValue;

    public VideoState State => _state;

    // Never changed by what is folded into the state, and read where a look into it would cost a cache miss.
    public VideoId Id { get; } = state.Id;
    public DateTimeOffset UploadedAt { get; } = state.UploadedAt;

    /// <summary>The list that it lies in; null where it is not served. The catalogue's writer's.</summary>
    internal VideoStage? ShelvedIn { get; set; }

    /// <summary>Whether it lies among the open videos for adults alone. The catalogue's writer's.</summary>
    internal bool ShelvedForAdults { get; set; }

    /// <summary>Impressions that slots served in the last minutes may still bring.</summary>
    public int InFlight(DateTimeOffset now)
    {
        lock (_gate) return Left(now, _served, _state.Evidence.Totals.Impressions - _then.Evidence.Totals.Impressions);
    }

    /// <summary>Whether these are no more than so many: asked of hundreds for every page, and nearly always answered by what was served at all.</summary>
    public bool HasInFlightAtMost(int most, DateTimeOffset now) => Volatile.Read(ref _served) <= most || InFlight(now) <= most;

    /// <summary>Of these, a cohort's; counted while the video is on trial.</summary>
    public int InFlight(Cohort cohort, DateTimeOffset now)
    {
        lock (_gate)
        {
            var before = _then.TestedAt == _state.TestedAt ? _then.Panel.GetValueOrDefault(cohort.Number) : 0;
            return Left(now, _servedByCohort?.GetValueOrDefault(cohort.Number) ?? 0, _state.Panel.GetValueOrDefault(cohort.Number) - before);
        }
    }

    /// <summary>Of these, those of the creator's followers.</summary>
    public int InFlightToFollowers(DateTimeOffset now)
    {
        lock (_gate) return Left(now, _servedToFollowers, _state.Evidence.FollowerViews - _then.Evidence.FollowerViews);
    }

    /// <summary>Called by the catalogue's one writer.</summary>
    internal void Replace(VideoState state) => _state = state;

    /// <summary>Counts a slot the moment a page holds it, so that many pages at once do not overrun a batch.</summary>
    internal void CountServed(DateTimeOffset now, Slot slot)
    {
        lock (_gate)
        {
            if (now - _since > OnTheWay) (_since, _served, _servedToFollowers, _then, _servedByCohort) = (now, 0, 0, _state, null);
            _served++;
            if (_state.Stage is not (VideoStage.Testing or VideoStage.Reviving)) return;
            _servedByCohort ??= [];
            _servedByCohort[slot.Cohort.Number] = _servedByCohort.GetValueOrDefault(slot.Cohort.Number) + 1;
            if (slot.FollowsCreator) _servedToFollowers++;
        }
    }

    private int Left(DateTimeOffset now, int served, int seenSince) => now - _since > OnTheWay ? 0 : Math.Max(0, served - seenSince);
}
