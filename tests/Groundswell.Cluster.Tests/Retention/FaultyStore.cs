using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Storage;

namespace Groundswell.Cluster.Tests.Retention;

/// <summary>A store that takes so many writes and then no more, as if the process had been killed before the next.</summary>
internal sealed class FaultyStore(IStore store, int writes) : IStore, ILedger, ISnapshots
{
    private int _left = writes;

    public ILedger Ledger => this;
    public ISnapshots Snapshots => this;
    public IAccounts Accounts => store.Accounts;
    public IComments Comments => store.Comments;
    public StoreUnavailableException? Unavailable => store.Unavailable;
    public long Head => store.Ledger.Head;
    public long Baseline => store.Ledger.Baseline;

    public ValueTask<Appended> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation) => store.Ledger.AppendAsync(entries, cancellation);
    public bool TryAppendLater(LedgerEntry entry) => store.Ledger.TryAppendLater(entry);
    public IReadOnlyList<Recorded> Read(long after, int most) => store.Ledger.Read(after, most);
    public IReadOnlyList<Recorded> ReadViewer(ViewerId viewer, long after, int most) => store.Ledger.ReadViewer(viewer, after, most);
    public IReadOnlyList<Recorded> ReadEngagement(VideoId video, long after, int most) => store.Ledger.ReadEngagement(video, after, most);
    public IReadOnlyList<Recorded> ReadJournal(VideoId video) => store.Ledger.ReadJournal(video);
    public IReadOnlySet<string> KnownEvents(ViewerId viewer, IReadOnlyCollection<string> eventIds) => store.Ledger.KnownEvents(viewer, eventIds);
    public ValueTask WaitPastAsync(long position, CancellationToken cancellation) => store.Ledger.WaitPastAsync(position, cancellation);
    public Snapshot? Load(string kind, long id) => store.Snapshots.Load(kind, id);

    public long Count(string kind) => store.Snapshots.Count(kind);
    public IEnumerable<Snapshot> LoadAll(string kind) => store.Snapshots.LoadAll(kind);
    public long Watermark(string kind) => store.Snapshots.Watermark(kind);
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task SetBaselineAsync(long position, CancellationToken cancellation)
    {
        Write();
        return store.Ledger.SetBaselineAsync(position, cancellation);
    }

    public Task<Deleted> DeleteAsync(Deletion deletion, long after, int most, CancellationToken cancellation)
    {
        Write();
        return store.Ledger.DeleteAsync(deletion, after, most, cancellation);
    }

    public Task SaveAsync(string kind, IReadOnlyCollection<Snapshot> changed, long watermark, CancellationToken cancellation)
    {
        Write();
        return store.Snapshots.SaveAsync(kind, changed, watermark, cancellation);
    }

    public Task DeleteAsync(string kind, CancellationToken cancellation)
    {
        Write();
        return store.Snapshots.DeleteAsync(kind, cancellation);
    }

    private void Write()
    {
        if (_left-- <= 0) throw new StoreUnavailableException("The store takes no more.");
    }
}
