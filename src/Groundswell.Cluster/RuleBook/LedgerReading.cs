using System.Text.Json;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Retention;
using Groundswell.Core;
using Groundswell.Core.Experiments;
using Groundswell.Core.Ledger;
using Groundswell.Core.RuleBook;
using Groundswell.Core.Statistics;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;
using Groundswell.Storage;

namespace Groundswell.Cluster.RuleBook;

/// <summary>A ledger that is only read, in a pace of one's own: that of a running server, or of a data folder beside one.</summary>
/// <param name="Head">The last position when the reading began.</param>
/// <param name="Baseline">Position below which entries may be gone.</param>
/// <param name="After">The entries after a position, in order, up to the head.</param>
/// <param name="Rows">All rows of a kind of snapshot.</param>
/// <param name="Row">One row of a kind.</param>
public sealed record LedgerReading(
    long Head, long Baseline, Func<long, IEnumerable<Recorded>> After, Func<string, IEnumerable<Snapshot>> Rows, Func<string, long, Snapshot?> Row)
{
    private const int Chunk = 1024;

    public static LedgerReading Of(IStore store)
    {
        var head = store.Ledger.Head;
        return new LedgerReading(head, store.Ledger.Baseline, after => Entries(store.Ledger, after, head), store.Snapshots.LoadAll, store.Snapshots.Load);
    }

    public static LedgerReading Of(ReadOnlyStore store)
    {
        var head = store.Head;
        return new LedgerReading(head, store.Baseline, after => store.Read(LedgerSelection.All, after, head), store.Snapshots, store.Snapshot);
    }

    /// <summary>Everything as of the baseline, or of before the first entry: where a fold over what is kept begins.</summary>
    /// <param name="catalogue">An empty one, into which the saved one is brought.</param>
    public (LiveCatalogue Catalogue, AudienceStatistics Statistics, ExperimentBoard Experiments) Begin(LiveCatalogue catalogue)
    {
        var saved = Projections.Saved(Rows(Retention.Baseline.CatalogueKind), catalogue);
        return (saved.Catalogue, saved.Statistics, saved.Experiments);
    }

    /// <summary>A viewer as of the baseline; null where nothing of theirs was saved there.</summary>
    public ViewerState? Viewer(ViewerId id) => Row(Retention.Baseline.ViewerKind, id.Value) is { } saved
        ? JsonSerializer.Deserialize<ViewerState>(saved.Body, GroundswellJson.Options) ?? throw new JsonException($"The baseline of {id} is empty.")
        : null;

    /// <summary>Which rules were in force when, as of the head.</summary>
    public RulesHistory Rules()
    {
        var saved = new[] { CatalogueSnapshots.Kind, Retention.Baseline.CatalogueKind }
            .Select(kind => Row(kind, Projections.RulesRow)).OfType<Snapshot>().MaxBy(row => row.Watermark);
        var history = saved is null
            ? RulesHistory.None
            : JsonSerializer.Deserialize<RulesHistory>(saved.Body, GroundswellJson.Options) ?? throw new JsonException("The saved rules are empty.");
        foreach (var (position, entry) in After(saved?.Watermark ?? 0))
            if (entry is RulesSet set) history = history.Fold(position, set);
        return history;
    }

    private static IEnumerable<Recorded> Entries(ILedger ledger, long after, long upTo)
    {
        while (after < upTo && ledger.Read(after, Chunk) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                if (entry.Position > upTo) yield break;
                yield return entry;
            }
            after = entries[^1].Position;
        }
    }
}
