using System.Collections.Immutable;
using System.Text.Json;
using Groundswell.Core.Ledger;
using Groundswell.Storage;

namespace Groundswell.Cluster.Retention;

/// <summary>What the last compaction did, kept in the store.</summary>
/// <param name="At">When it began, by the engine's clock.</param>
/// <param name="Baseline">Position up to which every projection is saved.</param>
/// <param name="Viewers">Viewers who were saved anew.</param>
/// <param name="Entries">Entries that were deleted.</param>
/// <param name="Cleared">By kind, the position up to which nothing is left to delete: the next run looks from there on.</param>
public sealed record LastCompaction(DateTimeOffset At, long Baseline, long Viewers, long Entries, ImmutableSortedDictionary<string, long> Cleared)
{
    private const string Kind = "compaction";

    /// <summary>Null when there was none.</summary>
    public static LastCompaction? Of(IStore store) => store.Snapshots.Load(Kind, 0) is { } row
        ? JsonSerializer.Deserialize<LastCompaction>(row.Body, GroundswellJson.Options)
        : null;

    internal Task SaveAsync(IStore store, CancellationToken cancellation) => store.Snapshots.SaveAsync(
        Kind, [new Snapshot(0, Baseline, JsonSerializer.SerializeToUtf8Bytes(this, GroundswellJson.Options))], Baseline, cancellation);
}
