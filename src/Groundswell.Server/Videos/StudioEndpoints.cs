using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Cluster.Creators;
using Groundswell.Cluster.Uploads;
using Groundswell.Core;
using Groundswell.Core.Videos;
using Groundswell.Media;
using Groundswell.Media.Ffmpeg;
using Groundswell.Server.Access;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Groundswell.Server.Videos;

public sealed record StudioAnswer(ImmutableArray<StudioVideo> Videos, LimitsCard Limits);

public sealed record StudioVideo(
    VideoId VideoId, string Caption, ImmutableArray<string> Hashtags, VideoStage Stage, string StageTitle, DateTimeOffset UploadedAt, string? PosterUrl, string? StripUrl,
    int DurationMs, CountsCard Counts, ScoreCard? Score, ProgressCard? Progress, string Headline);

/// <param name="Phase">uploaded, probing, transcoding, analysing, reviewing or testing.</param>
/// <param name="Fraction">Share of the phase that is done, in [0, 1].</param>
public sealed record ProgressCard(string Phase, double Fraction);

public sealed record LimitsCard(long MaxBytes, double MaxSeconds, string Formats);

/// <summary>A creator's own videos: <c>GET /v1/studio/videos</c>.</summary>
internal static class StudioEndpoints
{
    public static void MapStudio(this IEndpointRouteBuilder routes) => routes.MapGet("/studio/videos", Videos)
        .WithName("studio_videos").WithTags("Studio").WithSummary("The caller's own videos, newest first")
        .RequireAuthorization(Roles.Creator);

    private static async Task<Results<Ok<StudioAnswer>, ProblemHttpResult>> Videos(
        HttpContext context, Engine engine, IGrainFactory grains, Callers callers, UploadProgress progress, MediaLimits limits)
    {
        if (callers.Of(context) is not { Account: { } creator, Name: { } name }) return Problem.Of(StatusCodes.Status401Unauthorized, "Not signed in", "Sign in to see your videos.");
        await grains.GetGrain<ICreatorGrain>(creator.Value).Seen(name);
        return TypedResults.Ok(new StudioAnswer(
            [
                .. engine.Catalogue.Videos()
                    .Where(video => video.Creator == creator && video.Stage != VideoStage.Deleted)
                    .OrderByDescending(video => video.UploadedAt)
                    .Select(video => Card(video, engine, progress)),
            ],
            new LimitsCard(limits.MaxBytes, limits.MaxDuration.TotalSeconds, "MP4, MOV, WebM, MKV and whatever else ffmpeg decodes")));
    }

    private static StudioVideo Card(VideoState video, Engine engine, UploadProgress progress)
    {
        var shown = video.Media is not null;
        var verdict = engine.JudgeOf(video).Assess(video, engine.Catalogue.Around(video), engine.Now);
        return new StudioVideo(
            video.Id, video.Caption, video.Hashtags, video.Stage, video.Stage.Title(), video.UploadedAt, shown ? Cards.PosterUrl(video.Id) : null,
            shown ? Cards.StripUrl(video.Id) : null, video.DurationMs, Cards.Counts(video), Cards.Score(verdict.Score), Progress(video, verdict.Batch, progress.Of(video.Id)),
            Headlines.For(video, engine));
    }

    private static ProgressCard? Progress(VideoState video, int batch, MediaProgress? media) => video.Stage switch
    {
        VideoStage.Uploaded => media is null ? new ProgressCard("uploaded", 0) : new ProgressCard(media.Phase.ToString().ToLowerInvariant(), Math.Round(media.Fraction, 2)),
        VideoStage.Processed or VideoStage.Reviewed => new ProgressCard("reviewing", 0.5),
        VideoStage.Testing => new ProgressCard("testing", Math.Round(Math.Min(1, video.OnTrial.Impressions / (double)batch), 2)),
        _ => null,
    };
}
