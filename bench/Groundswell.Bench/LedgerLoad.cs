using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Feed;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Taste;

namespace Groundswell.Bench;

/// <summary>
/// Signals as devices send them: one call is a batch of one viewer, who watches some clips and acts on a few. The same
/// seed gives the same signals.
/// </summary>
internal static class LedgerLoad
{
    public const int Viewers = 5_000;
    private const int Videos = 2_000;
    private const ulong Seed = 20261124;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>One clip: seen, begun, watched, ended, and now and then liked, commented or shared.</summary>
    private static readonly SignalType[] Clip =
        [SignalType.Impression, SignalType.PlayStart, SignalType.Heartbeat, SignalType.Heartbeat, SignalType.PlayEnd];

    public static IEnumerable<LedgerEntry[]> Calls(int entriesACall)
    {
        for (var call = 0; ; call++)
        {
            var chance = new Chance(Seed).For(call);
            var viewer = new ViewerId(Id(1, chance.For("viewer").Below(Viewers)));
            yield return [.. Enumerable.Range(0, entriesACall).Select(place => Signal(call, place, viewer, chance.For(place)))];
        }
    }

    private static SignalRecorded Signal(int call, int place, ViewerId viewer, Chance chance)
    {
        var at = Start.AddMilliseconds(call * 40L);
        var video = new VideoId(Id(2, chance.For("video").Below(Videos)));
        var acts = chance.For("acts").Below(20) == 0;
        var type = acts ? (chance.For("act").Below(4) == 0 ? SignalType.Comment : SignalType.Like) : Clip[place % Clip.Length];
        var playedMs = 1_000 + chance.For("played").Below(20_000);
        var ended = type == SignalType.PlayEnd || acts;
        var before = type == SignalType.Impression ? null : new View(at, Actions.None, acts, playedMs / 2, playedMs / 2, 0, false, false);
        var after = new View(at, ended && playedMs > 12_000 ? Actions.Completion : Actions.None, ended, playedMs, playedMs, 0, playedMs < 2_000, false);
        return new SignalRecorded(
            at, $"{Id(3, call):x}-{place}", type, at.AddMilliseconds(-chance.For("late").Below(5_000)), viewer, video, new CreatorId(Id(4, video.Value % 200)),
            new SlotContext(new RequestId(Id(5, call)), place % 5, SlotSource.Personal, 3, false, 0.25f),
            type is SignalType.Impression || acts ? null : new PlayReport(playedMs, playedMs, playedMs, 0, ended ? EndReason.Swipe : null),
            type == SignalType.Comment ? "This is the one I was looking for" : null, false, null, new ViewChange(before, after), 0, ended ? 8 : 0,
            ended ? new TasteLesson(8, 1, false, [new GenreShare(3, 0.7f), new GenreShare(5, 0.3f)], Vector(video)) : null);
    }

    private static byte[] Vector(VideoId video) => [.. Enumerable.Range(0, 64).Select(i => (byte)((video.Value * 31) + (i * 37)))];

    /// <summary>Spread like the engine's ids: the time in the high bits.</summary>
    private static long Id(long kind, long number) => (0x19A_0000_0000L + (kind << 32) + (number * 7919)) << 20 | (number & 0xFFFFF);
}
