using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Boosts;
using Groundswell.Core.Challenges;
using Groundswell.Core.Creators;
using Groundswell.Core.Duplicates;
using Groundswell.Core.Ledger;
using Groundswell.Core.RuleBook;
using Groundswell.Core.Signals;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Learning;
using Groundswell.Ranking.Ranker;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// Every video, creator, trend, challenge and boost in memory: a fold over the ledger with one writer (the follower) and any number of
/// readers that never wait for it.
/// </summary>
/// <param name="rules">The rules to fold by until the ledger says which are in force.</param>
/// <param name="drift">How far rates and standing may lag behind the views of a large catalogue; 20 s unless told, and more where there are over 200,000 videos. The order of tests lags a twentieth of it.</param>
/// <param name="learns">How much its ranker may remember; null where no pages are ranked, only entries folded.</param>
public sealed class LiveCatalogue(Rules rules, int genres, TimeSpan? drift = null, ModelSize? learns = null)
{
    private static readonly TimeSpan ShortDrift = TimeSpan.FromSeconds(20);

    /// <summary>With fewer videos, looking at them anew costs next to nothing and is done whenever they change.</summary>
    private const int SmallCatalogue = 500;

    /// <summary>Videos looked at for the standing before readers are served what has changed: a tenth of a second's work at most.</summary>
    private const int LookedAtOnce = 20_000;

    /// <summary>A look at a video takes some two microseconds: with so much time for each, looking takes a fiftieth of a core, however many there are.</summary>
    private static readonly TimeSpan DriftAVideo = TimeSpan.FromMicroseconds(100);

    private readonly ShelfWriter _shelves = new(genres);
    // Read for every signal while the follower folds: a lock would make all viewers wait for it.
    private readonly ConcurrentDictionary<CreatorId, CreatorState> _creators = [];
    private readonly Lock _gate = new();
    private readonly Rules _first = rules;

    // Those in force at the watermark. Written by the follower, under the lock.
    private Rules _rules = rules;
    private readonly RateTable.Counts _rateCounts = new();
    private readonly HashSet<VideoCell> _changed = [];
    private volatile Shelf _shelf = Shelf.Empty;
    private Standing _standing = Standing.Nothing;
    private Standing.Sketch? _sketch;
    private bool _standingIsStale = true;
    private DateTimeOffset _standingAsOf = DateTimeOffset.MinValue;
    private volatile RateTable _rates = new RateTable.Counts().Made(rules.Points);
    private volatile RulesHistory _history = RulesHistory.None;
    private volatile CohortMap _cohorts = CohortMap.Empty;
    private volatile AudienceSize _audience = new(0, 0);
    private volatile ChallengeBoard _challenges = ChallengeBoard.Empty;

    /// <summary>Ledger position up to which everything here is folded.</summary>
    public long Watermark { get; private set; }

    public Shelf Shelf => _shelf;
    public RateTable Rates => _rates;
    public LiveTests Tests { get; } = new(rules, (drift ?? ShortDrift) / 20);
    public AudienceSize Audience => _audience;
    public LiveTrends Trends { get; } = new(rules.Trends);
    public LiveBoosts Boosts { get; } = new();
    public ChallengeBoard Challenges => _challenges;

    /// <summary>The learned ranker; null where none learns.</summary>
    public LiveRanker? Ranker { get; } = learns is null ? null : new LiveRanker(learns);

    private ConcurrentDictionary<VideoId, VideoCell> Cells => _shelves.Videos;

    /// <summary>Which rules were in force when.</summary>
    public RulesHistory RulesHistory => _history;

    /// <summary>The rules that an entry at a position is folded by; of positions up to <see cref="Watermark"/> that is known for good.</summary>
    public Rules RulesAt(long position) => _history.At(position)?.Recalled ?? _first;

    /// <summary>The clusters of like taste in force.</summary>
    public CohortMap Cohorts => _cohorts;

    public VideoState? Video(VideoId id) => Cells.GetValueOrDefault(id)?.State;

    public CreatorState? Creator(CreatorId id) => _creators.GetValueOrDefault(id);

    public ImmutableArray<VideoState> Videos() => [.. InTurn()];

