using Groundswell.Core;
using Groundswell.Core.Ledger;

namespace Groundswell.Storage;

/// <summary>
/// The ordered list of facts. One writer commits what many callers append, in groups; readers see only what is durable
/// and never wait for the writer. Safe for concurrent use.
/// </summary>
/// <remarks>
/// With the entries, and in the same transaction, the ledger keeps where each video stands. A <see cref="VideoMoved"/>
/// is therefore a compare-and-set: see <see cref="StaleMoveException"/>.
/// </remarks>
public interface ILedger : IAsyncDisposable
{
    /// <summary>The last durable position; 0 when nothing was ever appended.</summary>
    long Head { get; }

    /// <summary>
    /// Appends all entries of the call in one transaction, in order, at positions with nothing between them; they are on
    /// the disk when the task completes. Waits while the queue is full. Cancelling gives up only that wait: once queued
    /// the entries are written, and the task tells how it ended.
    /// </summary>
    /// <exception cref="StaleMoveException">A video was not where an entry says. Nothing of this call was written; other calls were.</exception>
    /// <exception cref="StoreUnavailableException">
    /// The store cannot write now. Nothing of this call can be read. If the disk failed in the very moment of the commit
    /// and the machine then crashed, the entries may be found afterwards; a retry is harmless to signals (event ids) and
    /// to moves (compare-and-set).
    /// </exception>
    /// <exception cref="ArgumentException">More entries than <see cref="StoreOptions.MostPerCommit"/>.</exception>
    ValueTask<Appended> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation);

    /// <summary>
    /// Queues a fact whose loss in a crash is allowed: <see cref="PageServed"/> or <see cref="CreatorSeen"/>. False when
    /// the queue is full, somebody waits for it, or the store is unavailable: the caller counts the drop.
    /// </summary>
    /// <exception cref="ArgumentException">Any other fact: those must be durable before they are acknowledged.</exception>
    bool TryAppendLater(LedgerEntry entry);

    /// <summary>
    /// Entries after a position, in order, at most <paramref name="most"/>; empty at the head. Near the head these are the
    /// very objects that were appended: see <see cref="StoreOptions.RecentEntries"/>.
    /// </summary>
    IReadOnlyList<Recorded> Read(long after, int most);

    /// <summary>Entries that change one viewer's profile, after a position, in order.</summary>
    IReadOnlyList<Recorded> ReadViewer(ViewerId viewer, long after, int most);

    /// <summary>
    /// The signals that move a video's score (ends of plays, likes and their withdrawal, comments, shares), after a
    /// position, in order. Not its heartbeats and impressions: an index over all signals would cost each of them a fifth more.
    /// </summary>
    IReadOnlyList<Recorded> ReadEngagement(VideoId video, long after, int most);

    /// <summary>One video's journal from its beginning: uploaded, processed, moved.</summary>
    IReadOnlyList<Recorded> ReadJournal(VideoId video);

    /// <summary>Which of these event ids of a viewer the ledger already holds.</summary>
    IReadOnlySet<string> KnownEvents(ViewerId viewer, IReadOnlyCollection<string> eventIds);

    /// <summary>
    /// Position up to which every projection is durably saved elsewhere, so that a rebuild begins there; 0 when none is.
    /// Only entries at or below it can be deleted.
    /// </summary>
    long Baseline { get; }

    /// <summary>Raises <see cref="Baseline"/>: the caller has saved every projection at that position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is past the head, or below the baseline: what was deleted cannot be folded again.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write now; the baseline is as it was.</exception>
    Task SetBaselineAsync(long position, CancellationToken cancellation);

    /// <summary>
    /// Deletes what <paramref name="deletion"/> says among the next <paramref name="most"/> entries after a position, in
    /// one transaction. To delete all of it, call again with <see cref="Deleted.LookedUpTo"/> until it is finished; appends
    /// go on in between. Stopped half-way, it may begin anew from 0.
    /// </summary>
    /// <param name="most">1 to <see cref="StoreOptions.MostPerCommit"/>; 1,000 hold appends up by some 10 ms.</param>
    /// <exception cref="ArgumentException">It would delete what must stay: see <see cref="Deletion"/>.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write now; nothing of this call was deleted.</exception>
    Task<Deleted> DeleteAsync(Deletion deletion, long after, int most, CancellationToken cancellation);

    /// <summary>Completes once <see cref="Head"/> is past the position.</summary>
    /// <exception cref="ObjectDisposedException">The store was closed first.</exception>
    ValueTask WaitPastAsync(long position, CancellationToken cancellation);
}
