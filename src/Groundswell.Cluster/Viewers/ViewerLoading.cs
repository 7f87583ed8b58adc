using System.Text.Json;
using Groundswell.Cluster.Retention;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Viewers;
using Groundswell.Storage;

namespace Groundswell.Cluster.Viewers;

/// <summary>A viewer's state from what was saved of it and the ledger's tail.</summary>
public static class ViewerLoading
{
    private const int Chunk = 4096;

    public static ViewerState Load(ViewerId id, Engine engine) => Fold(id, engine, long.MaxValue, ViewerGrain.SnapshotKind, Baseline.ViewerKind);

    /// <summary>The state rebuilt from the ledger alone, up to a position; as of the viewer's baseline where that is later.</summary>
    public static ViewerState Rebuild(ViewerId id, Engine engine, long upTo) => Fold(id, engine, upTo, Baseline.ViewerKind);

    /// <summary>Begun again when the baseline was raised meanwhile: entries that this state still needed may have gone.</summary>
    private static ViewerState Fold(ViewerId id, Engine engine, long upTo, params string[] kinds)
    {
        while (true)
        {
            var baseline = engine.Ledger.Baseline;
            var state = FoldTail(LastSaved(id, engine, kinds), engine, upTo);
            if (engine.Ledger.Baseline == baseline) return state;
        }
    }

    private static ViewerState LastSaved(ViewerId id, Engine engine, string[] kinds)
    {
        var saved = kinds.Select(kind => engine.Store.Snapshots.Load(kind, id.Value)).OfType<Snapshot>().MaxBy(snapshot => snapshot.Watermark);
        return saved is null
            ? new ViewerState(id, engine.Taxonomy.Count)
            : JsonSerializer.Deserialize<ViewerState>(saved.Body, GroundswellJson.Options) ?? throw new JsonException($"The snapshot of {id} is empty.");
    }

    private static ViewerState FoldTail(ViewerState state, Engine engine, long upTo)
    {
        while (true)
        {
            var tail = engine.Ledger.ReadViewer(state.Id, state.Position, Chunk);
            foreach (var (position, entry) in tail)
            {
                if (position > upTo) return state;
                state.Fold(position, entry, engine.Catalogue.RulesAt(position).Taste);
            }
            if (tail.Count < Chunk) return state;
        }
    }
}
