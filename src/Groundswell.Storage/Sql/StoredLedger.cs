using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Storage.GroupCommit;

namespace Groundswell.Storage.Sql;

/// <summary>A ledger behind a group commit; how its database is asked is what each kind of store adds.</summary>
internal abstract class StoredLedger<TSession>(
    GroupWriter<TSession> writer, RecentEntries recent, IReaders readers, Retention<TSession> retention, StoreOptions options) : ILedger
    where TSession : WriteSession<TSession>
{
    public long Head => writer.Head.Position;

    public long Baseline => retention.Baseline;

    public async ValueTask<Appended> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0) return Appended.Nothing;
        if (entries.Count > options.MostPerCommit)
            throw new ArgumentException($"{entries.Count} entries in one call: at most {options.MostPerCommit}.", nameof(entries));
        return await AppendAsync(PreparedEntry.Of(entries), cancellation);
    }

    public Task<Appended> AppendAsync(PreparedEntry[] entries, CancellationToken cancellation) =>
        writer.WriteAsync(new AppendWork<TSession>(entries), cancellation);

    public bool TryAppendLater(LedgerEntry entry)
    {
        if (!LedgerFacts.MayBeLost(entry))
            throw new ArgumentException($"{LedgerFacts.NameOf(entry)} must be durable before it is acknowledged.", nameof(entry));
        return writer.TryWriteLater(new AppendWork<TSession>([PreparedEntry.Of(entry)]));
    }

    public IReadOnlyList<Recorded> Read(long after, int most)
    {
        readers.ThrowIfClosed();
        return recent.Read(after, most)
            ?? readers.Read("SELECT position, body FROM ledger WHERE position > ?1 ORDER BY position LIMIT ?2", Entry, after, most);
    }

    public abstract IReadOnlyList<Recorded> ReadViewer(ViewerId viewer, long after, int most);

    public abstract IReadOnlyList<Recorded> ReadEngagement(VideoId video, long after, int most);

    public abstract IReadOnlyList<Recorded> ReadJournal(VideoId video);

    public abstract IReadOnlySet<string> KnownEvents(ViewerId viewer, IReadOnlyCollection<string> eventIds);

    public Task SetBaselineAsync(long position, CancellationToken cancellation) => retention.SetBaselineAsync(position, cancellation);

    public Task<Deleted> DeleteAsync(Deletion deletion, long after, int most, CancellationToken cancellation) =>
        retention.DeleteAsync(deletion, after, most, cancellation);

    public ValueTask WaitPastAsync(long position, CancellationToken cancellation) => writer.Head.WaitPastAsync(position, cancellation);

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    protected static Recorded Entry(IRow row) => StoredEntry.Read(row);
}
