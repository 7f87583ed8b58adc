using Groundswell.Cluster.Videos;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Follow;

/// <summary>How often what was folded is saved: the more often, the shorter the tail that a start folds again.</summary>
/// <param name="Every">Default 30 s: at 1,000 entries a second a tail of 30,000, a quarter of a second's work.</param>
/// <param name="Entries">… and sooner after so many entries: however great the load before a crash, the start after it folds no more than some four seconds.</param>
public sealed record SnapshotPace(TimeSpan Every, long Entries = 600_000)
{
    public static SnapshotPace Default { get; } = new(TimeSpan.FromSeconds(30));
}

/// <summary>
/// Keeps this silo's memory in step with the ledger: reads what was committed, folds it into catalogue and statistics,
/// publishes a new shelf, and asks the video grains to judge whatever has come due. It is the only writer of that memory.
/// </summary>
public sealed partial class LedgerFollower(Engine engine, IGrainFactory grains, SnapshotPace pace, ILogger<LedgerFollower> log) : BackgroundService
{
    private const int Chunk = 4096;

    /// <summary>With fewer viewers a week, counting them costs nothing and a minute may bring as many again.</summary>
    private const int SmallAudience = 100;

    private readonly CatalogueSnapshots _snapshots = new(engine);
    private readonly RankerSnapshots _ranker = new(engine);
    private readonly Watermark _watermark = new();
    private readonly DueVideos _due = new();
    private VideoSweep? _sweep;
    private Task _saving = Task.CompletedTask;
    private Task _savingRanker = Task.CompletedTask;
    private DateTimeOffset _countedAt = DateTimeOffset.MinValue;
    private AudienceSize _audience = new(0, 0);

    private VideoSweep Sweeping => _sweep ??= new VideoSweep(engine.Catalogue, AddIfDue);

    /// <summary>Ledger position up to which this silo's memory is folded.</summary>
    public long Position => engine.Catalogue.Watermark;

    /// <summary>Completes when memory holds everything up to a position.</summary>
    public ValueTask CaughtUpAsync(long position, CancellationToken cancellation) => _watermark.ReachesAsync(position, cancellation);

    /// <summary>Completes when memory holds the whole ledger and nothing is left to judge: the end of a simulated step.</summary>
    public async Task QuietAsync(CancellationToken cancellation)
    {
        for (var head = -1L; head != engine.Ledger.Head;)
        {
            head = engine.Ledger.Head;
            await CaughtUpAsync(head, cancellation);
            await _due.DrainedAsync().WaitAsync(cancellation);
        }
    }

