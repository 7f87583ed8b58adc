namespace Groundswell.Core.Signals;

/// <summary>What a network's crowd on a video looks like when one more viewer of it comes.</summary>
/// <param name="InBurst">More viewers of one network than people would be within minutes.</param>
/// <param name="InFreshCrowd">One more new device where a day has brought too many already.</param>
public readonly record struct Crowding(bool InBurst, bool InFreshCrowd);

/// <summary>
/// Tells when more viewers of one network come to one video than people would: the first
/// <see cref="QualificationRules.BurstViews"/> within the window count, the ones after them do not, and of newly made devices
/// only the first few of a day.
/// </summary>
/// <param name="rules">Those in force at the moment of a signal.</param>
public sealed class BurstMeter(Func<QualificationRules> rules)
{
    private readonly CrowdMeter _all = new();
    private readonly CrowdMeter _fresh = new();

    public BurstMeter(QualificationRules rules) : this(() => rules)
    {
    }

    /// <summary>Whether the viewer came after a bound was reached; one who came before it stays within.</summary>
    /// <param name="madeAt">When the device was made; null where nothing is known of it, or where its network says nothing about it.</param>
    public Crowding Measure(ulong network, VideoId video, ViewerId viewer, DateTimeOffset? madeAt, DateTimeOffset at)
    {
        var now = rules();
        return new Crowding(
            _all.IsBeyond(network, video, viewer, at, now.BurstViews, now.BurstWithin),
            madeAt is { } made && at - made < now.FreshAge && _fresh.IsBeyond(network, video, viewer, at, now.FreshDevices, now.FreshWithin));
    }
}
