using System.Collections.Immutable;
using System.Text;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Signals;
using Groundswell.Demo.Seeds;

namespace Groundswell.Bench;

/// <summary>
/// What an audience reports, worked out before the clock starts: each batch is one viewer's next videos, watched one
/// after another, five events a video (impression, start, two heartbeats, end; sometimes a like takes a heartbeat's place).
/// Every slot is signed as a served page would have signed it, so that all rules pass and all projections have work.
/// </summary>
internal sealed class SignalScript(CatalogueSeed catalogue, int videos, SlotSigner signer, DateTimeOffset now)
{
    private const int EventsAVideo = 5;
    private const int DurationMs = 8_000;
    private static readonly TimeSpan OneVideo = TimeSpan.FromSeconds(11);
    private readonly Chance _chance = new Chance(7).For("script");

    /// <summary>One viewer's batch: its place in their day is <paramref name="turn"/>, of <paramref name="turns"/>.</summary>
    public ImmutableArray<Signal> Batch(ViewerId viewer, int turn, int turns, int events)
    {
        var each = (events + EventsAVideo - 1) / EventsAVideo;
        var began = now - ((turns - turn) * each * OneVideo);
        var signals = ImmutableArray.CreateBuilder<Signal>(events);
        for (var i = 0; signals.Count < events; i++)
        {
            var number = (int)((ulong)(viewer.Value + (turn * each) + i) % (ulong)videos);
            foreach (var signal in Watch(viewer, number, began + (i * OneVideo)).Take(events - signals.Count)) signals.Add(signal);
        }
        return signals.MoveToImmutable();
    }

    /// <summary>The same batch as the body of <c>POST /v1/events</c>.</summary>
    public byte[] Body(ImmutableArray<Signal> signals)
    {
        var body = new StringBuilder("[");
        foreach (var signal in signals)
        {
            if (body.Length > 1) body.Append(',');
            body.Append($$"""{"event_id":"{{signal.EventId}}","type":"{{Name(signal.Type)}}","client_ts":"{{signal.EventTime:yyyy-MM-ddTHH:mm:ss.fffZ}}",""")
                .Append($"""
                    "video_id":"{signal.Video}","slot_token":"{(signal.Slot is { } slot ? signer.Sign(slot) : "")}"
                    """);
            if (signal.Play is { } play)
                body.Append($$""","props":{"played_ms":{{play.PlayedMs}},"total_ms":{{play.TotalMs}},"max_position_ms":{{play.MaxPositionMs}},"loops":{{play.Loops}}}""");
            body.Append('}');
        }
        return Encoding.UTF8.GetBytes(body.Append(']').ToString());
    }

    private IEnumerable<Signal> Watch(ViewerId viewer, int number, DateTimeOffset at)
    {
        var key = _chance.For(viewer.Value).For(number);
        var slot = new Slot(
            viewer, catalogue.Id(number), catalogue.Creator(number), new RequestId((long)(key.For("request").Bits() >> 1)), number % 5, at - TimeSpan.FromSeconds(1),
            SlotSource.Personal, new Cohort(0), false, 0.5f);
        var share = key.For("share").Unit();
        var played = share < 0.2 ? 1_500 : share < 0.6 ? (int)(DurationMs * share) : DurationMs;
        var liked = key.For("like").Unit() < 0.1;
        yield return One("i", SignalType.Impression, 0, null);
        yield return One("s", SignalType.PlayStart, 0.1, null);
        yield return One("h", SignalType.Heartbeat, played / 2000.0, new PlayReport(played / 2, played / 2, played / 2, 0, null));
        yield return liked ? One("l", SignalType.Like, played / 1500.0, null) : One("g", SignalType.Heartbeat, played / 1200.0, new PlayReport(played * 4 / 5, played * 4 / 5, played * 4 / 5, 0, null));
        yield return One("e", SignalType.PlayEnd, played / 1000.0, new PlayReport(played, played, played, 0, EndReason.Swipe));

        Signal One(string kind, SignalType type, double seconds, PlayReport? play) =>
            new($"{slot.Request}-{kind}", type, at + TimeSpan.FromSeconds(seconds), now, slot.Video, slot, play);
    }

    private static string Name(SignalType type) => type switch
    {
        SignalType.PlayStart => "play_start",
        SignalType.PlayEnd => "play_end",
        SignalType.Impression => "impression",
        SignalType.Heartbeat => "heartbeat",
        SignalType.Like => "like",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not in the script"),
    };
}
