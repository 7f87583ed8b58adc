using Groundswell.Cluster;
using Groundswell.Server.Http;
using Groundswell.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Groundswell.Server.Status;

/// <param name="Ready">Feeds are served.</param>
/// <param name="Phase">starting, fast_forward or live.</param>
/// <param name="Progress">Share of the phase that is done, in [0, 1].</param>
public sealed record StatusAnswer(bool Ready, string Phase, bool Demo, double Progress, string Message, int Videos, long Views);

/// <summary>How far the server has come since it was started. One writer: whoever starts it.</summary>
public sealed class StartProgress
{
    private volatile Step _step = new("starting", 0, "Starting …");

    public bool IsLive => _step.Phase == "live";

    internal Step Now => _step;

    public void FastForward(double progress, string message) => _step = new Step("fast_forward", progress, message);

    public void Live() => _step = new Step("live", 1, "Live.");

    internal sealed record Step(string Phase, double Progress, string Message);
}

/// <summary>Health for machines, status for the splash page.</summary>
internal static class StatusEndpoints
{
    public static void MapStatus(this IEndpointRouteBuilder routes, ServerOptions options)
    {
        routes.MapGet("/v1/status", Ok<StatusAnswer> (StartProgress start, Engine engine) => TypedResults.Ok(new StatusAnswer(
                start.IsLive, start.Now.Phase, options.Demo, start.Now.Progress, start.Now.Message, engine.Catalogue.Videos().Length, engine.Statistics.Views)))
            .WithName("status").WithTags("Health").WithSummary("How far the start has come");
        routes.MapGet("/health/live", Ok<HealthAnswer> () => TypedResults.Ok(new HealthAnswer("live", null)))
            .WithName("health_live").WithTags("Health").WithSummary("The process answers");
        routes.MapGet("/health/ready", Ready).WithName("health_ready").WithTags("Health").WithSummary("Feeds are served and the store takes writes")
            .Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>While the engine lives in another time, pages and events of real people wait.</summary>
    public static IApplicationBuilder UseStartGate(this IApplicationBuilder app, StartProgress start) => app.Use(async (context, next) =>
    {
        if (start.IsLive || !(context.Request.Path.StartsWithSegments("/v1/feed") || context.Request.Path.StartsWithSegments("/v1/events")))
        {
            await next(context);
            return;
        }
        context.Response.Headers.RetryAfter = "2";
        await Problem.Of(StatusCodes.Status503ServiceUnavailable, "Not ready yet", start.Now.Message).ExecuteAsync(context);
    });

    private static IResult Ready(StartProgress start, IStore store)
    {
        if (!start.IsLive) return TypedResults.Json(new HealthAnswer("starting", start.Now.Message), statusCode: StatusCodes.Status503ServiceUnavailable);
        return store.Unavailable is { } unavailable
            ? TypedResults.Json(new HealthAnswer("degraded", unavailable.Message), statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Ok(new HealthAnswer("ready", null));
    }
}

public sealed record HealthAnswer(string Status, string? Detail);
