using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Groundswell.Cluster;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Signals;
using Groundswell.Core.Signals.Qualification;
using Groundswell.Server.Access;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Groundswell.Server.Feed;

/// <param name="Status">accepted, late (it still counts), duplicate, disqualified (kept, counts nothing) or invalid (not kept).</param>
/// <param name="Reason">Why it counts nothing.</param>
/// <param name="Detail">The same as a sentence.</param>
/// <param name="Field">The field that is wrong.</param>
public sealed record EventResult(string EventId, SignalStatus Status, Disqualification? Reason, string? Detail, string? Field);

public sealed record EventsAnswer(ImmutableArray<EventResult> Results);

/// <summary>What viewers do: <c>POST /v1/events</c>. Each event is answered by itself, after it is durable.</summary>
internal static class EventEndpoints
{
    /// <summary>Events of one request.</summary>
    public const int Most = 1000;

    /// <summary>Bytes of one request.</summary>
    public const int MostBytes = 1 << 20;

    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapPost("/events", Record)
        .Reads<EventBody[]>("application/json", "application/x-ndjson")
        .WithName("events").WithTags("Feed").WithSummary("What the viewer did")
        .WithDescription($"A JSON array or NDJSON of up to {Most} events and {MostBytes >> 10} KiB. A retried event changes nothing; an event up to 24 h old counts at its own time.")
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes))
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .RequireRateLimiting(RateLimits.Watching);

    private static async Task<Results<Ok<EventsAnswer>, ProblemHttpResult>> Record(
        HttpContext context, Engine engine, IGrainFactory grains, Callers callers, SlotSigner signer, BurstMeter bursts)
    {
        var caller = callers.Of(context);
        if (caller.IsNew)
            return Problem.Of(StatusCodes.Status401Unauthorized, "No device", "Ask for a page first: events belong to the device that the page was made for.");
        using var events = await EventBatch.ReadAsync(context.Request, MostBytes, context.RequestAborted);
        if (events.Problem is { } problem) return Problem.Of(problem.Status, "The events cannot be read", problem.Detail);
        if (events.Items.Count > Most) return Problem.Invalid(("events", $"One request may carry at most {Most} events, not {events.Items.Count}."));
        var reader = new EventReader(signer, engine.Rules);
        var received = engine.Now;
        var network = NetworkOf(context);
        var read = events.Items.Select(json => reader.Read(json, received)).ToArray();
        var signals = read.Select(pair => pair.Signal).OfType<Signal>().Select(signal => Metered(signal, caller.Viewer, bursts, network)).ToImmutableArray();
        var recorded = signals.IsEmpty ? [] : await grains.GetGrain<IViewerGrain>(caller.Viewer.Value).Record(signals, caller.Account);
        var next = 0;
        return TypedResults.Ok(new EventsAnswer([.. read.Select(pair => Result(pair.Invalid ?? recorded[next++]))]));
    }

    /// <summary>Only a signal that answers its viewer's own slot is metered: what counts nothing anyway must take nobody's place.</summary>
    private static Signal Metered(Signal signal, ViewerId viewer, BurstMeter bursts, ulong network) => signal with
    {
        InBurst = signal.Slot is { } slot && slot.Viewer == viewer && slot.Video == signal.Video && bursts.IsBeyond(network, signal.Video, viewer, signal.ReceivedAt),
    };

    private static EventResult Result(SignalResult result) => new(
        result.EventId, result.Status, result.Disqualified,
        result.Problem ?? (result.Disqualified is { } reason ? Qualifications.Sentence(reason) : null), result.Field);

    /// <summary>The caller's network as a number: the address itself is not kept.</summary>
    private static ulong NetworkOf(HttpContext context) =>
        XxHash3.HashToUInt64(Encoding.ASCII.GetBytes(context.Connection.RemoteIpAddress?.ToString() ?? ""));
}
