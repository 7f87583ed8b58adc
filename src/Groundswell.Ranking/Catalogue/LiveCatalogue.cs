using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Creators;
using Groundswell.Core.Duplicates;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// Every video, creator and trend in memory: a fold over the ledger with one writer (the follower) and any number of
/// readers that never wait for it.
/// </summary>
public sealed class LiveCatalogue(Rules rules, int genres)
{
    private static readonly TimeSpan ShelfLife = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LiftLife = TimeSpan.FromSeconds(1);

    // Read for every signal while the follower folds: a lock would make all viewers wait for it.
    private readonly ConcurrentDictionary<VideoId, VideoCell> _videos = [];
    private readonly ConcurrentDictionary<CreatorId, CreatorState> _creators = [];
    private readonly Dictionary<string, Trend> _trends = [];
    private readonly Lock _gate = new();
    private FrozenDictionary<string, double> _lifts = FrozenDictionary<string, double>.Empty;
    private bool _shelfIsStale = true;
    private DateTimeOffset _shelfMadeAt = DateTimeOffset.MinValue;
    private DateTimeOffset _liftsMadeAt = DateTimeOffset.MinValue;
    private volatile Shelf _shelf = Shelf.Empty;
    private volatile RateTable _rates = RateTable.From([], rules.Points);
    private volatile Peers _peers = Peers.None;
    private volatile CohortMap _cohorts = CohortMap.Empty;
    private volatile AudienceSize _audience = new(0, 0);

    /// <summary>Ledger position up to which everything here is folded.</summary>
    public long Watermark { get; private set; }

    public Shelf Shelf => _shelf;
    public RateTable Rates => _rates;
    public Peers Peers => _peers;
    public AudienceSize Audience => _audience;

    /// <summary>The clusters of like taste in force.</summary>
    public CohortMap Cohorts => _cohorts;

    public VideoState? Video(VideoId id) => _videos.GetValueOrDefault(id)?.State;

    public CreatorState? Creator(CreatorId id) => _creators.GetValueOrDefault(id);

    public ImmutableArray<VideoState> Videos() => [.. _videos.Select(pair => pair.Value.State)];

    public ImmutableArray<CreatorState> Creators() => [.. _creators.Select(pair => pair.Value)];

    public ImmutableArray<Trend> Trends()
    {
        lock (_gate) return [.. _trends.Values];
    }

    /// <summary>Whether any hashtag is rising.</summary>
    public bool HasTrends => Volatile.Read(ref _lifts).Count > 0;

    /// <summary>Highest lift of any of the video's hashtags; 1 without a trend.</summary>
    public double Lift(VideoState video)
    {
        var lifts = Volatile.Read(ref _lifts);
        var lift = 1.0;
        if (lifts.Count == 0) return lift;
        foreach (var tag in video.Hashtags)
            if (lifts.TryGetValue(tag, out var of) && of > lift) lift = of;
        return lift;
    }

    /// <summary>What a verdict on a video depends on besides the video.</summary>
    public Surroundings Around(VideoState video) => new(
        Creator(video.Creator) ?? CreatorState.New(video.Creator, video.CreatorName), Peers, Audience.Weekly, Lift(video));

    /// <summary>Fingerprints of everything a new upload may be a duplicate of: whatever has passed the check itself.</summary>
    public ImmutableArray<KnownVideo> Fingerprints(VideoId except)
    {
        lock (_gate)
            return
            [
                .. from cell in _videos.Values
                   let state = cell.State
                   let analysis = state.Analysis
                   where state.Id != except && state.Stage.IsPublic() && analysis is not null
                   orderby state.UploadedAt, state.Id.Value
                   select new KnownVideo(state.Id, analysis.Fingerprint, state.DurationMs),
            ];
    }

    /// <summary>Sets the states of a snapshot; only before the first <see cref="Fold"/>.</summary>
    public void Restore(IEnumerable<VideoState> videos, IEnumerable<CreatorState> creators, IEnumerable<Trend> trends, Peers peers, CohortMap cohorts, long watermark)
    {
        lock (_gate)
        {
            foreach (var video in videos) _videos[video.Id] = new VideoCell(video);
            foreach (var creator in creators) _creators[creator.Id] = creator;
            foreach (var trend in trends) _trends[trend.Tag] = trend;
            _peers = peers;
            _cohorts = cohorts;
            Watermark = watermark;
            _shelfIsStale = true;
        }
    }

    /// <summary>Folds entries in, in ledger order. Entries at or before <see cref="Watermark"/> change nothing.</summary>
    public void Fold(IReadOnlyList<Recorded> entries)
    {
        lock (_gate)
        {
            foreach (var (position, entry) in entries)
            {
                if (position <= Watermark) continue;
                FoldVideo(position, entry);
                FoldCreator(entry);
                FoldTrends(entry);
                FoldCohorts(entry);
                Watermark = position;
            }
        }
    }

