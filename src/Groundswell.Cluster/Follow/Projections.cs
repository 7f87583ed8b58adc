using System.Text.Json;
using Groundswell.Core.Audience;
using Groundswell.Core.Boosts;
using Groundswell.Core.Challenges;
using Groundswell.Core.Creators;
using Groundswell.Core.Experiments;
using Groundswell.Core.Ledger;
using Groundswell.Core.RuleBook;
using Groundswell.Core.Statistics;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;
using Groundswell.Storage;

namespace Groundswell.Cluster.Follow;

/// <summary>How far work on the ledger has come: <paramref name="Done"/> of <paramref name="Total"/> entries or viewers.</summary>
public readonly record struct LedgerProgress(string Stage, long Done, long Total);

/// <summary>Everything that one fold over the whole ledger makes: all but the viewers, who are folded one by one.</summary>
internal sealed record Projections(LiveCatalogue Catalogue, AudienceStatistics Statistics, OpenPlays OpenPlays, ExperimentBoard Experiments)
{
    public static Projections Of(Engine engine) => new(engine.Catalogue, engine.Statistics, engine.OpenPlays, engine.Experiments);

    private const int Chunk = 4096;

    /// <summary>Ids of the rows that are not a video's: video ids are never negative.</summary>
    public const long CreatorsRow = -1, PeersRow = -3, StatisticsRow = -4, OpenPlaysRow = -5, TrendsRow = -6, ChallengesRow = -7, BoostsRow = -8, RulesRow = -9, CohortsRow = -10, ExperimentsRow = -11;

    /// <summary>As saved under a kind of snapshot; untouched and empty where nothing was.</summary>
    /// <param name="saved">The rows of the kind.</param>
    /// <param name="catalogue">An empty one, into which the saved one is brought.</param>
    public static Projections Saved(IEnumerable<Snapshot> saved, LiveCatalogue catalogue)
    {
        var rows = saved.ToList();
        if (rows.Count == 0) return new Projections(catalogue, new AudienceStatistics(), new OpenPlays(), new ExperimentBoard());
        // Whatever was saved before rules were recorded has no such row.
        if (rows.Find(row => row.Id == RulesRow) is { } rules) catalogue.Remember(Read<RulesHistory>(rules));
        catalogue.Restore(
            rows.Where(row => row.Id >= 0).Select(Read<VideoState>),
            One<CreatorState[]>(rows, CreatorsRow),
            // A baseline of before they were kept so has none: they begin empty then, as a new ledger's do.
            new Programme(
                Maybe<TrendBoard>(rows, TrendsRow) ?? new TrendBoard(), Maybe<ChallengeBoard>(rows, ChallengesRow) ?? ChallengeBoard.Empty,
                Maybe<BoostBoard>(rows, BoostsRow) ?? new BoostBoard()),
            One<Peers>(rows, PeersRow),
            // A baseline from before there were clusters has no such row.
            rows.Exists(row => row.Id == CohortsRow) ? One<CohortMap>(rows, CohortsRow) : CohortMap.Empty,
            rows.Single(row => row.Id == CreatorsRow).Watermark);
        // Before there were experiments none was saved.
        return new Projections(catalogue, One<AudienceStatistics>(rows, StatisticsRow), One<OpenPlays>(rows, OpenPlaysRow), Maybe<ExperimentBoard>(rows, ExperimentsRow) ?? new ExperimentBoard());
    }

    /// <summary>Folds the ledger's tail in, to its head.</summary>
    public void CatchUp(ILedger ledger, string stage, IProgress<LedgerProgress>? progress, CancellationToken cancellation)
    {
        while (ledger.Read(Catalogue.Watermark, Chunk) is { Count: > 0 } entries)
        {
            cancellation.ThrowIfCancellationRequested();
            Fold(entries);
            progress?.Report(new(stage, Catalogue.Watermark, ledger.Head));
        }
    }

    public void Fold(IReadOnlyList<Recorded> entries)
    {
        Catalogue.Fold(entries);
        Statistics.Fold(entries);
        OpenPlays.Fold(entries);
        Experiments.Fold(entries);
    }

    private static T One<T>(List<Snapshot> rows, long id) => Read<T>(rows.Single(row => row.Id == id));

    private static T? Maybe<T>(List<Snapshot> rows, long id) where T : class => rows.Find(row => row.Id == id) is { } row ? Read<T>(row) : null;

    private static T Read<T>(Snapshot row) =>
        JsonSerializer.Deserialize<T>(row.Body, GroundswellJson.Options) ?? throw new JsonException($"Snapshot row {row.Id} is empty.");
}