    /// <summary>Every video as it is when its turn comes.</summary>
    public IEnumerable<VideoState> InTurn() => Cells.Select(pair => pair.Value.State);

    /// <summary>The videos that have changed after a position. The writer's.</summary>
    /// <param name="position">Never less than it was before.</param>
    public ImmutableArray<VideoState> ChangedSince(long position)
    {
        _changed.RemoveWhere(cell => cell.State.Position <= position);
        return [.. _changed.Select(cell => cell.State)];
    }

    public ImmutableArray<CreatorState> Creators() => [.. _creators.Select(pair => pair.Value)];

    /// <summary>What a verdict on a video depends on besides the video.</summary>
    public Surroundings Around(VideoState video) => new(
        Creator(video.Creator) ?? CreatorState.New(video.Creator, video.CreatorName), Tests.PeersOf(video), Audience.Weekly, Trends.LiftAnywhere(video), Watermark) { Cohorts = Cohorts };

    /// <summary>Fingerprints of everything a new upload may be a duplicate of: whatever has passed the check itself.</summary>
    public ImmutableArray<KnownVideo> Fingerprints(VideoId except)
    {
        lock (_gate)
            return
            [
                .. from cell in Cells.Values
                   let state = cell.State
                   let analysis = state.Analysis
                   where state.Id != except && state.Stage.IsPublic() && analysis is not null
                   orderby state.UploadedAt, state.Id.Value
                   select new KnownVideo(state.Id, analysis.Fingerprint, state.DurationMs),
            ];
    }

    /// <summary>A video with its surroundings, all of one moment: what a verdict that can be made again is made on. Waits for a fold that is under way.</summary>
    /// <returns>Null where there is no such video.</returns>
    public (VideoState Video, Surroundings Around)? Look(VideoId id)
    {
        lock (_gate) return Video(id) is { } video ? (video, Around(video)) : null;
    }

    /// <summary>Sets the history of a snapshot, before <see cref="Restore"/>.</summary>
    public void Remember(RulesHistory history)
    {
        lock (_gate)
        {
            _history = history;
            if (history.Set is not [.., { } last]) return;
            _rules = last.Recalled;
            Trends.Use(_rules.Trends);
        }
    }