    /// <summary>Refreshes what readers see after a run of folds: shelf, rates, lifts and the size of the audience.</summary>
    public void Publish(AudienceSize audience, DateTimeOffset now)
    {
        _audience = audience;
        lock (_gate)
        {
            if ((now - _liftsMadeAt).Duration() >= LiftLife) PublishLifts(now);
            // Rates and qualities drift with every view; they are looked at again now and then, the set of videos at once.
            if (!_shelfIsStale && (now - _shelfMadeAt).Duration() < ShelfLife) return;
            (_shelfIsStale, _shelfMadeAt) = (false, now);
            var cells = _videos.Values.Where(cell => cell.State.Stage.IsServable()).OrderBy(cell => cell.State.Id.Value).ToArray();
            _shelf = new Shelf(cells, genres, _videos.Where(pair => pair.Value.State.Stage.IsPublic()).ToFrozenDictionary(), _cohorts);
            _rates = RateTable.From(_videos.Values.Select(cell => cell.State), rules.Points);
        }
    }

    private void PublishLifts(DateTimeOffset now)
    {
        _liftsMadeAt = now;
        Volatile.Write(ref _lifts, _trends.Values
            .Select(trend => (trend.Tag, Lift: trend.Lift(now, rules.Trends)))
            .Where(pair => pair.Lift > 1)
            .ToFrozenDictionary(pair => pair.Tag, pair => pair.Lift));
    }

    /// <summary>Counts the slots of a page at once, before its entry is in the ledger.</summary>
    public void CountServed(IEnumerable<VideoId> videos, DateTimeOffset now)
    {
        var shelf = _shelf;
        foreach (var video in videos)
            if (shelf.All.TryGetValue(video, out var cell)) cell.CountServed(now);
    }

    /// <summary>The same, and for whom they were: panels are kept by cohort.</summary>
    public void CountServed(IEnumerable<Slot> slots, DateTimeOffset now)
    {
        var shelf = _shelf;
        foreach (var slot in slots)
            if (shelf.All.TryGetValue(slot.Video, out var cell)) cell.CountServed(now, slot);
    }

    private void FoldVideo(long position, LedgerEntry entry)
    {
        if (entry.OfVideo is not { } id) return;
        if (entry is VideoUploaded uploaded)
        {
            _videos[id] = new VideoCell(VideoState.From(position, uploaded));
            return;
        }
        if (!_videos.TryGetValue(id, out var cell)) return;
        var before = cell.State;
        var after = before.Fold(position, entry);
        cell.Replace(after);
        if (entry is not VideoMoved moved) return;
        _shelfIsStale |= moved.From != moved.To;
        if (moved.From == VideoStage.Testing && moved.Reason.Numbers.TryGetValue("score", out var score))
            _peers = _peers.Add(new PeerScore(id, after.Bucket, score, Variance(after.Evidence.Totals)), rules.Gate);
    }

    private void FoldCreator(LedgerEntry entry)
    {
        if (entry.OfCreator is not { } id) return;
        if (entry is not (VideoUploaded or CreatorSeen or VideoMoved or SignalRecorded { Type: SignalType.Follow or SignalType.Unfollow })) return;
        var name = entry switch { VideoUploaded uploaded => uploaded.CreatorName, CreatorSeen seen => seen.Name, _ => "" };
        _creators[id] = (_creators.GetValueOrDefault(id) ?? CreatorState.New(id, name)).Fold(entry);
    }

    private void FoldCohorts(LedgerEntry entry)
    {
        if (entry is not CohortsDrawn drawn) return;
        _cohorts = _cohorts.Fold(drawn);
        _shelfIsStale = true;
    }

    private void FoldTrends(LedgerEntry entry)
    {
        if (entry is not SignalRecorded { Disqualified: null, Change.WatchedNow: true } signal) return;
        if (!_videos.TryGetValue(signal.Video, out var cell)) return;
        foreach (var tag in cell.State.Hashtags)
            _trends[tag] = _trends.GetValueOrDefault(tag, Trend.New(tag, signal.EventTime))
                .Watched(signal.Viewer, signal.Creator, signal.EventTime, rules.Trends);
    }

    private static double Variance(EvidenceTotals totals) =>
        totals.Views == 0 ? 0 : Math.Max(0, (totals.SquaredPoints / totals.Views) - (totals.MeanPoints * totals.MeanPoints));
}

/// <param name="Weekly">Distinct viewers of the last seven days.</param>
/// <param name="Now">Distinct viewers of the last five minutes.</param>
public sealed record AudienceSize(int Weekly, int Now)
{
    /// <summary>Those of the last seven days by cohort; none while that is not known.</summary>
    public Strata Strata { get; init; } = Strata.None;
}
