namespace Groundswell.Storage;

/// <summary>
/// Where projections save what they have folded, so that a start reads the ledger from a watermark and not from its
/// beginning. Losing all of it costs only time. Safe for concurrent use.
/// </summary>
public interface ISnapshots
{
    Snapshot? Load(string kind, long id);

    /// <summary>How many rows a kind has.</summary>
    long Count(string kind);

    /// <summary>All rows of a kind by rising id, of one moment, read while they are enumerated: dispose the enumerator.</summary>
    IEnumerable<Snapshot> LoadAll(string kind);

    /// <summary>
    /// Inserts or replaces the changed rows and sets the kind's watermark, in one transaction. The writer does nothing
    /// else meanwhile (about 10 µs a row of 1 kB): save often and little.
    /// </summary>
    /// <param name="watermark">The ledger position up to which every row of the kind is folded.</param>
    /// <exception cref="StoreUnavailableException">The store cannot write now; nothing of this call was written.</exception>
    Task SaveAsync(string kind, IReadOnlyCollection<Snapshot> changed, long watermark, CancellationToken cancellation);

    /// <summary>The kind's watermark; 0 when it was never saved.</summary>
    long Watermark(string kind);

    /// <summary>Forgets a kind, watermark included: the next start rebuilds it from the whole ledger.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot write now; nothing was deleted.</exception>
    Task DeleteAsync(string kind, CancellationToken cancellation);
}

/// <summary>One thing's folded state.</summary>
/// <param name="Id">Which thing of its kind: a viewer's, video's or creator's id value.</param>
/// <param name="Watermark">The ledger position up to which it is folded.</param>
/// <param name="Body">Opaque to the store.</param>
public sealed record Snapshot(long Id, long Watermark, byte[] Body);
