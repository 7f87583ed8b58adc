namespace Groundswell.Storage;

/// <summary>One opened store. Disposing writes out what is queued, then closes it.</summary>
public interface IStore : IAsyncDisposable
{
    ILedger Ledger { get; }
    ISnapshots Snapshots { get; }
    IAccounts Accounts { get; }
    IComments Comments { get; }

    /// <summary>Why writing fails fast at the moment; null while the store is well.</summary>
    StoreUnavailableException? Unavailable { get; }
}
