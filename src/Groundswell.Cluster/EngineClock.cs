namespace Groundswell.Cluster;

/// <summary>
/// The time the engine lives in. Live, it is the system's; while a simulation fast-forwards, it is whatever the
/// simulation says, and the engine cannot tell. It never goes back.
/// </summary>
public sealed class EngineClock(TimeProvider system) : TimeProvider
{
    private long _simulatedTicks;

    /// <summary>Whether a simulation sets the time.</summary>
    public bool IsSimulated => Volatile.Read(ref _simulatedTicks) != 0;

    public override long TimestampFrequency => system.TimestampFrequency;

    /// <summary>The system's; while a simulation sets the time none passes within a step, so that nothing depends on how fast the machine is.</summary>
    public override long GetTimestamp() => IsSimulated ? 0 : system.GetTimestamp();

    public override DateTimeOffset GetUtcNow()
    {
        var ticks = Volatile.Read(ref _simulatedTicks);
        return ticks == 0 ? system.GetUtcNow() : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>Sets simulated time; an earlier time than the present one is refused.</summary>
    public void Simulate(DateTimeOffset now)
    {
        if (IsSimulated && now < GetUtcNow()) throw new ArgumentOutOfRangeException(nameof(now), now, "Time does not go back.");
        Volatile.Write(ref _simulatedTicks, now.UtcTicks);
    }

    /// <summary>Back to the system's time.</summary>
    public void GoLive() => Volatile.Write(ref _simulatedTicks, 0);
}
