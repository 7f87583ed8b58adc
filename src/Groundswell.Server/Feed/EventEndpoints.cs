using System.Collections.Immutable;
using System.Globalization;
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

    /// <summary>The device's own time when it sent the request.</summary>
    public const string TimeHeader = "Client-Time";

    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapPost("/events", Record)
        .Reads<EventBody[]>("application/json", "application/x-ndjson")
        .WithName("events").WithTags("Feed").WithSummary("What the viewer did")
        .WithDescription($"A JSON array or NDJSON of up to {Most} events and {MostBytes >> 10} KiB. Content-Encoding: gzip is taken; inflated it may be no larger. "
            + "A retried event changes nothing; an event up to 24 h old counts at its own time. heartbeat and play_end carry props.ranges, [[from_ms, to_ms], …] played since the play began "
            + "or since the last report, of which the server makes the union, or props.played_ms; a play whose end is never reported ends by itself. "
            + $"The header {TimeHeader}, ISO 8601, says what time it is on the device as it sends: all client_ts of the request are corrected by it. Without it they are moved only "
            + "where one of them lies in the future or before its slot was served.")
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes), TakesGzip.Instance)
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
        if (!TrySent(context, out var sent)) return Problem.Invalid((TimeHeader, "It must be a time in ISO 8601."));
        var reader = new EventReader(signer, engine.Rules);
        var received = engine.Now;
        var network = Network.Of(context.Connection.RemoteIpAddress);
        var read = events.Items.Select(json => reader.Read(json, received)).ToArray();
        var sentSignals = read.Select(pair => pair.Signal).OfType<Signal>().ToArray();
        var shift = DeviceClock.Shift(sentSignals, sent, received);
        var signals = sentSignals.Select(signal => Placed(signal, caller, shift, bursts, network)).ToImmutableArray();
        var recorded = signals.IsEmpty ? [] : await grains.GetGrain<IViewerGrain>(caller.Viewer.Value).Record(signals, caller.Account);
        var next = 0;
        return TypedResults.Ok(new EventsAnswer([.. read.Select(pair => Result(pair.Invalid ?? recorded[next++]))]));
    }

    /// <summary>
    /// The signal at its own time and in its crowd. Only one that answers its viewer's own slot is metered: what counts nothing
    /// anyway must take nobody's place.
    /// </summary>
    private static Signal Placed(Signal signal, Caller caller, TimeSpan shift, BurstMeter bursts, Network network)
    {
        var crowding = signal.Slot is { } slot && slot.Viewer == caller.Viewer && slot.Video == signal.Video
            ? bursts.Measure(network.Key, signal.Video, caller.Viewer, network.IsThisMachine ? null : caller.MadeAt, signal.ReceivedAt)
            : default;
        return signal with { EventTime = DeviceClock.Correct(signal, shift), InBurst = crowding.InBurst, InFreshCrowd = crowding.InFreshCrowd };
    }

    private static bool TrySent(HttpContext context, out DateTimeOffset? sent)
    {
        sent = null;
        var text = context.Request.Headers[TimeHeader].ToString();
        if (text.Length == 0) return true;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return false;
        sent = at;
        return true;
    }

    private static EventResult Result(SignalResult result) => new(
        result.EventId, result.Status, result.Disqualified,
        result.Problem ?? (result.Disqualified is { } reason ? Qualifications.Sentence(reason) : null), result.Field);
}
