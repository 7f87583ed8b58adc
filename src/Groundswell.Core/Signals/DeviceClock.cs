namespace Groundswell.Core.Signals;

/// <summary>
/// Device clocks are wrong by minutes and years. Where a request says when it was sent, by the same clock as its events, the
/// difference to its arrival corrects them all. Where it does not, only evidence does: an event in the future, or from
/// before its own slot was served, shows that the clock is wrong; the newest event of the batch is then taken to have
/// happened just as it arrived, and the others keep their distance from it.
/// </summary>
public static class DeviceClock
{
    /// <summary>A device may be so far off before it counts as evidence: network and rounding.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>How far the events of one request are to be moved.</summary>
    /// <param name="sent">When it was sent, by the device's clock; null when it did not say.</param>
    public static TimeSpan Shift(IReadOnlyList<Signal> signals, DateTimeOffset? sent, DateTimeOffset received)
    {
        if (sent is { } at) return received - at;
        var newest = DateTimeOffset.MinValue;
        var isWrong = false;
        foreach (var signal in signals)
        {
            if (signal.EventTime > newest) newest = signal.EventTime;
            isWrong |= signal.EventTime > received + Tolerance || (signal.Slot is { } slot && slot.ServedAt - signal.EventTime > Tolerance);
        }
        return isWrong ? received - newest : TimeSpan.Zero;
    }

    /// <summary>The corrected time of one event: never after it was received, nor before its slot was served.</summary>
    public static DateTimeOffset Correct(Signal signal, TimeSpan shift)
    {
        var latest = signal.ReceivedAt.UtcTicks;
        var earliest = signal.Slot is { } slot ? Math.Min(slot.ServedAt.UtcTicks, latest) : 0;
        // In ticks, whose sum fits: a device may send the first or the last moment that there is.
        return new DateTimeOffset(Math.Clamp(signal.EventTime.UtcTicks + shift.Ticks, earliest, latest), TimeSpan.Zero);
    }
}
