using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Core;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Server.Access;
using Groundswell.Server.Http;
using Groundswell.Server.Videos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Groundswell.Server.Console;

public sealed record StageVideos(ImmutableArray<StageVideo> Videos);

public sealed record StageVideo(
    VideoId VideoId, string Caption, CreatorCard Creator, VideoStage Stage, string StageTitle, DateTimeOffset Since, ScoreCard? Score, int Views, string? PosterUrl);

/// <summary>The operator's console.</summary>
internal static class ConsoleEndpoints
{
    private const int MostVideos = 200;

    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        var console = routes.MapGroup("/console").WithTags("Console").RequireAuthorization(Roles.Operator);
        console.MapGet("/overview", Ok<Overview> (ConsoleOverview overview) => TypedResults.Ok(overview.Now()))
            .WithName("console_overview").WithSummary("Stages, traffic, exit rate, tests, sources, what was disqualified");
        console.MapGet("/videos", Videos).WithName("console_videos").WithSummary("The videos of a stage, newest arrivals first")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        console.MapRules();
        console.MapDryRun();
    }

    private static Results<Ok<StageVideos>, ProblemHttpResult> Videos(string? stage, int? limit, Engine engine)
    {
        if (!TryStage(stage, out var wanted)) return Problem.Invalid(("stage", $"It must be one of {string.Join(", ", Enum.GetValues<VideoStage>().Select(StageName))}."));
        if (limit is < 1 or > MostVideos) return Problem.Invalid(("limit", $"It must be from 1 to {MostVideos}."));
        return TypedResults.Ok(new StageVideos(
        [
            .. engine.Catalogue.Videos().Where(video => video.Stage == wanted).OrderByDescending(video => video.StageAt).Take(limit ?? 50)
                .Select(video => new StageVideo(
                    video.Id, video.Caption, new CreatorCard(video.Creator, video.CreatorName), video.Stage, video.Stage.Title(), video.StageAt,
                    Cards.Score(engine.JudgeOf(video).Assess(video, engine.Catalogue.Around(video), engine.Now).Score), video.Evidence.Totals.Views,
                    video.Media is null ? null : Cards.PosterUrl(video.Id))),
        ]));
    }

    private static bool TryStage(string? text, out VideoStage stage)
    {
        foreach (var known in Enum.GetValues<VideoStage>())
        {
            stage = known;
            if (StageName(known) == text) return true;
        }
        stage = default;
        return false;
    }

    private static string StageName(VideoStage stage) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(stage.ToString());
}
