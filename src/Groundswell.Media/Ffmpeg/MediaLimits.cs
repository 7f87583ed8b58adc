namespace Groundswell.Media.Ffmpeg;

/// <summary>
/// What an installation accepts as a video and what it spends on one. Checked once at start-up by <see cref="Checked"/>.
/// </summary>
public sealed record MediaLimits
{
    /// <summary>Largest upload in bytes, 1 KiB to 16 GiB. Default 512 MiB: three minutes at 20 Mbit/s, what phones record, fit.</summary>
    public long MaxBytes { get; init; } = 512L << 20;

    /// <summary>Longest video, 1 s to 1 h. Default 3 min, the usual upper bound of a short video.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Longest side of a frame in pixels, 64 to 16384. Default 8192: 8K recordings pass, decompression bombs do not.</summary>
    public int MaxSide { get; init; } = 8192;

    /// <summary>Shortest displayed side in pixels, 1 to 256. Default 16, one macroblock of H.264: nothing smaller can be watched.</summary>
    public int MinSide { get; init; } = 16;

    /// <summary>
    /// Wall time for reading the header, 1 s to 5 min. Default 20 s: a header takes well below 1 s, the rest is for a busy
    /// disk.
    /// </summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Wall time to transcode or decode, before what the duration adds, 5 s to 10 min. Default 30 s, for starting under
    /// load.
    /// </summary>
    public TimeSpan TranscodeBaseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Added wall time for each second of video, 1 to 100. Default 10: 1080p at the fast preset runs near real time on two
    /// cores.
    /// </summary>
    public double TranscodeTimeoutPerSecond { get; init; } = 10;

    /// <summary>
    /// Threads of a decoder or encoder, 1 to 64. Default 2, so that one upload leaves room for the feed on a small machine.
    /// </summary>
    public int Threads { get; init; } = 2;

    /// <summary>
    /// Address space of a child process in bytes, 512 MiB to 64 GiB. Default 4 GiB: decoding an 8K frame with its
    /// references needs about 2.
    /// </summary>
    public long MaxAddressSpace { get; init; } = 4L << 30;

    /// <summary>Largest file a child process may write in bytes, 1 MiB to 16 GiB. Default 512 MiB, as for the upload.</summary>
    public long MaxOutputBytes { get; init; } = 512L << 20;

    /// <summary>Wall time for one pass over a video of the given length.</summary>
    public TimeSpan TimeoutFor(TimeSpan duration) => TranscodeBaseTimeout + TranscodeTimeoutPerSecond * duration;

    /// <summary>These limits, when every one lies in its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit lies outside its range; the message names it.</exception>
    public MediaLimits Checked()
    {
        Require(MaxBytes, 1L << 10, 16L << 30, nameof(MaxBytes));
        Require(MaxDuration, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(MaxDuration));
        Require(MaxSide, 64, 16384, nameof(MaxSide));
        Require(MinSide, 1, 256, nameof(MinSide));
        Require(ProbeTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), nameof(ProbeTimeout));
        Require(TranscodeBaseTimeout, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10), nameof(TranscodeBaseTimeout));
        Require(TranscodeTimeoutPerSecond, 1, 100, nameof(TranscodeTimeoutPerSecond));
        Require(Threads, 1, 64, nameof(Threads));
        Require(MaxAddressSpace, 512L << 20, 64L << 30, nameof(MaxAddressSpace));
        Require(MaxOutputBytes, 1L << 20, 16L << 30, nameof(MaxOutputBytes));
        return this;
    }

    private static void Require<T>(T value, T least, T most, string name) where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {least} to {most}.");
    }
}
