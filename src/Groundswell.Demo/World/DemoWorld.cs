using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Cluster.Audience;
using Groundswell.Cluster.Challenges;
using Groundswell.Cluster.Creators;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Videos;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Videos;
using Groundswell.Demo.Clips;
using Groundswell.Demo.People;
using Groundswell.Media.Ffmpeg;
using Microsoft.Extensions.Logging;

namespace Groundswell.Demo.World;

/// <summary>Where the demo keeps clips while they are rendered, and whose clips it takes as well.</summary>
public sealed record DemoFolders(string Scratch, string? OwnClips);

/// <summary>
/// The living demo: at the first start it lives through simulated days by the real rules, then it goes on in real time.
/// Everything it does goes through the API or the grains; it decides nothing that the engine should decide.
/// </summary>
public sealed partial class DemoWorld
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromHours(6);
    private const int RenderedAtOnce = 2;
    private const int SessionsAtOnce = 16;

    private readonly Engine _engine;
    private readonly IGrainFactory _grains;
    private readonly LedgerFollower _follower;
    private readonly DemoStudio _studio;
    private readonly DemoPace _pace;
    private readonly ClipShelf _shelf;
    private readonly AudienceSession _sessions;
    private readonly Chance _chance;
    private readonly ImmutableArray<SyntheticViewer> _viewers;
    private readonly ILogger<DemoWorld> _log;

    public DemoWorld(
        Engine engine, IGrainFactory grains, LedgerFollower follower, DemoStudio studio, FfmpegTool ffmpeg, DemoFolders folders, DemoPace pace, ulong seed,
        ILogger<DemoWorld> log)
    {
        (_engine, _grains, _follower, _studio, _pace, _log) = (engine, grains, follower, studio, pace, log);
        _chance = new Chance(seed).For("demo");
        var recipes = InOrder(ClipRecipes.All(seed));
        _shelf = new ClipShelf(ffmpeg, folders.Scratch, recipes, folders.OwnClips);
        _sessions = new AudienceSession(engine, grains, new HiddenQualities(recipes, _chance), _chance);
        var firstDay = DateOnly.FromDateTime(engine.Now.UtcDateTime).AddDays(-pace.Days);
        _viewers = Viewers.Crowd(seed, engine.Taxonomy, ClipRecipes.Genres, firstDay, pace.Days, pace.Viewers);
    }

    /// <summary>Whether there is no history yet.</summary>
    public bool IsNew => _engine.Catalogue.Videos().IsEmpty;

    /// <summary>Lives through the first days in simulated time, up to the present.</summary>
    /// <param name="progress">Share that is done, and what is happening, in words.</param>
    public async Task FastForwardAsync(IProgress<(double Share, string Message)> progress, CancellationToken cancellation)
    {
        // Sessions of the last step may run on beyond it, and nothing may be recorded in the future.
        var end = _engine.Now - Step;
        var start = end - TimeSpan.FromDays(_pace.Days);
        _engine.Clock.Simulate(start);
        foreach (var (slug, terms) in DemoChallenges.All(start, end)) await _grains.GetGrain<IChallengesGrain>(0).Open(slug, terms, DemoChallenges.Operator);
        var swept = start;
        await using var clips = _shelf.ClipsAsync(new HashSet<string>(), RenderedAtOnce, cancellation).GetAsyncEnumerator(cancellation);
        var uploaded = 0;
        for (var now = start; now < end; now += Step)
        {
            _engine.Clock.Simulate(now);
            var share = (now - start) / (end - start);
            Report();
            while (uploaded < Due(share) && await clips.MoveNextAsync())
            {
                await UploadAsync(clips.Current, cancellation);
                uploaded++;
                Report();
            }
            if (uploaded > 0) await Settled(cancellation);
            await VisitStudiosAsync(now);
            await WatchAsync(now, cancellation);
            if (now - swept >= BetweenSweeps)
            {
                swept = now;
                _follower.Sweep();
                await _grains.GetGrain<ICohortGrain>(ICohortGrain.Only).DrawWhenDue();
            }
            await _follower.QuietAsync(cancellation);

            // Rendering and converting take most of the time, so the clips count for most of the progress.
            void Report() => progress.Report((
                Math.Min(1, (0.7 * uploaded / _pace.FirstClips) + (0.3 * share)),
                $"Day {(int)(now - start).TotalDays + 1} of {_pace.Days}: {uploaded} clips uploaded, {_engine.Statistics.Views:N0} views so far."));
        }
        _engine.Clock.GoLive();
        LogArrived(_log, _pace.Days, _engine.Catalogue.Videos().Length, _engine.Statistics.Views);
    }

    /// <summary>Goes on in real time until it is stopped: viewers come and go, creators upload what is left.</summary>
    public async Task LiveAsync(CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(UploadTheRestAsync(ended.Token), KeepWatchingAsync(ended.Token));
    }

    /// <summary>One of each genre first, then the flawed ones, so that the first days bring work for reviewers and the duplicate check.</summary>
    private static ImmutableArray<ClipRecipe> InOrder(ImmutableArray<ClipRecipe> recipes)
    {
        const int genres = 12;
        return [.. recipes.Take(genres), .. recipes.Skip(genres).OrderBy(recipe => recipe.Purpose == ClipPurpose.Regular)];
    }

    /// <summary>Clips that should be there after this share of the first days: a third at once, the rest evenly, the last just before the present.</summary>
    private int Due(double share) => (int)Math.Ceiling(_pace.FirstClips * ((1 / 3.0) + (2 / 3.0 * share)));

    private async Task UploadAsync(ReadyClip clip, CancellationToken cancellation)
    {
        try
        {
            await _studio.UploadAsync(clip.Creator, clip.Path, clip.FileName, clip.Caption, clip.Sound, cancellation);
        }
        catch (HttpRequestException refused)
        {
            LogRefused(_log, refused.Message);
        }
        finally
        {
            if (clip.Temporary) File.Delete(clip.Path);
        }
    }

    /// <summary>Simulated time stands still while ffmpeg does its work.</summary>
    private async Task Settled(CancellationToken cancellation)
    {
        while (_engine.Catalogue.Videos().Any(video => video.Stage is VideoStage.Uploaded or VideoStage.Processed or VideoStage.Reviewed))
            await Task.Delay(20, cancellation);
    }

    private async Task VisitStudiosAsync(DateTimeOffset now)
    {
        if (now.Minute >= 30 || now.Hour is not (9 or 19)) return;
        foreach (var creator in _engine.Catalogue.Creators())
            if (_chance.For("visit").For(creator.Id.Value).For(now.ToUnixTimeSeconds()).Hits(0.5))
                await _grains.GetGrain<ICreatorGrain>(creator.Id.Value).Seen(creator.Name);
    }

    private async Task WatchAsync(DateTimeOffset stepFrom, CancellationToken cancellation)
    {
        var day = DateOnly.FromDateTime(stepFrom.UtcDateTime);
        var starting =
            from viewer in _viewers
            from offset in SessionPlan.For(viewer, day, _chance).Starts
            let start = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) + offset
            where start >= stepFrom && start < stepFrom + Step
            select (viewer, start);
        await Parallel.ForEachAsync(
            starting, new ParallelOptions { MaxDegreeOfParallelism = SessionsAtOnce, CancellationToken = cancellation },
            async (session, _) => await _sessions.LiveAsync(session.viewer, IdOf(session.viewer), session.start, _ => Task.CompletedTask));
    }

    private async Task UploadTheRestAsync(CancellationToken cancellation)
    {
        var known = _engine.Catalogue.Videos().Select(video => video.FileName).ToHashSet();
        try
        {
            await foreach (var clip in _shelf.ClipsAsync(known, 1, cancellation))
            {
                await UploadAsync(clip, cancellation);
                await Task.Delay(TimeSpan.FromSeconds(_pace.SecondsBetweenUploads), cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    private async Task KeepWatchingAsync(CancellationToken cancellation)
    {
        var watching = new HashSet<Task>();
        try
        {
            for (var arrival = 0L; !cancellation.IsCancellationRequested; arrival++)
            {
                var key = _chance.For("arrival").For(_engine.Now.ToUnixTimeMilliseconds());
                await Task.Delay(TimeSpan.FromSeconds(key.For("gap").Exponential(_pace.SecondsBetweenSessions)), cancellation);
                var (viewer, id) = Arrives(key);
                watching.Add(_sessions.LiveAsync(viewer, id, _engine.Now, at => Wait(at, cancellation)));
                foreach (var done in watching.Where(task => task.IsCompleted).ToArray())
                {
                    watching.Remove(done);
                    await done;
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    /// <summary>One of the known viewers, or somebody new with a taste like one of theirs.</summary>
    private (SyntheticViewer Viewer, ViewerId Id) Arrives(Chance key)
    {
        var viewer = _viewers[key.For("who").Below(_viewers.Length)];
        return key.For("new").Hits(0.25) ? (viewer, new ViewerId((long)(key.For("id").Bits() >> 1))) : (viewer, IdOf(viewer));
    }

    private Task Wait(DateTimeOffset until, CancellationToken cancellation)
    {
        var left = until - _engine.Now;
        return left > TimeSpan.Zero ? Task.Delay(left, cancellation) : Task.CompletedTask;
    }

    private ViewerId IdOf(SyntheticViewer viewer) => new((long)(_chance.For("viewer").For(viewer.Key).Bits() >> 1));

    [LoggerMessage(Level = LogLevel.Information, Message = "The demo has lived {Days} days: {Videos} videos, {Views} views. It goes on live.")]
    private static partial void LogArrived(ILogger logger, int days, int videos, long views);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A demo upload was refused: {Problem}")]
    private static partial void LogRefused(ILogger logger, string problem);
}
