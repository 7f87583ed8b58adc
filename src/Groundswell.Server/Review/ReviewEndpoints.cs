using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Cluster.Uploads;
using Groundswell.Cluster.Videos;
using Groundswell.Core;
using Groundswell.Core.Review;
using Groundswell.Core.Videos;
using Groundswell.Server.Access;
using Groundswell.Server.Http;
using Groundswell.Server.Videos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Groundswell.Server.Review;

public sealed record QueueAnswer(ImmutableArray<QueueItem> Items, int DecidedToday, ImmutableArray<ReviewReason> Reasons);

public sealed record QueueItem(
    VideoId VideoId, DateTimeOffset WaitingSince, string Caption, ImmutableArray<string> Hashtags, CreatorCard Creator, int DurationMs, int Width, int Height, bool HasAudio,
    string VideoUrl, string PosterUrl, string StripUrl, ImmutableArray<FlagCard> Flags, AppealCard? Appeal, DuplicateCard? DuplicateOf, bool AdultsOnly);

/// <param name="Evidence">What was measured, by name: numbers, and for a blocked term the terms themselves.</param>
public sealed record FlagCard(FlagCode Code, string Text, double Confidence, ImmutableSortedDictionary<string, object> Evidence);

public sealed record AppealCard(string Note, DateTimeOffset At);

public sealed record DuplicateCard(VideoId VideoId, string PosterUrl, string VideoUrl, double Similarity);

/// <param name="For">approve or reject.</param>
public sealed record ReviewReason(string Code, string Title, string For);

public sealed record DecisionBody(string? Decision, string? Reason, string? Note);

/// <param name="Note">Why, for the creator.</param>
public sealed record AgeMarkBody(bool? AdultsOnly, string? Note);

/// <summary>The review desk: what waits for a person, and what the person says.</summary>
internal static class ReviewEndpoints
{
    private const int LongestNote = 1000;

    private static readonly ImmutableArray<ReviewReason> Reasons =
    [
        new("fine", "Nothing wrong with it", "approve"),
        new("context", "Fine in its context", "approve"),
        new("original", "It is an original", "approve"),
        new("unsafe_flashing", "Unsafe flashing", "reject"),
        new("nothing_to_see", "Nothing to see", "reject"),
        new("fraud", "Fraud or spam", "reject"),
        new("violence", "Violence or harm", "reject"),
        new("sexual", "Sexual content", "reject"),
        new("copy", "A copy of somebody's video", "reject"),
        new("other", "Something else (say what)", "reject"),
    ];

