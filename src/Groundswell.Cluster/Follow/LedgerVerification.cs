using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Statistics;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;

namespace Groundswell.Cluster.Follow;

/// <param name="Entries">The ledger's head.</param>
/// <param name="Projections">How many states were compared.</param>
/// <param name="Differences">What a rebuild made otherwise, one line each, the first <see cref="LedgerVerification.MostDifferences"/> of them; empty when all is well.</param>
public sealed record VerificationReport(long Entries, long Projections, ImmutableArray<string> Differences);

/// <summary>How far a verification has come: <paramref name="Done"/> of <paramref name="Total"/> entries or viewers.</summary>
public readonly record struct VerificationProgress(string Stage, long Done, long Total);

/// <summary>
/// Rebuilds every projection from the ledger alone and compares it, as JSON, with the saved one brought up to the same
/// position: whatever was saved, by whatever run, must come out equal. Holds two catalogues and a few viewers at a time,
/// however long the ledger is.
/// </summary>
public sealed class LedgerVerification(Engine engine, IProgress<VerificationProgress> progress)
{
    public const int MostDifferences = 1000;
    private const int Chunk = 4096;
    private const int ViewersBetweenReports = 256;

    private readonly ConcurrentQueue<string> _differences = new();
    private long _compared;

    /// <summary>Runs on all cores until it is done or cancelled; the store must not be written meanwhile.</summary>
    public VerificationReport Run(CancellationToken cancellation)
    {
        new CatalogueSnapshots(engine).Restore();
        VerifyCatalogue(cancellation);
        VerifyViewers(cancellation);
        return new VerificationReport(engine.Ledger.Head, _compared, [.. _differences.Order(StringComparer.Ordinal)]);
    }

    private void VerifyCatalogue(CancellationToken cancellation)
    {
        var saved = engine.Catalogue;
        var rebuilt = new LiveCatalogue(engine.Rules, engine.Taxonomy.Count);
        var statistics = new AudienceStatistics();
        var plays = new OpenPlays();
        Fold("rebuilding", rebuilt, statistics, plays, cancellation);
        Fold("bringing what was saved up to date", saved, engine.Statistics, engine.OpenPlays, cancellation);
        Compare("video", rebuilt.Videos(), saved.Videos(), video => video.Id);
        Compare("creator", rebuilt.Creators(), saved.Creators(), creator => creator.Id);
        Compare("trend", rebuilt.Trends(), saved.Trends(), trend => trend.Tag);
        Compare("peers", [rebuilt.Peers], [saved.Peers], _ => "all");
        Compare("statistics", [statistics], [engine.Statistics], _ => "all");
        Compare("open plays", [plays], [engine.OpenPlays], _ => "all");
    }

    private void VerifyViewers(CancellationToken cancellation)
    {
        var done = 0L;
        var total = engine.Store.Snapshots.LoadAll(ViewerGrain.SnapshotKind).LongCount();
        Parallel.ForEach(engine.Store.Snapshots.LoadAll(ViewerGrain.SnapshotKind), new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, snapshot =>
        {
            var viewer = new ViewerId(snapshot.Id);
            var rebuilt = JsonSerializer.SerializeToUtf8Bytes(ViewerLoading.Rebuild(viewer, engine, snapshot.Watermark), GroundswellJson.Options);
            Note(rebuilt.AsSpan().SequenceEqual(snapshot.Body), "viewer", viewer);
            if (Interlocked.Increment(ref done) is var so && (so % ViewersBetweenReports == 0 || so == total)) progress.Report(new("comparing viewers", so, total));
        });
    }

    private void Fold(string stage, LiveCatalogue catalogue, AudienceStatistics statistics, OpenPlays plays, CancellationToken cancellation)
    {
        while (engine.Ledger.Read(catalogue.Watermark, Chunk) is { Count: > 0 } entries)
        {
            cancellation.ThrowIfCancellationRequested();
            catalogue.Fold(entries);
            statistics.Fold(entries);
            plays.Fold(entries);
            progress.Report(new(stage, catalogue.Watermark, engine.Ledger.Head));
        }
    }

    private void Compare<T, TName>(string kind, IEnumerable<T> rebuilt, IEnumerable<T> saved, Func<T, TName> name) where TName : notnull
    {
        var left = saved.ToDictionary(name);
        foreach (var one in rebuilt) Note(left.Remove(name(one), out var other) && Json(one).AsSpan().SequenceEqual(Json(other)), kind, name(one));
        foreach (var orphan in left.Keys) Note(false, kind, orphan);
    }

    private void Note<TName>(bool equal, string kind, TName name)
    {
        Interlocked.Increment(ref _compared);
        if (!equal && _differences.Count < MostDifferences) _differences.Enqueue($"{kind} {name} differs");
    }

    private static byte[] Json<T>(T state) => JsonSerializer.SerializeToUtf8Bytes(state, GroundswellJson.Options);
}
