using System.Text.Json;
using Groundswell.Core.Audience;
using Groundswell.Core.Creators;
using Groundswell.Core.Ledger;
using Groundswell.Core.Statistics;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
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

    /// <summary>Video ids are never negative, so these rows cannot meet one.</summary>
    private const long Creators = -1, Trends = -2, Peers = -3, Statistics = -4, OpenPlays = -5;

    private long _saved;

    public void Restore()
    {
        var watermark = engine.Store.Snapshots.Watermark(Kind);
        if (watermark == 0) return;
        var rows = engine.Store.Snapshots.LoadAll(Kind).ToList();
        engine.Catalogue.Restore(
            rows.Where(row => row.Id >= 0).Select(Read<VideoState>),
            One<CreatorState[]>(rows, Creators),
            One<Trend[]>(rows, Trends),
            One<Peers>(rows, Peers),
            watermark);
        engine.Statistics = One<AudienceStatistics>(rows, Statistics);
        engine.OpenPlays = One<OpenPlays>(rows, OpenPlays);
        _saved = watermark;
    }

    public async Task SaveAsync(CancellationToken cancellation)
    {
        var watermark = engine.Catalogue.Watermark;
        if (watermark == _saved) return;
        var changed = engine.Catalogue.Videos()
            .Where(video => video.Position > _saved)
            .Select(video => Row(video.Id.Value, video, watermark))
            .ToList();
        changed.Add(Row(Creators, engine.Catalogue.Creators().OrderBy(creator => creator.Id.Value).ToArray(), watermark));
        changed.Add(Row(Trends, engine.Catalogue.Trends().OrderBy(trend => trend.Tag, StringComparer.Ordinal).ToArray(), watermark));
        changed.Add(Row(Peers, engine.Catalogue.Peers, watermark));
        changed.Add(engine.Statistics.Read(statistics => Row(Statistics, statistics, watermark)));
        changed.Add(engine.OpenPlays.Read(plays => Row(OpenPlays, plays, watermark)));
        await engine.Store.Snapshots.SaveAsync(Kind, changed, watermark, cancellation);
        _saved = watermark;
    }

    private static Snapshot Row<T>(long id, T state, long watermark) =>
        new(id, watermark, JsonSerializer.SerializeToUtf8Bytes(state, GroundswellJson.Options));

    private static T One<T>(List<Snapshot> rows, long id) => Read<T>(rows.Single(row => row.Id == id));

    private static T Read<T>(Snapshot row) =>
        JsonSerializer.Deserialize<T>(row.Body, GroundswellJson.Options) ?? throw new JsonException($"Snapshot row {row.Id} is empty.");
}
