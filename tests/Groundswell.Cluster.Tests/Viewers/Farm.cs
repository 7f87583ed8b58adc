using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;

namespace Groundswell.Cluster.Tests.Viewers;

/// <summary>One call of one device, as it would reach the server.</summary>
/// <param name="Account">The creator who is signed in on the device.</param>
/// <param name="MadeAt">When the device was made.</param>
internal sealed record DeviceCall(DateTimeOffset At, ViewerId Viewer, ulong Network, DateTimeOffset MadeAt, CreatorId? Account, Signal[] Signals);

/// <summary>
/// An ordinary audience of a weak video, and a farm of two hundred devices that wants it through its test: whoever has a
/// trick uses it to the full, and is clean in everything else, so that each trick meets its own rule.
/// </summary>
internal sealed class Farm(VideoState target, VideoState[] others, DateTimeOffset from, Chance chance)
{
    public const int Devices = 200;
    private const int Viewers = 480;
    private static readonly TimeSpan Attack = TimeSpan.FromHours(8);
    private static readonly TimeSpan Old = TimeSpan.FromDays(40);

    /// <summary>One big network and three smaller ones.</summary>
    private static readonly ulong[] Networks = [1, 1, 1, 1, 1, 1, 1, 2, 3, 4];
    private int _sent;

    /// <summary>Everybody has their own network and an old device; a third completes the clip, a few act.</summary>
    public IEnumerable<DeviceCall> Audience()
    {
        for (var number = 0; number < Viewers; number++)
        {
            var key = chance.For("audience").For(number);
            var at = from + (Attack * key.For("when").Unit());
            var viewer = new ViewerId(1_000_000 + number);
            var mood = key.For("mood").Unit();
            var total = mood < 0.4 ? 900 : mood < 0.7 ? 4_000 : mood < 0.95 ? 8_000 : 15_500;
            var signals = new List<Signal> { Sent(viewer, target, at, SignalType.Impression, at), Played(viewer, target, at, total, at.AddMilliseconds(total)) };
            if (mood > 0.85) signals.Add(Sent(viewer, target, at, SignalType.Like, at.AddMilliseconds(total)));
            yield return new DeviceCall(at.AddMilliseconds(total), viewer, 10_000 + (ulong)number, at - Old, null, [.. signals]);
        }
    }

    public IEnumerable<DeviceCall> Devious() =>
    [
        .. Many("own", 20, OwnViews), .. Many("burst", 50, LikeBurst), .. Many("fresh", 50, FreshWatchers), .. Many("replay", 15, Replays), .. Many("foreign", 15, ForeignSlots),
        .. Many("unserved", 10, Unserved), .. Many("parallel", 15, ParallelSessions), .. Many("hidden", 15, HiddenTabs), .. Many("hasty", 10, ImpossibleSpeed),
    ];

    /// <summary>What no rule here tells from an audience: old devices that come one by one and watch like anybody who loves a clip.</summary>
    public IEnumerable<DeviceCall> Patient() => Many("patient", 60, (viewer, network, at, _) => [new(at.AddSeconds(16), viewer, network, at - Old, null, Everything(viewer, at))]);

    private IEnumerable<DeviceCall> Many(string trick, int devices, Func<ViewerId, ulong, DateTimeOffset, int, IEnumerable<DeviceCall>> calls) =>
        Enumerable.Range(0, devices).SelectMany(number =>
        {
            var key = chance.For(trick).For(number);
            var viewer = new ViewerId((long)(key.For("id").Bits() >> 2));
            return calls(viewer, Networks[number % Networks.Length], from + (Attack * key.For("when").Unit()), number);
        });

    /// <summary>The creator's own devices, signed in, or signed out since a day.</summary>
    private IEnumerable<DeviceCall> OwnViews(ViewerId viewer, ulong network, DateTimeOffset at, int number)
    {
        var before = from.AddHours(-20);
        if (number % 2 == 0) yield return new DeviceCall(before, viewer, network, from - Old, target.Creator, [Sent(viewer, others[0], before, SignalType.Impression, before)]);
        yield return new DeviceCall(at.AddSeconds(16), viewer, network, at - Old, number % 2 == 0 ? null : target.Creator, Everything(viewer, at));
    }

    /// <summary>Within minutes, likes, shares and comments on a clip that nobody of them looks at.</summary>
    private IEnumerable<DeviceCall> LikeBurst(ViewerId viewer, ulong network, DateTimeOffset at, int number)
    {
        var now = from.AddHours(2).AddSeconds(number * 4);
        yield return new DeviceCall(now.AddSeconds(1), viewer, 1, now - Old, null, [.. Acts(viewer, now, now.AddSeconds(1)), Played(viewer, target, now, 400, now.AddSeconds(1))]);
    }

