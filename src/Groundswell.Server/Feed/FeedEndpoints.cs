using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;
using Groundswell.Server.Access;
using Groundswell.Server.Challenges;
using Groundswell.Server.Http;
using Groundswell.Server.Videos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Groundswell.Server.Feed;

/// <summary>What an app sends to get a page.</summary>
/// <param name="N">Slots wanted, 1 to 20.</param>
/// <param name="ExcludeIds">Videos the app holds already, at most 200.</param>
/// <param name="SessionId">The app's name for this session; for its own logs.</param>
/// <param name="Explain">Adds to each item how its value came about, and what was removed.</param>
/// <param name="Rewatch">The viewer asks to see videos again.</param>
/// <param name="StartWith">A shared video to begin with.</param>
public sealed record FeedBody(
    int? N, ImmutableArray<VideoId>? ExcludeIds, string? SessionId, FeedMode? Mode, bool? Explain, bool? Rewatch, VideoId? StartWith);

/// <param name="PauseInMs">For a viewer under 18, how long until the app is to offer a pause; else null.</param>
public sealed record FeedAnswer(
    RequestId RequestId, ViewerId ViewerId, FeedMode Mode, string ModelVersion, bool Exhausted, long? PauseInMs, ImmutableArray<FeedAnswerItem> Items,
    ImmutableArray<Removal>? Removed);

/// <param name="SlotToken">Comes back with every event about this item: it proves that the slot was served.</param>
/// <param name="Why">The first reason, as a sentence for the viewer.</param>
/// <param name="Propensity">Probability with which the policy chose this video for this place.</param>
/// <param name="Label">What must be said on the item itself: <c>new</c> for a test audience, <c>boosted</c> where the operator promoted it, else null.</param>
public sealed record FeedAnswerItem(
    VideoId VideoId, string SlotToken, int Position, string Caption, ImmutableArray<string> Hashtags, CreatorCard Creator, SoundCard? Sound,
    int DurationMs, int Width, int Height, bool HasAudio, string VideoUrl, string PosterUrl, string StripUrl, ImmutableArray<GenreCard> Genres,
    ChallengeLink? Challenge, CountsCard Counts, bool Liked, SlotSource Source, string Why, ImmutableArray<FeedReason> Reasons, float Propensity, string? Label,
    Explanation? Explanation);

/// <summary>The feed: <c>POST /v1/feed</c>.</summary>
internal static class FeedEndpoints
{
    private const int MostExcluded = 200;

    public static void MapFeed(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/feed", Page)
            .WithName("feed").WithTags("Feed").WithSummary("The next page for a viewer")
            .WithDescription("Chooses the next videos for the calling device. A device without an identity gets one, in the X-Device-Token response header and as a cookie.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .RequireRateLimiting(RateLimits.Watching);
        routes.MapPost("/devices", NewDevice)
            .WithName("new_device").WithTags("Feed").WithSummary("An identity for a new device")
            .RequireRateLimiting(RateLimits.SigningIn);
    }

    private static Created<DeviceAnswer> NewDevice(Engine engine, Tokens tokens)
    {
        var viewer = engine.Ids.Next<ViewerId>();
        return TypedResults.Created((string?)null, new DeviceAnswer(viewer, tokens.ForDevice(viewer), tokens.DeviceExpiry));
    }

    private static async Task<Results<Ok<FeedAnswer>, ProblemHttpResult>> Page(
        FeedBody body, HttpContext context, Engine engine, IGrainFactory grains, Callers callers, Tokens tokens, SlotSigner signer)
    {
        var rules = engine.Rules.Feed;
        if (body.N is < 1 || body.N > rules.PageMost) return Problem.Invalid(("n", $"n must be from 1 to {rules.PageMost}."));
        if (body.ExcludeIds?.Length > MostExcluded) return Problem.Invalid(("exclude_ids", $"exclude_ids may name at most {MostExcluded} videos."));
        var caller = callers.Of(context);
        if (caller.IsNew) context.Response.Headers[Callers.DeviceHeader] = tokens.ForDevice(caller.Viewer);
        callers.Remember(context);
        var request = new FeedRequest(
            engine.Ids.Next<RequestId>(), body.N ?? rules.PageDefault, body.Mode ?? FeedMode.Personalised, [.. body.ExcludeIds ?? []],
            body.Rewatch ?? false, body.Explain ?? false, body.StartWith, caller.Account, engine.Now);
        var page = await grains.GetGrain<IViewerGrain>(caller.Viewer.Value).Page(request);
        return TypedResults.Ok(Answer(page, caller.Viewer, request.Explain, engine, signer));
    }

    private static FeedAnswer Answer(FeedPage page, ViewerId viewer, bool explain, Engine engine, SlotSigner signer) => new(
        page.Request, viewer, page.Mode, page.ModelVersion, page.Exhausted, (long?)page.PauseIn?.TotalMilliseconds,
        [
            .. from item in page.Items
               let video = engine.Catalogue.Video(item.Slot.Video)
               where video is not null
               select Item(item, video, engine, signer),
        ],
        explain ? page.Removed : null);

    private static FeedAnswerItem Item(FeedItem item, VideoState video, Engine engine, SlotSigner signer) => new(
        video.Id, signer.Sign(item.Slot), item.Slot.Position, video.Caption, video.Hashtags,
        new CreatorCard(video.Creator, video.CreatorName, item.Slot.FollowsCreator), Cards.Sound(video), video.DurationMs, video.Media?.Width ?? 0, video.Media?.Height ?? 0,
        video.Media?.HasAudio ?? false, Cards.VideoUrl(video.Id), Cards.PosterUrl(video.Id), Cards.StripUrl(video.Id), Cards.Genres(video, engine.Taxonomy),
        ChallengeLink.Of(video, engine), Cards.Counts(video), item.Liked, item.Slot.Source, item.Reasons[0].Text, item.Reasons, item.Slot.Propensity,
        LabelOf(item.Slot.Source), item.Explanation);

    private static string? LabelOf(SlotSource source) => source switch { SlotSource.TestBatch => "new", SlotSource.Boost => "boosted", _ => null };
}

public sealed record DeviceAnswer(ViewerId ViewerId, string DeviceToken, DateTimeOffset ExpiresAt);
