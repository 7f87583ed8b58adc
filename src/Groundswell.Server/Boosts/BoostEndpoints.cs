using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Cluster.Boosts;
using Groundswell.Core;
using Groundswell.Core.Boosts;
using Groundswell.Core.Videos;
using Groundswell.Server.Access;
using Groundswell.Server.Http;
using Groundswell.Server.Videos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Groundswell.Server.Boosts;

/// <param name="Slots">The cap: at most so many slots.</param>
/// <param name="From">At once when missing.</param>
/// <param name="Reason">Why; it is kept, and the video's creator can read it.</param>
public sealed record BoostBody(VideoId? VideoId, int? Slots, DateTimeOffset? From, DateTimeOffset? Expires, string? Reason);

/// <param name="Used">Slots served.</param>
/// <param name="Views">Plays that came of them and have ended.</param>
/// <param name="Servable">Whether the video may be shown now; while it may not, the boost brings nothing.</param>
public sealed record BoostCard(
    BoostId BoostId, VideoId VideoId, string Caption, CreatorCard? Creator, string? PosterUrl, BoostStatus Status, bool Servable, int Slots, int Used, int Impressions, int Views,
    double? PointsPerView, DateTimeOffset From, DateTimeOffset Expires, string Reason, string By, DateTimeOffset At, DateTimeOffset? EndedAt, string? EndedBy, string? Note);

/// <param name="ShareOfSlots">Share of the last day's slots that boosts took; null without slots.</param>
/// <param name="Boosts">Those that run or wait first, then the last ones.</param>
public sealed record BoostsAnswer(ImmutableArray<BoostCard> Boosts, BoostRules Rules, double? ShareOfSlots);

/// <summary>Promoting a video by hand: capped, with a reason and an end, and visible to whoever sees it.</summary>
internal static class BoostEndpoints
{
    private const int MostShown = 50;

    public static void MapBoosts(this IEndpointRouteBuilder routes)
    {
        var boosts = routes.MapGroup("/console/boosts").WithTags("Console").RequireAuthorization(Roles.Operator);
        boosts.MapGet("", List).WithName("console_boosts").WithSummary("Boosts, their caps and what came of them");
        boosts.MapPost("", Begin).WithName("begin_boost").WithSummary("Promote a video: at most so many slots, until a time, for a reason")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        boosts.MapDelete("/{id}", End).WithName("end_boost").WithSummary("End a boost; one that is over stays as it is")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static Ok<BoostsAnswer> List(Engine engine)
    {
        var now = engine.Now;
        var all = engine.Catalogue.Boosts.Read(board => board.All.ToArray());
        return TypedResults.Ok(new BoostsAnswer(
            [.. all.Reverse().OrderByDescending(boost => boost.IsAlive(now)).Take(MostShown).Select(boost => Card(boost, engine))],
            engine.Rules.Boosts, ShareOfSlots(engine)));
    }

    private static async Task<Results<Created<BoostCard>, ProblemHttpResult>> Begin(BoostBody body, HttpContext context, Engine engine, IGrainFactory grains)
    {
        if (body.VideoId is not { } video) return Problem.Invalid(("video_id", "Say which video: its id is in its address."));
        if (body.Expires is not { } expires) return Problem.Invalid(("expires", "Say when it ends."));
        var wish = new BoostWish(body.Slots ?? 0, body.From ?? engine.Now, expires, body.Reason?.Trim() ?? "");
        var answer = await grains.GetGrain<IBoostsGrain>(0).Begin(video, wish, context.User.Identity?.Name ?? "operator");
        if (answer.Objection is { } objection) return Problem.Invalid((objection.Field, objection.Sentence));
        return answer.Boost is { } boost ? TypedResults.Created($"/v1/console/boosts/{boost.Id}", Card(boost, engine)) : Problem.NotFound("video");
    }

    private static async Task<Results<Ok<BoostCard>, ProblemHttpResult>> End(BoostId id, string? note, HttpContext context, Engine engine, IGrainFactory grains)
    {
        if (note?.Length > BoostDesk.LongestReason) return Problem.Invalid(("note", $"A note may have at most {BoostDesk.LongestReason} characters."));
        var answer = await grains.GetGrain<IBoostsGrain>(0).End(id, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), context.User.Identity?.Name ?? "operator");
        return answer.Boost is { } boost ? TypedResults.Ok(Card(boost, engine)) : Problem.NotFound("boost");
    }

    private static BoostCard Card(Boost boost, Engine engine)
    {
        var video = engine.Catalogue.Video(boost.Video);
        return new BoostCard(
            boost.Id, boost.Video, video?.Caption ?? "", video is null ? null : new CreatorCard(video.Creator, video.CreatorName),
            video?.Media is null ? null : Cards.PosterUrl(boost.Video), boost.Status(engine.Now), video?.Stage.IsServable() ?? false,
            boost.Slots, boost.Served, boost.Seen.Impressions, boost.Seen.Views, boost.Seen.Views == 0 ? null : Math.Round(boost.Seen.MeanPoints, 2),
            boost.From, boost.Expires, boost.Reason, boost.By, boost.At, boost.EndedAt, boost.EndedBy, boost.Note);
    }

    private static double? ShareOfSlots(Engine engine)
    {
        var since = (engine.Now - TimeSpan.FromDays(1)).ToUnixTimeSeconds() / 3600;
        var (boosted, all) = engine.Statistics.Read(statistics =>
        {
            var day = statistics.Hours.Where(pair => pair.Key > since).Select(pair => pair.Value).ToArray();
            return (day.Sum(tally => tally.Sources.GetValueOrDefault(Core.Signals.SlotSource.Boost)?.Slots ?? 0), day.Sum(tally => tally.Slots));
        });
        return all == 0 ? null : Math.Round(boosted / (double)all, 4);
    }
}
