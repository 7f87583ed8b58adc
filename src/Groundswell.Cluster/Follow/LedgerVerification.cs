using System.Collections.Immutable;
using System.Text.Json;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Statistics;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;

namespace Groundswell.Cluster.Follow;

/// <param name="Differences">What a rebuild made otherwise, one line each; empty when all is well.</param>
public sealed record VerificationReport(long Entries, int Projections, ImmutableArray<string> Differences);

/// <summary>
/// Rebuilds every projection from the ledger alone and compares it, as JSON, with the saved one brought up to the same
/// position: whatever was saved, by whatever run, must come out equal.
/// </summary>
public static class LedgerVerification
{
    private const int Chunk = 4096;

    public static VerificationReport Run(Engine engine, IProgress<long> progress, CancellationToken cancellation)
    {
        new CatalogueSnapshots(engine).Restore();
        var rebuilt = new LiveCatalogue(engine.Rules, engine.Taxonomy.Count);
        var statistics = new AudienceStatistics();
        var plays = new OpenPlays();
        Fold(engine, rebuilt, statistics, plays, progress, cancellation);
        Fold(engine, engine.Catalogue, engine.Statistics, engine.OpenPlays, progress, cancellation);
        var differences = ImmutableArray.CreateBuilder<string>();
        var compared = 0;
        Compare("videos", rebuilt.Videos().OrderBy(video => video.Id.Value), engine.Catalogue.Videos().OrderBy(video => video.Id.Value), video => video.Id.ToString());
        Compare("creators", rebuilt.Creators().OrderBy(creator => creator.Id.Value), engine.Catalogue.Creators().OrderBy(creator => creator.Id.Value), creator => creator.Id.ToString());
        Compare("trends", rebuilt.Trends().OrderBy(trend => trend.Tag, StringComparer.Ordinal), engine.Catalogue.Trends().OrderBy(trend => trend.Tag, StringComparer.Ordinal), trend => trend.Tag);
        Compare("peers", [rebuilt.Peers], [engine.Catalogue.Peers], _ => "all");
        Compare("statistics", [statistics], [engine.Statistics], _ => "all");
        Compare("open plays", [plays], [engine.OpenPlays], _ => "all");
        foreach (var snapshot in engine.Store.Snapshots.LoadAll(ViewerGrain.SnapshotKind))
        {
            cancellation.ThrowIfCancellationRequested();
            compared++;
            var fresh = JsonSerializer.Serialize(ViewerLoading.Rebuild(new ViewerId(snapshot.Id), engine, snapshot.Watermark), GroundswellJson.Options);
            if (fresh != System.Text.Encoding.UTF8.GetString(snapshot.Body)) differences.Add($"viewer {new ViewerId(snapshot.Id)} differs at position {snapshot.Watermark}");
        }
        return new VerificationReport(engine.Ledger.Head, compared, differences.ToImmutable());

        void Compare<T>(string kind, IEnumerable<T> fresh, IEnumerable<T> saved, Func<T, string> name)
        {
            var left = fresh.ToDictionary(name, item => JsonSerializer.Serialize(item, GroundswellJson.Options));
            var right = saved.ToDictionary(name, item => JsonSerializer.Serialize(item, GroundswellJson.Options));
            compared += left.Count;
            foreach (var key in left.Keys.Union(right.Keys))
                if (left.GetValueOrDefault(key) != right.GetValueOrDefault(key)) differences.Add($"{kind}: {key} differs");
        }
    }

    private static void Fold(Engine engine, LiveCatalogue catalogue, AudienceStatistics statistics, OpenPlays plays, IProgress<long> progress, CancellationToken cancellation)
    {
        while (engine.Ledger.Read(catalogue.Watermark, Chunk) is { Count: > 0 } entries)
        {
            cancellation.ThrowIfCancellationRequested();
            catalogue.Fold(entries);
            statistics.Fold(entries);
            plays.Fold(entries);
            progress.Report(catalogue.Watermark);
        }
    }
}
