using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Viewers;
using Groundswell.Lab.Simulations.World;
using Groundswell.Ranking.Feed;

namespace Groundswell.Lab.Simulations.Attackers;

/// <summary>
/// Devices that push one creator: each opens a link to every new video of theirs within hours, watches it twice to the end,
/// likes, comments, shares and follows, and looks at the rest of the page for a moment, like a person would.
/// </summary>
internal sealed class FarmDevices(Farm farm, Rules rules, InlineEngine engine, Timetable timetable, int genres, DateTimeOffset madeAt, Chance chance)
{
    private const int PageSize = 5;
    private static readonly TimeSpan Within = TimeSpan.FromHours(4);

    private readonly Chance _chance = chance.For("farm");
    private readonly BurstMeter _crowds = new(rules.Qualification);
    private readonly List<HiddenVideo> _targets = [];
    private readonly ViewerState[] _devices =
        [.. Enumerable.Range(0, farm.Devices).Select(number => new ViewerState(new ViewerId((long)(chance.For("farm").For("device").For(number).Bits() >> 1)), genres))];

    /// <summary>A video to push: every device comes to it once.</summary>
    public void Push(HiddenVideo video, DateTimeOffset now)
    {
        _targets.Add(video);
        var from = farm.Patient && now < madeAt + rules.Qualification.FreshAge ? madeAt + rules.Qualification.FreshAge : now;
        for (var device = 0; device < _devices.Length; device++)
            timetable.Plan(new Happening(from + (Within * _chance.For(device).For(_targets.Count).Unit()), Kind.FarmVisit, device, _targets.Count - 1));
    }

    public void Visit(int device, int target, DateTimeOffset now)
    {
        var (viewer, video) = (_devices[device], _targets[target]);
        var id = new RequestId((viewer.Id.Value & ~0xFFFFFL) | (uint)target);
        var page = engine.Page(viewer, new FeedRequest(id, PageSize, FeedMode.Personalised, ImmutableHashSet<VideoId>.Empty, false, false, video.Id, null, now));
        var at = now;
        foreach (var item in page.Items)
        {
            if (engine.Catalogue.Video(item.Slot.Video) is not { } state) continue;
            if (item.Slot.Video == video.Id) at = Everything(item, device, viewer, state.DurationMs, at);
            else
            {
                var glance = 1500 + _chance.For(device).For(item.Slot.Video.Value).Below(2000);
                at += TimeSpan.FromMilliseconds(glance);
                Send(item, device, viewer, at, SignalType.PlayEnd, new PlayReport(Math.Min(glance, state.DurationMs), glance, glance, 0, EndReason.Swipe));
            }
        }
    }

    private DateTimeOffset Everything(FeedItem item, int device, ViewerState viewer, int durationMs, DateTimeOffset now)
    {
        var at = now + TimeSpan.FromMilliseconds((2 * durationMs) + 500);
        foreach (var act in (ReadOnlySpan<SignalType>)[SignalType.Like, SignalType.Comment, SignalType.Share, SignalType.Follow]) Send(item, device, viewer, at, act, null);
        Send(item, device, viewer, at, SignalType.PlayEnd, new PlayReport(durationMs, (2 * durationMs) + 400, durationMs, 2, EndReason.Swipe));
        return at;
    }

    private void Send(FeedItem item, int device, ViewerState viewer, DateTimeOffset at, SignalType type, PlayReport? play)
    {
        var crowding = _crowds.Measure((ulong)(device % farm.Networks), item.Slot.Video, viewer.Id, madeAt, at);
        engine.Record(new Signal("farm", type, at, at, item.Slot.Video, item.Slot, play, InBurst: crowding.InBurst, InFreshCrowd: crowding.InFreshCrowd), viewer);
    }
}
