namespace Groundswell.Storage.Tests;

/// <summary>One kind of store with a place of its own, emptied at the end: what the conformance suite needs besides the store.</summary>
public abstract class Backend : IAsyncDisposable
{
    /// <summary>Opens the store, again after it was disposed: the place stays.</summary>
    public abstract Task<IStore> OpenAsync(StoreOptions? options = null, TimeProvider? time = null);

    /// <summary>Runs SQL past the store, as a person at a shell would.</summary>
    public abstract Task<object?> RunSqlAsync(string sql);

    /// <summary>Returns once the writer is busy, and keeps it so until disposed: what is appended meanwhile becomes one group.</summary>
    public abstract Task<IDisposable> HoldWriterAsync(IStore store);

    /// <summary>Leaves no room on the disk, or gives it back.</summary>
    public abstract Task SetFullAsync(IStore store, bool full);

    public abstract ValueTask DisposeAsync();
}

/// <summary>A conformance suite: each test gets an empty backend and the store open in it.</summary>
public abstract class Conformance : IAsyncLifetime
{
    private Backend? _backend;
    private IStore? _store;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected Backend Backend => _backend.ShouldNotBeNull();
    protected IStore Store => _store.ShouldNotBeNull();
    protected ILedger Ledger => Store.Ledger;

    public async ValueTask InitializeAsync()
    {
        _backend = NewBackend();
        _store = await _backend.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync(); // a backend that is not to be had skips the test
        await Backend.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Backend NewBackend();

    protected async Task ReopenAsync(StoreOptions? options = null, TimeProvider? time = null)
    {
        await Store.DisposeAsync();
        _store = await Backend.OpenAsync(options, time);
    }

    protected async Task<Appended> AppendAsync(params Core.Ledger.LedgerEntry[] entries) => await Ledger.AppendAsync(entries, Cancel);
}
