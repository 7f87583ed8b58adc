using System.Text.Json;
using Groundswell.Cluster.Retention;
using Groundswell.Core.Ledger;
using Groundswell.Storage;

namespace Groundswell.Cluster.Follow;

/// <summary>
/// Saves what the follower has folded and brings it back: one row per video that changed, and one row each for creators,
/// trends, peers, statistics and open plays, all of one moment and one watermark.
/// </summary>
internal sealed class CatalogueSnapshots(Engine engine)
{
    /// <summary>With the number of its form: one of another form is no shortcut, and the ledger is folded anew.</summary>
    public const string Kind = "catalogue/2";

    private long _saved;

    /// <summary>From what was saved last, or from the baseline where that holds more: between the two, entries may be gone.</summary>
    public void Restore()
    {
        Baseline.ThrowIfUnreadable(engine.Store);
        _saved = engine.Store.Snapshots.Watermark(Kind);
        var baseline = engine.Store.Snapshots.Watermark(Baseline.CatalogueKind);
        if (Math.Max(_saved, baseline) == 0) return;
        var restored = Projections.Saved(engine.Store.Snapshots, _saved >= baseline ? Kind : Baseline.CatalogueKind, engine.Catalogue);
        engine.Statistics = restored.Statistics;
        engine.OpenPlays = restored.OpenPlays;
    }

    public async Task SaveAsync(CancellationToken cancellation)
    {
        var watermark = engine.Catalogue.Watermark;
        if (watermark == _saved) return;
        var changed = engine.Catalogue.Videos()
            .Where(video => video.Position > _saved)
            .Select(video => Row(video.Id.Value, video, watermark))
            .ToList();
        changed.Add(Row(Projections.CreatorsRow, engine.Catalogue.Creators().OrderBy(creator => creator.Id.Value).ToArray(), watermark));
        changed.Add(Row(Projections.TrendsRow, engine.Catalogue.Trends().OrderBy(trend => trend.Tag, StringComparer.Ordinal).ToArray(), watermark));
        changed.Add(Row(Projections.PeersRow, engine.Catalogue.Peers, watermark));
        changed.Add(engine.Statistics.Read(statistics => Row(Projections.StatisticsRow, statistics, watermark)));
        changed.Add(engine.OpenPlays.Read(plays => Row(Projections.OpenPlaysRow, plays, watermark)));
        await engine.Store.Snapshots.SaveAsync(Kind, changed, watermark, cancellation);
        _saved = watermark;
    }

    private static Snapshot Row<T>(long id, T state, long watermark) =>
        new(id, watermark, JsonSerializer.SerializeToUtf8Bytes(state, GroundswellJson.Options));
}