    public static void MapReview(this IEndpointRouteBuilder routes)
    {
        var review = routes.MapGroup("/review").WithTags("Review").RequireAuthorization(Roles.Reviewer);
        review.MapGet("/queue", Queue).WithName("review_queue").WithSummary("What waits for a person, longest waiting first");
        review.MapPost("/{id}/decision", Decide).WithName("review_decision").WithSummary("Approve or reject")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        review.MapPut("/{id}/age", MarkAge).WithName("mark_age").WithSummary("Mark a video as for adults only, or take the mark back")
            .WithDescription("At whatever stage the video is. From then on no feed shows it to a viewer who does not say that they are an adult.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static Ok<QueueAnswer> Queue(Engine engine)
    {
        var videos = engine.Catalogue.Videos();
        var today = engine.Now - TimeSpan.FromDays(1);
        var decided = videos.Count(video => video.Stage != VideoStage.HumanReview && video.ReviewedByPersonAt > today);
        return TypedResults.Ok(new QueueAnswer(
            [.. videos.Where(video => video.Stage == VideoStage.HumanReview).OrderBy(video => video.StageAt).Select(video => Item(video, engine))], decided, Reasons));
    }

    private static QueueItem Item(VideoState video, Engine engine)
    {
        var flags = video.Analysis is { } analysis ? MachineReview.Judge(analysis, engine.Rules.Review).Flags : [];
        return new QueueItem(
            video.Id, video.StageAt, video.Caption, video.Hashtags, new CreatorCard(video.Creator, video.CreatorName), video.DurationMs, video.Media?.Width ?? 0,
            video.Media?.Height ?? 0, video.Media?.HasAudio ?? false, Cards.VideoUrl(video.Id), Cards.PosterUrl(video.Id), Cards.StripUrl(video.Id),
            [.. flags.Select(flag => Flag(flag, video))],
            video.LastReason is { Code: ReasonCode.Appealed } appeal ? new AppealCard(appeal.Note ?? "", video.StageAt) : null,
            video.LastReason?.Other is { } original
                ? new DuplicateCard(original, Cards.PosterUrl(original), Cards.VideoUrl(original), video.LastReason.Numbers.GetValueOrDefault("matched", 1))
                : null,
            video.AdultsOnly);
    }

    private static FlagCard Flag(ReviewFlag flag, VideoState video)
    {
        var evidence = flag.Measured.ToImmutableSortedDictionary(pair => pair.Key, pair => (object)pair.Value);
        if (flag.Code == FlagCode.BlockedTerm && video.Analysis is { } analysis) evidence = evidence.SetItem("terms", analysis.Text.BlockedTerms);
        return new FlagCard(flag.Code, flag.Text, flag.Confidence, evidence);
    }

    private static async Task<Results<Ok<StageAnswer>, ProblemHttpResult>> Decide(
        VideoId id, DecisionBody body, HttpContext context, Engine engine, IGrainFactory grains, UploadPipeline pipeline)
    {
        if (engine.Catalogue.Video(id) is not { } video) return Problem.NotFound("video");
        if (body.Decision is not ("approve" or "reject")) return Problem.Invalid(("decision", "It must be approve or reject."));
        if (Reasons.FirstOrDefault(known => known.Code == body.Reason && known.For == body.Decision) is not { } reason)
            return Problem.Invalid(("reason", $"Give one of the reasons to {body.Decision}: {string.Join(", ", Reasons.Where(known => known.For == body.Decision).Select(known => known.Code))}."));
        if (body.Note?.Length > LongestNote) return Problem.Invalid(("note", $"A note may have at most {LongestNote} characters."));
        if (reason.Code == "other" && string.IsNullOrWhiteSpace(body.Note)) return Problem.Invalid(("note", "Say what is wrong, so that the creator knows."));
        var approved = body.Decision == "approve";
        var to = approved ? VideoStage.Reviewed : VideoStage.Rejected;
        var note = string.IsNullOrWhiteSpace(body.Note) ? $"{reason.Title}." : $"{reason.Title}: {body.Note.Trim()}";
        var stage = await grains.GetGrain<IVideoGrain>(id.Value).Move(
            VideoStage.HumanReview, to, Reason.Of(approved ? ReasonCode.PersonApproved : ReasonCode.PersonRejected, note, video.LastReason?.Other), context.User.Identity?.Name ?? "reviewer");
        if (stage != to) return Problem.Of(StatusCodes.Status409Conflict, "Someone decided this first", $"The video is at “{stage.Title()}” now.");
        if (approved) await pipeline.EnqueueWhenKnownAsync(id, context.RequestAborted);
        return TypedResults.Ok(new StageAnswer(id, stage));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> MarkAge(VideoId id, AgeMarkBody body, HttpContext context, Engine engine, IGrainFactory grains)
    {
        if (engine.Catalogue.Video(id) is null) return Problem.NotFound("video");
        if (body.AdultsOnly is not { } adultsOnly) return Problem.Invalid(("adults_only", "It must be true or false."));
        if (body.Note?.Length > LongestNote) return Problem.Invalid(("note", $"A note may have at most {LongestNote} characters."));
        await grains.GetGrain<IVideoGrain>(id.Value).MarkAge(adultsOnly, body.Note?.Trim(), context.User.Identity?.Name ?? "reviewer");
        return TypedResults.NoContent();
    }
}
