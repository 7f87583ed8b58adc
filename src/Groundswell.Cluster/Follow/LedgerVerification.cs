using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Groundswell.Cluster.Retention;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Boosts;
using Groundswell.Core.Ledger;
using Groundswell.Core.Trends;
using Groundswell.Ranking.Catalogue;

namespace Groundswell.Cluster.Follow;

/// <param name="Head">The ledger's head.</param>
/// <param name="From">Position from which everything was rebuilt: 0, or the baseline below which entries may be gone.</param>
/// <param name="Projections">How many states were compared.</param>
/// <param name="Differences">What a rebuild made otherwise, one line each, the first <see cref="LedgerVerification.MostDifferences"/> of them; empty when all is well.</param>
public sealed record VerificationReport(long Head, long From, long Projections, ImmutableArray<string> Differences);

/// <summary>
/// Rebuilds every projection from the ledger alone (its baseline, where it has one, and all entries after that) and compares
/// it, as JSON, with the saved one brought up to the same position: whatever was saved, by whatever run, must come out equal.
/// Holds two catalogues and a few viewers at a time, however long the ledger is.
/// </summary>
public sealed class LedgerVerification(Engine engine, IProgress<LedgerProgress> progress)
{
    public const int MostDifferences = 1000;
    private const int ViewersBetweenReports = 256;

    private readonly ConcurrentQueue<string> _differences = new();
    private long _compared;

    /// <summary>Runs on all cores until it is done or cancelled; the store must not be written meanwhile.</summary>
    public VerificationReport Run(CancellationToken cancellation)
    {
        new CatalogueSnapshots(engine).Restore();
        var from = VerifyCatalogue(cancellation);
        VerifyViewers(cancellation);
        return new VerificationReport(engine.Ledger.Head, from, _compared, [.. _differences.Order(StringComparer.Ordinal)]);
    }

    private long VerifyCatalogue(CancellationToken cancellation)
    {
        var saved = Projections.Of(engine);
        var rebuilt = Projections.Saved(engine.Store.Snapshots.LoadAll(Baseline.CatalogueKind), new LiveCatalogue(engine.Catalogue.RulesAt(0), engine.Taxonomy.Count));
        var from = rebuilt.Catalogue.Watermark;
        rebuilt.CatchUp(engine.Ledger, "rebuilding", progress, cancellation);
        saved.CatchUp(engine.Ledger, "bringing what was saved up to date", progress, cancellation);
        Compare("video", rebuilt.Catalogue.Videos(), saved.Catalogue.Videos(), video => video.Id);
        Compare("creator", rebuilt.Catalogue.Creators(), saved.Catalogue.Creators(), creator => creator.Id);
        Compare("trend", TrendsOf(rebuilt), TrendsOf(saved), trend => (trend.Topic, trend.Region));
        Compare("traffic", TrafficOf(rebuilt), TrafficOf(saved), traffic => traffic.Key);
        Compare("challenge", rebuilt.Catalogue.Challenges.All, saved.Catalogue.Challenges.All, challenge => challenge.Id);
        Compare("boost", BoostsOf(rebuilt), BoostsOf(saved), boost => boost.Id);
        Compare("peers", [rebuilt.Catalogue.Tests.Peers], [saved.Catalogue.Tests.Peers], _ => "all");
        Compare("rules", rebuilt.Catalogue.RulesHistory.Set, saved.Catalogue.RulesHistory.Set, set => set.Position);
        Compare("cohorts", [rebuilt.Catalogue.Cohorts], [saved.Catalogue.Cohorts], _ => "all");
        Compare("statistics", [rebuilt.Statistics], [saved.Statistics], _ => "all");
        Compare("open plays", [rebuilt.OpenPlays], [saved.OpenPlays], _ => "all");
        Compare("experiment", rebuilt.Experiments.All, saved.Experiments.All, one => one.Experiment.Id);
        return from;
    }

    private static Trend[] TrendsOf(Projections projections) => projections.Catalogue.Trends.Read(board => board.Trends.ToArray());

    private static KeyValuePair<int, HourCounts>[] TrafficOf(Projections projections) => projections.Catalogue.Trends.Read(board => board.Traffic.ToArray());

    private static Boost[] BoostsOf(Projections projections) => projections.Catalogue.Boosts.Read(board => board.All.ToArray());

    private void VerifyViewers(CancellationToken cancellation)
    {
        var done = 0L;
        var total = engine.Store.Snapshots.Count(ViewerGrain.SnapshotKind);
        Parallel.ForEach(engine.Store.Snapshots.LoadAll(ViewerGrain.SnapshotKind), new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, snapshot =>
        {
            var viewer = new ViewerId(snapshot.Id);
            var rebuilt = ViewerLoading.Rebuild(viewer, engine, snapshot.Watermark);
            // What was saved before the viewer's baseline is never read again.
            if (rebuilt.Position <= snapshot.Watermark) Note(Json(rebuilt).AsSpan().SequenceEqual(snapshot.Body), "viewer", viewer);
            if (Interlocked.Increment(ref done) is var so && (so % ViewersBetweenReports == 0 || so == total)) progress.Report(new("comparing viewers", so, total));
        });
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
