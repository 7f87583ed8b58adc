using System.Collections.Immutable;
using System.Threading.Channels;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Videos;
using Groundswell.Core;
using Groundswell.Core.Duplicates;
using Groundswell.Core.Review;
using Groundswell.Core.Videos;
using Groundswell.Media;
using Groundswell.Media.Analysis;
using Groundswell.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Uploads;

/// <summary>
/// Takes videos from upload to test batch, one step after another: media work, machine review, duplicate check. Where a
/// video stands is in the ledger alone, so whatever a crash interrupts is found and taken up at the next start.
/// </summary>
public sealed partial class UploadPipeline(
    Engine engine, IGrainFactory grains, LedgerFollower follower, MediaFiles files, MediaPipeline media, UploadProgress progress, ILogger<UploadPipeline> log)
    : BackgroundService
{
    /// <summary>Uploads in work at once: ffmpeg uses several threads by itself.</summary>
    private const int Workers = 2;
    private const int QueueLength = 10_000;

    /// <summary>What a machine recovers from by itself (a full disk being cleared, a locked file) takes seconds, or a person.</summary>
    private static readonly ImmutableArray<TimeSpan> BetweenTries = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    private readonly Channel<VideoId> _queue = Channel.CreateBounded<VideoId>(QueueLength);
    private readonly SemaphoreSlim _checking = new(1);

    /// <summary>Videos waiting for a worker.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Puts a video in line; waits while the line is full.</summary>
    public ValueTask EnqueueAsync(VideoId video, CancellationToken cancellation) => _queue.Writer.WriteAsync(video, cancellation);

    /// <summary>Waits until memory knows what was just appended about the video, then puts it in line.</summary>
    public async ValueTask EnqueueWhenKnownAsync(VideoId video, CancellationToken cancellation)
    {
        await follower.CaughtUpAsync(engine.Ledger.Head, cancellation);
        await EnqueueAsync(video, cancellation);
    }

    /// <summary>Before anybody can upload, so that no upload under way is taken for a forgotten one.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        files.Tidy(id => engine.Catalogue.Video(id)?.Stage);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var workers = Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(stoppingToken), stoppingToken)).ToArray();
        foreach (var video in engine.Catalogue.Videos().OrderBy(video => video.UploadedAt))
            if (video.Stage is VideoStage.Uploaded or VideoStage.Processed or VideoStage.Reviewed) await EnqueueAsync(video.Id, stoppingToken);
        await Task.WhenAll(workers);
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var video in _queue.Reader.ReadAllAsync(stopping)) await AdvanceAsync(video, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Unfinished videos are where the ledger says; the next start takes them up.
        }
    }

    /// <summary>
    /// The process edge of media work: whatever one video meets is logged with its id and tried again a few times, then the
    /// video waits for the next start; the worker goes on with the next one.
    /// </summary>
    private async Task AdvanceAsync(VideoId id, CancellationToken stopping)
    {
        try
        {
            foreach (var pause in BetweenTries)
            {
                if (await TryAsync(id, stopping)) return;
                await Task.Delay(pause, stopping);
            }
            if (!await TryAsync(id, stopping)) LogGivenUp(log, id);
        }
        finally
        {
            progress.Done(id);
            // Deleted while in work: what was made meanwhile goes as well.
            if (IsDeleted(id)) files.Delete(id);
        }
    }

    /// <summary>Takes a video as far as it goes; false when something kept it back.</summary>
    private async Task<bool> TryAsync(VideoId id, CancellationToken stopping)
    {
        try
        {
            while (await StepAsync(id, stopping)) await follower.CaughtUpAsync(engine.Ledger.Head, stopping);
            return true;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            await follower.CaughtUpAsync(engine.Ledger.Head, stopping);
            if (IsDeleted(id)) return true;
            LogFault(log, fault, id);
            return false;
        }
    }

    private bool IsDeleted(VideoId id) => engine.Catalogue.Video(id) is { Stage: VideoStage.Deleted };

    /// <summary>Takes the one step that is next; false when the video has left this pipeline's hands.</summary>
    private Task<bool> StepAsync(VideoId id, CancellationToken stopping) => engine.Catalogue.Video(id) switch
    {
        { Stage: VideoStage.Uploaded } video => ProcessAsync(video, stopping),
        { Stage: VideoStage.Processed, Analysis: { } analysis } video => ReviewAsync(video, analysis),
        { Stage: VideoStage.Reviewed, Analysis: { } analysis } video => CheckDuplicateAsync(video, analysis, stopping),
        _ => Task.FromResult(false),
    };

    private async Task<bool> ProcessAsync(VideoState video, CancellationToken stopping)
    {
        var caption = new CaptionInput(video.Caption, video.Hashtags);
        var outcome = File.Exists(files.Upload(video.Id))
            ? await media.ProcessAsync(files.Upload(video.Id), files.Folder(video.Id), caption, new Reporter(video.Id, progress), stopping)
            : null;
        switch (outcome)
        {
            case MediaOutcome.Accepted accepted:
                await Grain(video).Processed(accepted.Facts, accepted.Analysis);
                break;
            case MediaOutcome.Refused refused:
                await Move(video, VideoStage.Rejected, Reason.Of(ReasonCode.MediaRefused, refused.Rejection.Detail));
                break;
            default:
                await Move(video, VideoStage.Rejected, Reason.Of(ReasonCode.MediaRefused, "the uploaded file is no longer there; please upload it again."));
                break;
        }
        files.ForgetUpload(video.Id);
        return true;
    }

    private async Task<bool> ReviewAsync(VideoState video, ContentAnalysis analysis)
    {
        var verdict = MachineReview.Judge(analysis, engine.Rules.Review);
        var (to, reason) = verdict.Outcome switch
        {
            ReviewOutcome.Pass => (VideoStage.Reviewed, Reason.Of(ReasonCode.MachinePassed)),
            ReviewOutcome.Unsure => (VideoStage.HumanReview, Reason.Of(ReasonCode.MachineUnsure, verdict.Note)),
            _ => (VideoStage.Rejected, Reason.Of(ReasonCode.MachineRejected, verdict.Note)),
        };
        await Move(video, to, reason);
        return true;
    }

    /// <summary>One check at a time, and each sees what the one before let through: two copies uploaded together cannot both pass.</summary>
    private async Task<bool> CheckDuplicateAsync(VideoState video, ContentAnalysis analysis, CancellationToken stopping)
    {
        await _checking.WaitAsync(stopping);
        try
        {
            await follower.CaughtUpAsync(engine.Ledger.Head, stopping);
            var verdict = DuplicateJudge.Judge(analysis.Fingerprint, engine.Catalogue.Fingerprints(video.Id), video.DurationMs, engine.Rules.Duplicates);
            if (verdict is DuplicateVerdict.DuplicateOf copy && !video.DuplicateApproved)
                await Move(video, VideoStage.Held, Held(copy));
            else
                await Move(video, VideoStage.Testing, Reason.Of(ReasonCode.NoDuplicate));
        }
        finally
        {
            _checking.Release();
        }
        return false;
    }

    private static Reason Held(DuplicateVerdict.DuplicateOf copy) =>
        Reason.Of(ReasonCode.DuplicateFound, ("matched", copy.MatchedShare), ("distance", copy.MeanDistance)) with { Other = copy.Video };

    private Task Move(VideoState video, VideoStage to, Reason reason) => Grain(video).Move(video.Stage, to, reason, "machine");

    private IVideoGrain Grain(VideoState video) => grains.GetGrain<IVideoGrain>(video.Id.Value);

    private sealed class Reporter(VideoId video, UploadProgress progress) : IProgress<MediaProgress>
    {
        public void Report(MediaProgress value) => progress.Set(video, value);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Video} is tried again at the next start.")]
    private static partial void LogGivenUp(ILogger logger, VideoId video);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Video} could not be taken further this time.")]
    private static partial void LogFault(ILogger logger, Exception fault, VideoId video);
}
