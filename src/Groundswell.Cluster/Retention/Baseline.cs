using System.Text.Json;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Viewers;
using Groundswell.Storage;

namespace Groundswell.Cluster.Retention;

/// <summary>
/// Every projection, saved for good: where a rebuild begins once entries below have gone. The same rows as the snapshots, of
/// which these are copies; but losing a snapshot costs time, and losing these would cost what they say.
/// </summary>
/// <remarks>
/// The order makes a crash harmless. The catalogue's rows come first and only ever get later; then each viewer's, complete up
/// to the catalogue's watermark; only then is the ledger's baseline raised, and only then may anything go. Each row says what
/// it holds, so the rows of a run that ended half-way are right as they are, and the next run goes on from them.
/// </remarks>
internal sealed class Baseline(Engine engine, IProgress<LedgerProgress>? progress)
{
    /// <summary>
    /// With the number of the snapshots' form. When that form changes, the new program has to read this one: the ledger
    /// below it cannot be folded anew.
    /// </summary>
    public const string CatalogueKind = "baseline/3";
    public const string ViewerKind = "baseline_viewer/3";

    private const int Chunk = 4096;

    /// <summary>A megabyte of rows holds the writer up by some 10 ms.</summary>
    private const int BytesAtOnce = 1 << 20;
    private const int RowsAtOnce = 256;

    private readonly ISnapshots _snapshots = engine.Store.Snapshots;

    /// <exception cref="StoreUnavailableException">Entries are gone, and what they came to was saved in a form that this program does not know.</exception>
    public static void ThrowIfUnreadable(IStore store)
    {
        var saved = Math.Min(store.Snapshots.Watermark(CatalogueKind), store.Snapshots.Watermark(ViewerKind));
        if (store.Ledger.Baseline > saved)
            throw new StoreUnavailableException(
                $"The ledger was compacted up to position {store.Ledger.Baseline} by another version of Groundswell, and this one cannot read what that saved: run the version that compacted it.");
    }

    /// <summary>Saves every projection at the position of the catalogue's snapshot, then raises the ledger's baseline to it.</summary>
    /// <returns>How many viewers were saved.</returns>
    public async Task<long> RaiseAsync(CancellationToken cancellation)
    {
        ThrowIfUnreadable(engine.Store);
        var from = engine.Ledger.Baseline;
        var upTo = await SaveCatalogueAsync(cancellation);
        if (upTo == from) return 0;
        var viewers = await SaveViewersAsync(from, upTo, cancellation);
        await engine.Ledger.SetBaselineAsync(upTo, cancellation);
        return viewers;
    }

    /// <summary>The catalogue's snapshot is of one moment already: what changed in it since the last baseline is copied.</summary>
    /// <returns>The position of that moment.</returns>
    private async Task<long> SaveCatalogueAsync(CancellationToken cancellation)
    {
        var last = _snapshots.Watermark(CatalogueKind);
        var changed = _snapshots.LoadAll(CatalogueSnapshots.Kind).Where(row => row.Watermark > last).ToList();
        if (changed.Find(row => row.Id == Projections.CreatorsRow) is not { Watermark: var watermark }) return last;
        await _snapshots.SaveAsync(CatalogueKind, changed, watermark, cancellation);
        return watermark;
    }

    /// <summary>Only their ids are held together: eight bytes for each of a million.</summary>
    private async Task<long> SaveViewersAsync(long from, long upTo, CancellationToken cancellation)
    {
        var last = _snapshots.Watermark(ViewerKind);
        var viewers = ViewersBetween(from, upTo, cancellation);
        var (rows, bytes, done) = (new List<Snapshot>(), 0, 0L);
        foreach (var viewer in viewers)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = Row(ViewerLoading.Rebuild(new ViewerId(viewer), engine, upTo));
            rows.Add(row);
            bytes += row.Body.Length;
            done++;
            progress?.Report(new("saving viewers", done, viewers.Count));
            if (bytes < BytesAtOnce && rows.Count < RowsAtOnce) continue;
            await _snapshots.SaveAsync(ViewerKind, rows, last, cancellation);
            rows.Clear();
            bytes = 0;
        }
        await _snapshots.SaveAsync(ViewerKind, rows, upTo, cancellation);
        return done;
    }

    private HashSet<long> ViewersBetween(long after, long upTo, CancellationToken cancellation)
    {
        var viewers = new HashSet<long>();
        while (after < upTo && engine.Ledger.Read(after, Chunk) is { Count: > 0 } entries)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (position, entry) in entries)
                if (position <= upTo && entry.OfViewer is { } viewer) viewers.Add(viewer.Value);
            after = entries[^1].Position;
            progress?.Report(new("finding viewers", Math.Min(after, upTo), upTo));
        }
        return viewers;
    }

    private static Snapshot Row(ViewerState state) =>
        new(state.Id.Value, state.Position, JsonSerializer.SerializeToUtf8Bytes(state, GroundswellJson.Options));
}
