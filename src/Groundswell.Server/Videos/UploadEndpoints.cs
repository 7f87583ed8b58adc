using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Cluster.Creators;
using Groundswell.Cluster.Uploads;
using Groundswell.Cluster.Videos;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Media.Analysis;
using Groundswell.Media.Ffmpeg;
using Groundswell.Server.Access;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Groundswell.Server.Videos;

public sealed record UploadAnswer(VideoId VideoId, string JourneyUrl);

/// <summary>Uploading: <c>POST /v1/videos</c>. The bytes go straight to disk; the video exists once they are safe there.</summary>
internal static class UploadEndpoints
{
    private const int LongestCaption = 2200;
    private const int LongestSound = 100;
    private const long FreeBytesNeeded = 512L << 20;

    public static void MapUpload(this IEndpointRouteBuilder routes, MediaLimits limits) => routes.MapPost("/videos", Upload)
        .WithName("upload").WithTags("Videos").WithSummary("Upload a video")
        .WithDescription("multipart/form-data with caption, hashtags, sound and then file: the file comes last, so that the fields are known before the bytes.")
        .WithMetadata(new RequestSizeLimitAttribute(limits.MaxBytes + (1 << 20)), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = limits.MaxBytes + (1 << 20) })
        .Reads<UploadForm>("multipart/form-data")
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status507InsufficientStorage)
        .RequireAuthorization(Roles.Creator)
        .RequireRateLimiting(RateLimits.Uploading);

    private static async Task<Results<Accepted<UploadAnswer>, ProblemHttpResult>> Upload(
        HttpContext context, Engine engine, IGrainFactory grains, Callers callers, MediaFiles files, MediaLimits limits, UploadPipeline pipeline)
    {
        if (callers.Of(context) is not { Account: { } creator, Name: { } name }) return Problem.Of(StatusCodes.Status401Unauthorized, "Not signed in", "Sign in to upload.");
        if (files.FreeBytes < FreeBytesNeeded) return Problem.Of(StatusCodes.Status507InsufficientStorage, "The disk is full", "There is no room for uploads now; please tell the operator.");
        if (await grains.GetGrain<ICreatorGrain>(creator.Value).PermitUpload() is { } wait)
            return Problem.Of(StatusCodes.Status429TooManyRequests, "Enough for today", $"At most {CreatorGrain.UploadsADay} uploads a day; the next one is possible in {wait.TotalHours:0.#} h.");
        var video = engine.Ids.Next<VideoId>();
        var exists = false;
        try
        {
            var received = await UploadReader.ReadAsync(context.Request, files.Upload(video), limits.MaxBytes, context.RequestAborted);
            if (received.Problem is { } problem) return Problem.Of(problem.Status, "The upload was not accepted", problem.Detail);
            if (Wrong(received) is { } wrong) return wrong;
            var hashtags = Hashtags(received.Caption, received.Hashtags);
            await grains.GetGrain<IVideoGrain>(video.Value).Upload(new VideoUploaded(
                engine.Now, video, creator, name, received.Caption, hashtags, NullIfEmpty(received.Sound), received.FileName, received.Bytes));
            exists = true;
        }
        finally
        {
            // However it ended: bytes of no video would lie there for ever.
            if (!exists) files.ForgetUpload(video);
        }
        await pipeline.EnqueueWhenKnownAsync(video, context.RequestAborted);
        return TypedResults.Accepted($"/v1/videos/{video}", new UploadAnswer(video, $"/v1/videos/{video}/journey"));
    }

    private static ProblemHttpResult? Wrong(ReceivedUpload upload)
    {
        if (upload.Caption.Length > LongestCaption) return Problem.Invalid(("caption", $"A caption may have at most {LongestCaption} characters."));
        if (upload.Sound.Length > LongestSound) return Problem.Invalid(("sound", $"A sound's title may have at most {LongestSound} characters."));
        return null;
    }

    /// <summary>Hashtags of the caption and of the field of their own, each once, as analysis will read them.</summary>
    internal static ImmutableArray<string> Hashtags(string caption, string field)
    {
        var more = field.Split([' ', ',', '#'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return CaptionAnalysis.Analyse(new CaptionInput(caption, [.. more]), BlockedTerms.None).Hashtags;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

/// <summary>The fields of an upload; <paramref name="File"/> comes last.</summary>
/// <param name="Caption">Up to 2,200 characters; hashtags in it count.</param>
/// <param name="Hashtags">More hashtags, separated by spaces.</param>
/// <param name="Sound">The sound's title, up to 100 characters.</param>
public sealed record UploadForm(string? Caption, string? Hashtags, string? Sound, IFormFile File);
