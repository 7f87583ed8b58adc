using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Cluster.Uploads;
using Groundswell.Cluster.Videos;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Server.Access;
using Groundswell.Server.Challenges;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Groundswell.Server.Videos;

public sealed record VideoAnswer(
    VideoId VideoId, string Caption, ImmutableArray<string> Hashtags, CreatorCard Creator, SoundCard? Sound, int DurationMs, int Width, int Height, bool HasAudio,
    string VideoUrl, string PosterUrl, string StripUrl, VideoStage Stage, string StageTitle, DateTimeOffset UploadedAt, CountsCard Counts,
    ImmutableArray<GenreCard> Genres, ChallengeLink? Challenge, bool Mine);

public sealed record CommentCard(string Author, string Text, DateTimeOffset At);

public sealed record CommentsAnswer(ImmutableArray<CommentCard> Comments);

public sealed record AppealBody(string? Note);

public sealed record StageAnswer(VideoId VideoId, VideoStage Stage);

/// <summary>One video: looking at it, deleting it, appealing.</summary>
internal static class VideoEndpoints
{
    private const int CommentsShown = 100;
    private const int LongestNote = 1000;

    public static void MapVideos(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/videos/{id}", Get).WithName("video").WithTags("Videos").WithSummary("One video")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/videos/{id}/comments", Comments).WithName("comments").WithTags("Videos").WithSummary("A video's newest comments")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapDelete("/videos/{id}", Delete).WithName("delete_video").WithTags("Videos").WithSummary("Delete a video and its files")
            .RequireAuthorization().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapPost("/videos/{id}/appeal", Appeal).WithName("appeal").WithTags("Videos").WithSummary("Ask a person to look again")
            .RequireAuthorization(Roles.Creator).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<VideoAnswer>, ProblemHttpResult>> Get(VideoId id, HttpContext context, Engine engine, IGrainFactory grains, Callers callers)
    {
        if (VideoAccess.Find(id, context.User, engine) is not { } video) return Problem.NotFound("video");
        if (await IsKeptFrom(context, video, grains, callers)) return ForAdults();
        var mine = Callers.Account(context.User) == video.Creator;
        return TypedResults.Ok(new VideoAnswer(
            video.Id, video.Caption, video.Hashtags, new CreatorCard(video.Creator, video.CreatorName), Cards.Sound(video), video.DurationMs,
            video.Media?.Width ?? 0, video.Media?.Height ?? 0, video.Media?.HasAudio ?? false,
            Cards.VideoUrl(id), Cards.PosterUrl(id), Cards.StripUrl(id), video.Stage, video.Stage.Title(), video.UploadedAt, Cards.Counts(video),
            Cards.Genres(video, engine.Taxonomy), ChallengeLink.Of(video, engine), mine));
    }

    private static async Task<Results<Ok<CommentsAnswer>, ProblemHttpResult>> Comments(VideoId id, HttpContext context, Engine engine, IGrainFactory grains, Callers callers)
    {
        if (VideoAccess.Find(id, context.User, engine) is not { } video) return Problem.NotFound("video");
        if (await IsKeptFrom(context, video, grains, callers)) return ForAdults();
        return TypedResults.Ok(new CommentsAnswer(
            [.. engine.Store.Comments.Newest(id, CommentsShown).Select(comment => new CommentCard(NameOf(comment.Viewer), comment.Text, comment.At))]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(VideoId id, HttpContext context, Engine engine, IGrainFactory grains, MediaFiles files)
    {
        if (engine.Catalogue.Video(id) is not { Stage: not VideoStage.Deleted } video) return Problem.NotFound("video");
        var owns = Callers.Account(context.User) == video.Creator;
        if (!owns && !context.User.IsInRole(Roles.Operator)) return Problem.NotFound("video");
        var reason = Reason.Of(owns ? ReasonCode.DeletedByCreator : ReasonCode.DeletedByOperator);
        var stage = await grains.GetGrain<IVideoGrain>(id.Value).Move(video.Stage, VideoStage.Deleted, reason, context.User.Identity?.Name ?? "operator");
        if (stage != VideoStage.Deleted) return Problem.Of(StatusCodes.Status409Conflict, "It has just moved on", "The video changed its stage at this moment; please try again.");
        files.Delete(id);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted<StageAnswer>, ProblemHttpResult>> Appeal(VideoId id, AppealBody body, HttpContext context, Engine engine, IGrainFactory grains)
    {
        if (engine.Catalogue.Video(id) is not { } video || Callers.Account(context.User) != video.Creator) return Problem.NotFound("video");
        if (body.Note?.Length > LongestNote) return Problem.Invalid(("note", $"A note may have at most {LongestNote} characters."));
        if (video.Stage is not (VideoStage.Rejected or VideoStage.Held) || video.Media is null)
            return Problem.Of(StatusCodes.Status409Conflict, "Nothing to appeal", "Only a rejected or held video that could be converted can be looked at again.");
        var stage = await grains.GetGrain<IVideoGrain>(id.Value).Move(
            video.Stage, VideoStage.HumanReview, Reason.Of(ReasonCode.Appealed, body.Note?.Trim(), video.LastReason?.Other), context.User.Identity?.Name ?? "creator");
        return TypedResults.Accepted($"/v1/videos/{id}/journey", new StageAnswer(id, stage));
    }

    /// <summary>Whether a video is for adults, and the caller has not said that they are one.</summary>
    private static async Task<bool> IsKeptFrom(HttpContext context, VideoState video, IGrainFactory grains, Callers callers) =>
        video.AdultsOnly && !VideoAccess.IsInsider(video, context.User) && (await callers.Viewer(context, grains).Profile()).Age != AgeClass.Adult;

    private static ProblemHttpResult ForAdults() =>
        Problem.Of(StatusCodes.Status403Forbidden, "For adults only", "This video is for viewers who say that they are 18 or older: PUT /v1/viewer/age.");

    /// <summary>A viewer's name for others: a few digits of their id, so that a thread can be followed and nobody is named.</summary>
    private static string NameOf(ViewerId viewer) => $"viewer {viewer.ToString()[^5..]}";
}

/// <summary>Who may see which video.</summary>
internal static class VideoAccess
{
    /// <summary>The video, if it is public or the caller owns it or works here; null otherwise.</summary>
    public static VideoState? Find(VideoId id, System.Security.Claims.ClaimsPrincipal user, Engine engine)
    {
        if (engine.Catalogue.Video(id) is not { Stage: not VideoStage.Deleted } video) return null;
        return video.Stage.IsPublic() || IsInsider(video, user) ? video : null;
    }

    /// <summary>Whether the caller may see what happened to the video: its creator, a reviewer or the operator.</summary>
    public static bool IsInsider(VideoState video, System.Security.Claims.ClaimsPrincipal user) =>
        Callers.Account(user) == video.Creator || user.IsInRole(Roles.Reviewer) || user.IsInRole(Roles.Operator);
}
