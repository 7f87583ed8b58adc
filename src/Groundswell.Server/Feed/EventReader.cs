using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;

namespace Groundswell.Server.Feed;

/// <summary>One event as an app sends it. Everything but the first four fields depends on the type.</summary>
/// <param name="EventId">Idempotency key, 1 to 64 characters, unique for this device.</param>
/// <param name="ClientTs">When it happened, by the device's clock.</param>
/// <param name="SlotToken">The token that came with the item.</param>
public sealed record EventBody(
    string? EventId, SignalType? Type, DateTimeOffset? ClientTs, VideoId? VideoId, string? SlotToken, string? SessionId, RequestId? RequestId, EventProps? Props);

/// <param name="PlayedMs">Union of the played ranges, in milliseconds of video; not needed with <paramref name="Ranges"/>, of which the server makes the union.</param>
/// <param name="Ranges">Played ranges as [from_ms, to_ms], at most 64: all since the play began, or those since the last report.</param>
/// <param name="CommentId">The event id of the comment to delete; without it all comments of the viewer on the video.</param>
/// <param name="TotalMs">All time played, loops included; where it is missing it follows from loops and position.</param>
/// <param name="Loops">How often playing went past the end and began again.</param>
/// <param name="Hidden">The page was not visible.</param>
public sealed record EventProps(
    long? PlayedMs, long? TotalMs, long? MaxPositionMs, long? DurationMs, long? Loops, EndReason? EndReason, bool? Muted, bool? Hidden,
    string? Text, string? Channel, string? Reason, ImmutableArray<ImmutableArray<long>>? Ranges, string? CommentId);

/// <summary>Turns an event of the wire into a signal, or says which field is wrong.</summary>
internal sealed class EventReader(SlotSigner signer, Rules rules)
{
    private const int LongestId = 64;
    private const long LongestPlayMs = 24 * 3600 * 1000L;

    /// <summary>Reads one event; exactly one of the two is set.</summary>
    public (Signal? Signal, SignalResult? Invalid) Read(JsonElement json, DateTimeOffset received)
    {
        if (json.ValueKind == JsonValueKind.Undefined) return Invalid("", "event", "The line is not JSON.");
        var id = IdOf(json);
        EventBody? body;
        try
        {
            body = json.Deserialize<EventBody>(GroundswellJson.Options);
        }
        catch (JsonException wrong)
        {
            return Invalid(id, wrong.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : "event", "It is not of the expected form.");
        }
        if (body is null) return Invalid(id, "event", "An event is a JSON object.");
        if (string.IsNullOrEmpty(body.EventId) || body.EventId.Length > LongestId) return Invalid(id, "event_id", $"It must have 1 to {LongestId} characters.");
        if (body.EventId.StartsWith(LostPlay.Prefix, StringComparison.Ordinal)) return Invalid(id, "event_id", $"It must not begin with {LostPlay.Prefix}");
        if (body.Type is not { } type || !Enum.IsDefined(type)) return Invalid(id, "type", "It must be one of the event types.");
        if (body.ClientTs is not { } clientTime) return Invalid(id, "client_ts", "It must be a time in ISO 8601.");
        if (body.VideoId is not { } video) return Invalid(id, "video_id", "It must name a video.");
        if (Wrong(type, body.Props) is { } problem) return Invalid(id, problem.Field, problem.Message);
        return (new Signal(
            body.EventId, type, clientTime, received, video, signer.Verify(body.SlotToken),
            PlayOf(type, body.Props), TextOf(type, body.Props), body.Props?.Hidden ?? false), null);
    }

    private (string Field, string Message)? Wrong(SignalType type, EventProps? props)
    {
        if (type is SignalType.PlayEnd or SignalType.Heartbeat)
        {
            if (PlayedReading.Wrong(props?.Ranges) is { } wrong) return ("props.ranges", wrong);
            if (props?.EndReason == EndReason.Lost) return ("props.end_reason", "It must be one of the end reasons.");
            if (props?.PlayedMs is not (>= 0 and <= LongestPlayMs) && (props?.Ranges is null || props.PlayedMs is not null)) return ("props.played_ms", "It must be from 0 to a day, in milliseconds.");
            if (props.TotalMs is < 0 or > LongestPlayMs) return ("props.total_ms", "It must be from 0 to a day, in milliseconds.");
            if (props.MaxPositionMs is < 0 or > LongestPlayMs) return ("props.max_position_ms", "It must be from 0 to a day, in milliseconds.");
            if (props.Loops is < 0 or > 100_000) return ("props.loops", "It must be from 0 to 100000.");
        }
        if (type == SignalType.DeleteComment && props?.CommentId is { Length: 0 or > LongestId }) return ("props.comment_id", $"It must have 1 to {LongestId} characters.");
        if (type == SignalType.Comment && string.IsNullOrWhiteSpace(props?.Text)) return ("props.text", "A comment needs a text.");
        if (TextOf(type, props)?.Length > rules.Qualification.LongestText) return ("props.text", $"It may have at most {rules.Qualification.LongestText} characters.");
        return null;
    }

    private static PlayReport? PlayOf(SignalType type, EventProps? props)
    {
        if (type is not (SignalType.PlayEnd or SignalType.Heartbeat) || props is null) return null;
        var ranges = PlayedReading.Of(props.Ranges);
        var played = ranges?.LengthMs ?? (int)(props.PlayedMs ?? 0);
        var loops = (int)(props.Loops ?? 0);
        // Without a total, a loop was a whole pass: the least that the report can mean.
        var total = (int)(props.TotalMs ?? Math.Min(LongestPlayMs, played * (1L + loops)));
        return new PlayReport(played, total, (int)(props.MaxPositionMs ?? played), loops, type == SignalType.PlayEnd ? props.EndReason ?? EndReason.Swipe : null, ranges);
    }

    private static string? TextOf(SignalType type, EventProps? props) => type switch
    {
        SignalType.Comment => props?.Text?.Trim(),
        SignalType.DeleteComment => props?.CommentId,
        SignalType.Share => props?.Channel,
        SignalType.Report => props?.Reason,
        _ => null,
    };

    private static string IdOf(JsonElement json)
    {
        try
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("event_id", out var id) || id.ValueKind != JsonValueKind.String) return "";
            var text = id.GetString() ?? "";
            return text[..Math.Min(LongestId, text.Length)];
        }
        catch (InvalidOperationException)
        {
            return ""; // valid JSON that is no text: half a surrogate pair, or bytes that are not UTF-8
        }
    }

    private static (Signal?, SignalResult?) Invalid(string id, string field, string message) =>
        (null, new SignalResult(id, SignalStatus.Invalid, Problem: message, Field: field));
}