    /// <summary>Sets the states of a snapshot; only before the first <see cref="Fold"/>.</summary>
    public void Restore(IEnumerable<VideoState> videos, IEnumerable<CreatorState> creators, Programme programme, Peers peers, CohortMap cohorts, long watermark)
    {
        Trends.Restore(programme.Trends);
        Boosts.Restore(programme.Boosts);
        lock (_gate)
        {
            foreach (var video in videos) Add(video);
            foreach (var creator in creators) _creators[creator.Id] = creator;
            Tests.Restore(Cells.Values, peers, _rules);
            _challenges = programme.Challenges;
            _cohorts = cohorts;
            Watermark = watermark;
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
                FoldProgramme(entry);
                if (entry is RulesSet set) FoldRules(position, set);
                FoldCohorts(entry);
                Ranker?.Fold(position, entry, Video);
                Watermark = position;
            }
        }
    }

    /// <summary>Lets the ranker alone catch up with entries that the rest holds already: it is saved less often.</summary>
    public void Teach(IReadOnlyList<Recorded> entries)
    {
        lock (_gate)
            foreach (var (position, entry) in entries) Ranker?.Fold(position, entry, Video);
    }

    /// <summary>Refreshes what readers see after a run of folds: shelf, rates, lifts and the size of the audience.</summary>
    public void Publish(AudienceSize audience, DateTimeOffset now)
    {
        _audience = audience;
        lock (_gate)
        {
            Ranker?.Publish();
            var rises = Trends.Publish(_challenges, now);
            Tests.Publish(Around, audience.Weekly, now);
            var moved = _shelves.IsStale;
            if (moved) _shelves.Place();
            // Rates, qualities and standing drift with every view; they are looked at again now and then, the set of videos at once.
            var drifted = (now - _standingAsOf).Duration() >= Drift;
            if (_standingIsStale || (drifted && _sketch is null) || ((moved || rises) && _shelf.PastTheirTest < SmallCatalogue)) BeginStanding(now);
            if (FinishStanding() || moved) _shelf = _shelves.Make(_standing);
        }
    }

    private TimeSpan Drift => drift ?? TimeSpan.FromTicks(Math.Max(ShortDrift.Ticks, DriftAVideo.Ticks * _shelf.PastTheirTest));

    private void BeginStanding(DateTimeOffset now)
    {
        (_standingIsStale, _standingAsOf) = (false, now);
        _shelves.Reassess();
        _rates = _rateCounts.Made(_rules.Points);
        var shelf = _shelves.Make(_standing);
        var (open, widening) = (shelf.In(VideoStage.Open), shelf.In(VideoStage.Widening));
        _sketch = new Standing.Sketch(open, widening, _cohorts, Tests, Trends, _rules) { Openings = Openings.InOrder(widening, Around, _rules, now) };
    }

    /// <returns>Whether there is another standing than before.</returns>
    private bool FinishStanding()
    {
        // Whoever has none yet waits for the first.
        if (_sketch is not { } sketch || !sketch.Look(_standing == Standing.Nothing ? int.MaxValue : LookedAtOnce)) return false;
        (_standing, _sketch) = (sketch.Made(), null);
        return true;
    }

    /// <summary>Counts the slots of a page at once, and for whom they were, before its entry is in the ledger.</summary>
    public void CountServed(IEnumerable<Slot> slots, DateTimeOffset now)
    {
        foreach (var slot in slots)
            if (Cells.TryGetValue(slot.Video, out var cell)) cell.CountServed(now, slot);
    }

    /// <summary>Whatever is folded from here on is folded by these rules, whenever it is: so a rebuild comes out equal after any change.</summary>
    private void FoldRules(long position, RulesSet set)
    {
        _history = _history.Fold(position, set);
        _rules = _history.Set[^1].Recalled;
        Trends.Use(_rules.Trends);
        Tests.Use(_rules);
        _standingIsStale = true;
    }

    private void FoldVideo(long position, LedgerEntry entry)
    {
        if (entry.OfVideo is not { } id) return;
        if (entry is VideoUploaded uploaded)
        {
            Add(VideoState.From(position, uploaded));
            return;
        }
        if (!Cells.TryGetValue(id, out var cell)) return;
        var before = cell.State;
        cell.Replace(before.Fold(position, entry));
        _changed.Add(cell);
        if (entry is VideoAgeMarked || (entry is VideoMoved moved && moved.From != moved.To)) _shelves.Moved(cell);
        if (!ReferenceEquals(before.Evidence, cell.State.Evidence))
        {
            _rateCounts.Move(before.Bucket, before.Evidence, cell.State.Evidence);
            _shelves.Watched(cell);
        }
        Tests.Fold(cell, before, entry);
    }

    private void Add(VideoState video)
    {
        var cell = new VideoCell(video);
        _rateCounts.Move(video.Bucket, Evidence.None, video.Evidence);
        _shelves.Add(cell);
        _changed.Add(cell);
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
        _standingIsStale = true;
    }

    private void FoldProgramme(LedgerEntry entry)
    {
        if (entry is ChallengeOpened or ChallengeEdited or ChallengeClosed) _challenges = _challenges.Fold(entry);
        Boosts.Fold(entry);
        if (entry is RegionShared shared) Trends.Fold(shared);
        if (entry is SignalRecorded signal && Cells.TryGetValue(signal.Video, out var cell)) Trends.Fold(signal, cell.State, _challenges);
    }
}

/// <summary>What operators and the audience as a whole put on: trends, challenges, boosts.</summary>
public sealed record Programme(TrendBoard Trends, ChallengeBoard Challenges, BoostBoard Boosts);

/// <param name="Weekly">Distinct viewers of the last seven days.</param>
/// <param name="Now">Distinct viewers of the last five minutes.</param>
public sealed record AudienceSize(int Weekly, int Now)
{
    /// <summary>Those of the last seven days by cohort; none while that is not known.</summary>
    public Strata Strata { get; init; } = Strata.None;
}