    /// <summary>Loads the snapshot and folds the ledger's tail; a feed served before would be empty.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _snapshots.Restore();
        var restored = _ranker.Restore(cancellationToken);
        while (FoldChunk() > 0) cancellationToken.ThrowIfCancellationRequested();
        await RecordRulesAsync(cancellationToken);
        PutInForce();
        WarnOfTeenRules();
        Publish();
        LogStarted(log, engine.Catalogue.Watermark, engine.Catalogue.Videos().Length);
        if (engine.Catalogue.Ranker is { } ranker && restored is not null) LogRanker(log, ranker.Size.Viewers, ranker.Room.Bytes >> 20, restored.Sentence);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Before anything is decided by them, the ledger says which rules these are.</summary>
    private async Task RecordRulesAsync(CancellationToken cancellation)
    {
        if (engine.Catalogue.RulesHistory.Set is [.., { } last] && last.Version == engine.InForce.Version) return;
        await engine.Ledger.AppendAsync([RulesSet.Of(engine.Rules, "start", engine.Now)], cancellation);
        while (FoldChunk() > 0) cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Puts in force what the ledger says is in force, and looks at every video by it.</summary>
    private void FollowRules()
    {
        if (!PutInForce()) return;
        WarnOfTeenRules();
        if (engine.Clock.IsSimulated) Sweep();
        else Sweeping.Begin(engine.Now);
    }

    /// <summary>Puts in force what the ledger says is in force, rules and experiments.</summary>
    /// <returns>Whether it is other than before.</returns>
    private bool PutInForce()
    {
        if (engine.Catalogue.RulesHistory.Set is not [.., { } last]) return false;
        var (before, experiments) = (engine.InForce, engine.Experiments.Current);
        if (last.Version == before.Version && experiments.SequenceEqual(before.Experiments)) return false;
        engine.PutInForce(last.Version == before.Version ? before.Rules : last.Recalled, experiments);
        if (last.Version != before.Version) LogRules(log, last.Version, last.By);
        return true;
    }

    private void WarnOfTeenRules()
    {
        if (engine.Rules.Teens is { AreWeakened: true } teens) LogTeens(log, teens.Profiled, teens.PauseAfter);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (FoldChunk() > 0) cancellationToken.ThrowIfCancellationRequested();
        await EndAsync(_saving);
        await EndAsync(_savingRanker);
        if (_snapshots.Take() is { } moment) await _snapshots.SaveAsync(moment, cancellationToken);
        if (_ranker.Take() is { } model) await _ranker.SaveAsync(model, cancellationToken);
    }

    /// <summary>Looks at every video at once. Runs by itself, some at a time, while the clock is live.</summary>
    public void Sweep() => Sweeping.Whole();

    /// <summary>Two loops that need each other: when one breaks, so does the other, and the host with them, since a memory that stands still must not be served from.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var following = Task.Run(() => FollowAsync(either.Token), either.Token);
        var judging = Task.Run(() => JudgeAsync(either.Token), either.Token);
        await Task.WhenAny(following, judging);
        await either.CancelAsync();
        await Task.WhenAll(following, judging);
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (FoldChunk() > 0)
                {
                    FollowRules();
                    Publish();
                }
                else await WaitForMore(stopping);
                if (!engine.Clock.IsSimulated) Sweeping.WhenTime(engine.Now);
                await SaveWhenDueAsync();
                await SaveRankerWhenDueAsync();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (StoreUnavailableException unavailable)
            {
                LogStoreUnavailable(log, unavailable.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
    }

    /// <summary>Behind the folding.</summary>
    private async Task SaveWhenDueAsync()
    {
        if (!_saving.IsCompleted || !_snapshots.IsDue(pace)) return;
        await EndAsync(_saving);
        if (_snapshots.Take() is { } moment) _saving = Task.Run(() => _snapshots.SaveAsync(moment, CancellationToken.None), CancellationToken.None);
    }

    private async Task SaveRankerWhenDueAsync()
    {
        if (!_savingRanker.IsCompleted || !_ranker.IsDue(pace)) return;
        await EndAsync(_savingRanker);
        if (_ranker.Take() is { } moment) _savingRanker = Task.Run(() => _ranker.SaveAsync(moment, CancellationToken.None), CancellationToken.None);
    }

    /// <summary>Sees how the save behind the folding has ended; one that failed is told, and the next makes it good.</summary>
    private async Task EndAsync(Task saving)
    {
        try
        {
            await saving;
        }
        catch (StoreUnavailableException unavailable)
        {
            LogStoreUnavailable(log, unavailable.Message);
        }
    }

    private async Task JudgeAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var video in _due.TakeAsync(stopping)) await JudgeAsync(video);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server is stopping; whatever is still due will be found due again.
        }
    }

    private async Task JudgeAsync(VideoId video)
    {
        try
        {
            await grains.GetGrain<IVideoGrain>(video.Value).Judge();
        }
        catch (StaleMoveException stale)
        {
            LogNotJudged(log, video, stale.Message);
        }
        catch (StoreUnavailableException unavailable)
        {
            LogNotJudged(log, video, unavailable.Message);
        }
        catch (TimeoutException late)
        {
            // A machine that is too busy for one grain is no reason to end the server: the next sweep finds the video due again.
            LogNotJudged(log, video, late.Message);
        }
    }

    private int FoldChunk()
    {
        var entries = engine.Ledger.Read(engine.Catalogue.Watermark, Chunk);
        if (entries.Count == 0) return 0;
        engine.Catalogue.Fold(entries);
        engine.Statistics.Fold(entries);
        engine.OpenPlays.Fold(entries);
        engine.Experiments.Fold(entries);
        foreach (var video in Touched(entries).Distinct().Select(engine.Catalogue.Video).OfType<VideoState>()) AddIfDue(video);
        return entries.Count;
    }

    private void Publish()
    {
        var now = engine.Now;
        if ((now - _countedAt).Duration() > BetweenCounts)
        {
            _countedAt = now;
            _audience = new AudienceSize(engine.Statistics.WeeklyViewers(now), engine.Statistics.ViewersWithin(TimeSpan.FromMinutes(5), now)) { Strata = engine.Statistics.Strata(now) };
        }
        engine.Catalogue.Publish(_audience, now);
        _watermark.Advance(engine.Catalogue.Watermark);
    }

    /// <summary>Panels are drawn in the image of the audience, and the first viewers of an installation are all of it.</summary>
    private TimeSpan BetweenCounts => _audience.Weekly switch
    {
        0 => TimeSpan.Zero,
        < SmallAudience => TimeSpan.FromSeconds(1),
        _ => TimeSpan.FromMinutes(1),
    };

    private void AddIfDue(VideoState video)
    {
        if (engine.JudgeOf(video).Judge(video, engine.Catalogue.Around(video), engine.Now) is not null) _due.Add(video.Id);
    }

    private static IEnumerable<VideoId> Touched(IReadOnlyList<Recorded> entries) =>
        from recorded in entries
        where recorded.Entry is SignalRecorded { Change.After.Resolved: true } or VideoMoved
        let video = recorded.Entry.OfVideo
        where video is not null
        select video.Value;

    private async Task WaitForMore(CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            await engine.Ledger.WaitPastAsync(engine.Catalogue.Watermark, patience.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Nothing new within a second: time for what the clock alone brings due.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Memory holds {Videos} videos, folded up to ledger position {Position}.")]
    private static partial void LogStarted(ILogger logger, long position, int videos);

    [LoggerMessage(Level = LogLevel.Information, Message = "The learned model is made for {Viewers} viewers and as many videos, up to {Megabytes} MB. {How}")]
    private static partial void LogRanker(ILogger logger, int viewers, long megabytes, string how);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Version} are in force, set by {By}.")]
    private static partial void LogRules(ILogger logger, string version, string by);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The rules for viewers under 18 protect them less than those shipped: profiled before they ask for it is {Profiled}, a pause is offered after {PauseAfter}.")]
    private static partial void LogTeens(ILogger logger, bool profiled, TimeSpan pauseAfter);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is unavailable; trying again: {Problem}")]
    private static partial void LogStoreUnavailable(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Video} was not judged this time: {Problem}")]
    private static partial void LogNotJudged(ILogger logger, VideoId video, string problem);
}