    private IEnumerable<DeviceCall> FreshWatchers(ViewerId viewer, ulong network, DateTimeOffset at, int number)
    {
        yield return new DeviceCall(at.AddSeconds(16), viewer, network, at.AddMinutes(-1), null, Everything(viewer, at));
    }

    /// <summary>Tokens of two days ago, from a store of them.</summary>
    private IEnumerable<DeviceCall> Replays(ViewerId viewer, ulong network, DateTimeOffset at, int number)
    {
        var served = at.AddDays(-2);
        yield return new DeviceCall(at, viewer, network, at - Old, null, [.. Everything(viewer, at).Select(signal => signal with { Slot = signal.Slot! with { ServedAt = served }, ReceivedAt = at.AddSeconds(16) })]);
    }

    /// <summary>One viewer's tokens in another viewer's hands.</summary>
    private IEnumerable<DeviceCall> ForeignSlots(ViewerId viewer, ulong network, DateTimeOffset at, int number)
    {
        yield return new DeviceCall(at.AddSeconds(16), viewer, network, at - Old, null, [.. Everything(viewer, at).Select(signal => signal with { Slot = signal.Slot! with { Viewer = new ViewerId(7) } })]);
    }

    /// <summary>Forged tokens, which verify as none, and no tokens at all.</summary>
    private IEnumerable<DeviceCall> Unserved(ViewerId viewer, ulong network, DateTimeOffset at, int number)
    {
        yield return new DeviceCall(at.AddSeconds(16), viewer, network, at - Old, null, [.. Everything(viewer, at).Select(signal => signal with { Slot = null })]);
    }

    /// <summary>Six videos at once, this one the last that is reported.</summary>
    private IEnumerable<DeviceCall> ParallelSessions(ViewerId viewer, ulong network, DateTimeOffset at, int number)
    {
        var beside = others.Select(other => Played(viewer, other, at, 15_500, at.AddSeconds(16)));
        yield return new DeviceCall(at.AddSeconds(16), viewer, network, at - Old, null, [.. beside, .. Everything(viewer, at)]);
    }

    private IEnumerable<DeviceCall> HiddenTabs(ViewerId viewer, ulong network, DateTimeOffset at, int number)
    {
        yield return new DeviceCall(at.AddSeconds(16), viewer, network, at - Old, null, [.. Everything(viewer, at).Select(signal => signal with { InBackground = true })]);
    }

    private IEnumerable<DeviceCall> ImpossibleSpeed(ViewerId viewer, ulong network, DateTimeOffset at, int number)
    {
        yield return new DeviceCall(at.AddSeconds(1), viewer, network, at - Old, null, [.. Everything(viewer, at).Select(signal => signal with { EventTime = at.AddSeconds(1), ReceivedAt = at.AddSeconds(1) })]);
    }

    /// <summary>All thirty points.</summary>
    private Signal[] Everything(ViewerId viewer, DateTimeOffset at) => [.. Acts(viewer, at, at.AddSeconds(16)), Played(viewer, target, at, 15_500, at.AddSeconds(16))];

    private Signal[] Acts(ViewerId viewer, DateTimeOffset served, DateTimeOffset at) =>
    [
        Sent(viewer, target, served, SignalType.Impression, served), Sent(viewer, target, served, SignalType.Like, at),
        Sent(viewer, target, served, SignalType.Share, at), Sent(viewer, target, served, SignalType.Comment, at) with { Text = "wow" },
    ];

    private Signal Played(ViewerId viewer, VideoState video, DateTimeOffset served, int totalMs, DateTimeOffset at)
    {
        var played = Math.Min(totalMs, video.DurationMs);
        return Sent(viewer, video, served, SignalType.PlayEnd, at) with { Play = new PlayReport(played, totalMs, played, totalMs > video.DurationMs ? 1 : 0, EndReason.Swipe) };
    }

    private Signal Sent(ViewerId viewer, VideoState video, DateTimeOffset served, SignalType type, DateTimeOffset at) => new(
        $"e{++_sent}", type, at, at, video.Id, new Slot(viewer, video.Id, video.Creator, new RequestId(_sent), 2, served, SlotSource.TestBatch, new Cohort(viewer.Value % 2 == 0 ? 2 : 5), false, 1));
}
