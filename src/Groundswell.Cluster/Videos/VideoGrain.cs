using Groundswell.Cluster.Follow;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;
using Groundswell.Storage;

namespace Groundswell.Cluster.Videos;

/// <summary>
/// The shell of one video. It holds no evidence of its own: the follower folds every entry into the catalogue, and the
/// grain judges what it finds there once the catalogue has caught up with the grain's own last step. So nothing can be
/// counted twice, and the store refuses a step from a stage that the video has left.
/// </summary>
public sealed class VideoGrain(Engine engine, LedgerFollower follower) : Grain, IVideoGrain
{
    private long _lastStep;

    private VideoId Id => new(this.GetPrimaryKeyLong());

    public Task Upload(VideoUploaded uploaded) => Append(uploaded);

    public async Task Processed(MediaFacts media, ContentAnalysis analysis)
    {
        if (await Current() is not { Stage: VideoStage.Uploaded } video) return;
        var now = engine.Now;
        await Append(
            new VideoProcessed(now, Id, video.Creator, media, analysis),
            new VideoMoved(
                now, Id, video.Creator, video.Stage, VideoStage.Processed, 0,
                Reason.Of(ReasonCode.MediaReady, ("seconds", media.DurationMs / 1000.0), ("width", media.Width), ("height", media.Height)),
                "machine"));
    }

    public async Task<VideoStage> Move(VideoStage from, VideoStage to, Reason reason, string by)
    {
        if (await Current() is not { } video) throw new InvalidOperationException($"{Id} was never uploaded.");
        if (video.Stage != from || !VideoLife.Allows(from, to)) return video.Stage;
        var now = engine.Now;
        await Append(new VideoMoved(now, Id, video.Creator, from, to, to == VideoStage.Widening ? 1 : 0, reason, by)
        {
            // From here on what its viewers do with it counts for its arms.
            Enrolments = to == VideoStage.Testing ? engine.InForce.Of(video, now).Enrolments : null,
        });
        return to;
    }

    public async Task MarkAge(bool adultsOnly, string? note, string by)
    {
        if (await Current() is not { } video || video.AdultsOnly == adultsOnly) return;
        await Append(new VideoAgeMarked(engine.Now, Id, video.Creator, adultsOnly, note, by));
        // Only then do feeds know of it.
        await Current();
    }

    public async Task<bool> Judge()
    {
        // The catalogue does not know this grain's last step yet; when it does, the follower asks again.
        if (follower.Position < _lastStep || engine.Catalogue.Look(Id) is not var (video, around)) return false;
        var (inForce, now) = (engine.InForce, engine.Now);
        var (rules, enrolments) = inForce.Of(video, now);
        if (inForce.JudgeBy(rules).Judge(video, around, now) is not { } move) return false;
        await Append(move with { Enrolments = enrolments });
        return true;
    }

    /// <summary>The video as of this grain's last step, at the least.</summary>
    private async ValueTask<VideoState?> Current()
    {
        await follower.CaughtUpAsync(_lastStep, CancellationToken.None);
        return engine.Catalogue.Video(Id);
    }

    private async Task Append(params IReadOnlyList<LedgerEntry> entries)
    {
        var appended = await engine.Ledger.AppendAsync(entries, CancellationToken.None);
        if (appended.Positions is [.., { } last]) _lastStep = last;
    }
}
