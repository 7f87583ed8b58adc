namespace Groundswell.Storage;

/// <summary>How a store queues and commits. Checked when it is opened.</summary>
public sealed record StoreOptions
{
    /// <summary>
    /// Entries that may wait for the writer, 1 to 1,000,000. At about 1.5 kB each the default is some 25 MB, and four
    /// full commits: enough to ride out one checkpoint, little enough that a waiting caller waits under a second.
    /// </summary>
    public int QueueCapacity { get; init; } = 16_384;

    /// <summary>
    /// Entries in one transaction and in one call, 1 to <see cref="QueueCapacity"/>. From about 1,000 rows on, the fsync
    /// is lost in the cost of the rows; more only makes the first caller of a group wait longer.
    /// </summary>
    public int MostPerCommit { get; init; } = 4_096;

    /// <summary>
    /// How long to wait for a lock that another program holds on the file (a backup, a shell), 0 to 60 s. Our own reads
    /// and writes never wait for each other.
    /// </summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// After a failed write: how long appends fail fast before one of them probes the disk again, 10 ms to 10 min. A
    /// second is soon for people, and seldom for a full disk.
    /// </summary>
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The writer's page cache in MB (2²⁰ bytes), 1 to 65,536. The event keys of a viewer lie together in their index: while
    /// the pages of the viewers who are here now fit, an insert reads nothing from the disk. 64 MB is 8,000 such pages.
    /// </summary>
    public int CacheMegabytes { get; init; } = 64;

    /// <summary>
    /// Pages of 8 kB in the write-ahead log before it is folded into the file, 100 to 1,000,000. More are written
    /// once for more commits; fewer make the commit that has to fold them wait less. The default is a log of 16 MB: with four
    /// times that, one batch in a hundred waited half as long again (`groundswell bench signals`).
    /// </summary>
    public int CheckpointPages { get; init; } = 2_048;

    /// <summary>
    /// Entries committed last that stay in memory, 0 to 1,000,000: whoever follows the ledger at its head reads them without
    /// disk and JSON. The default is some 10 MB and two full commits; what is kept longer, the garbage
    /// collector has to copy.
    /// </summary>
    public int RecentEntries { get; init; } = 8_192;

    /// <summary>Connections kept open for the next read, 1 to 256; more are opened at need and closed after.</summary>
    public int IdleReaders { get; init; } = 8;

    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    internal StoreOptions Checked()
    {
        Check(QueueCapacity, 1, 1_000_000, nameof(QueueCapacity));
        Check(MostPerCommit, 1, QueueCapacity, nameof(MostPerCommit));
        Check(BusyTimeout, TimeSpan.Zero, TimeSpan.FromSeconds(60), nameof(BusyTimeout));
        Check(ProbeEvery, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10), nameof(ProbeEvery));
        Check(CacheMegabytes, 1, 65_536, nameof(CacheMegabytes));
        Check(CheckpointPages, 100, 1_000_000, nameof(CheckpointPages));
        Check(RecentEntries, 0, 1_000_000, nameof(RecentEntries));
        Check(IdleReaders, 1, 256, nameof(IdleReaders));
        return this;
    }

    private static void Check<T>(T value, T least, T most, string name) where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be between {least} and {most}.");
    }
}
