using System.Collections.Immutable;
using System.Text.Json;
using Groundswell.Cluster.Retention;
using Groundswell.Core.Audience;
using Groundswell.Core.Challenges;
using Groundswell.Core.Creators;
using Groundswell.Core.Ledger;
using Groundswell.Core.RuleBook;
using Groundswell.Core.Videos;
using Groundswell.Storage;

namespace Groundswell.Cluster.Follow;

/// <summary>
/// Saves what the follower has folded and brings it back: one row per video that changed, and one row each for creators,
/// trends, challenges, boosts, peers, cohorts, rules, statistics, open plays and experiments, all of one moment and one watermark.
/// </summary>
internal sealed class CatalogueSnapshots(Engine engine)
{
    /// <summary>With the number of its form: one of another form is no shortcut, and the ledger is folded anew.</summary>
    public const string Kind = "catalogue/6";

    /// <summary>However many videos change, saving them takes no more than a twentieth of the time of a core, until too long a tail has gathered.</summary>
    private const int LeastRest = 19;

    private long _saved;
    private long _began = engine.Clock.GetTimestamp();
    private TimeSpan _took;

    /// <summary>Whether it is time for another save, the last being over.</summary>
    public bool IsDue(SnapshotPace pace) =>
        engine.Catalogue.Watermark - _saved >= pace.Entries || (engine.Clock.GetElapsedTime(_began) is var passed && passed >= pace.Every && passed >= _took + (LeastRest * _took));

    /// <summary>From what was saved last, or from the baseline where that holds more: between the two, entries may be gone.</summary>
    public void Restore()
    {
        Baseline.ThrowIfUnreadable(engine.Store);
        _saved = engine.Store.Snapshots.Watermark(Kind);
        var baseline = engine.Store.Snapshots.Watermark(Baseline.CatalogueKind);
        if (Math.Max(_saved, baseline) == 0) return;
        var restored = Projections.Saved(engine.Store.Snapshots.LoadAll(_saved >= baseline ? Kind : Baseline.CatalogueKind), engine.Catalogue);
        engine.Statistics = restored.Statistics;
        engine.OpenPlays = restored.OpenPlays;
        engine.Experiments = restored.Experiments;
    }

    /// <summary>
    /// What has changed since the last save, as of now: for the follower, between two folds. Videos and creators are
    /// immutable and only pointed at; what is not is written down at once. Null when nothing has changed.
    /// </summary>
    public Moment? Take()
    {
        var watermark = engine.Catalogue.Watermark;
        _began = engine.Clock.GetTimestamp();
        if (watermark == _saved) return null;
        return new Moment(
            watermark,
            engine.Catalogue.ChangedSince(_saved),
            engine.Catalogue.Creators(), engine.Catalogue.Challenges, engine.Catalogue.Tests.Peers, engine.Catalogue.Cohorts, engine.Catalogue.RulesHistory,
            engine.Catalogue.Trends.Read(board => Row(Projections.TrendsRow, board, watermark)),
            engine.Catalogue.Boosts.Read(board => Row(Projections.BoostsRow, board, watermark)),
            engine.Statistics.Read(statistics => Row(Projections.StatisticsRow, statistics, watermark)),
            engine.OpenPlays.Read(plays => Row(Projections.OpenPlaysRow, plays, watermark)),
            engine.Experiments.Read(board => Row(Projections.ExperimentsRow, board, watermark)));
    }

    /// <summary>Writes a moment down, while the follower may go on; one at a time.</summary>
    public async Task SaveAsync(Moment moment, CancellationToken cancellation)
    {
        var watermark = moment.Watermark;
        List<Snapshot> rows =
        [
            .. moment.Videos.Select(video => Row(video.Id.Value, video, watermark)),
            Row(Projections.CreatorsRow, moment.Creators.OrderBy(creator => creator.Id.Value).ToArray(), watermark),
            Row(Projections.ChallengesRow, moment.Challenges, watermark),
            Row(Projections.PeersRow, moment.Peers, watermark),
            Row(Projections.RulesRow, moment.Rules, watermark),
            Row(Projections.CohortsRow, moment.Cohorts, watermark),
            moment.Trends,
            moment.Boosts,
            moment.Statistics,
            moment.OpenPlays,
            moment.Experiments,
        ];
        await engine.Store.Snapshots.SaveAsync(Kind, rows, watermark, cancellation);
        (_saved, _took) = (watermark, engine.Clock.GetElapsedTime(_began));
    }

    /// <param name="Videos">Those that have changed since the last save.</param>
    internal sealed record Moment(
        long Watermark, ImmutableArray<VideoState> Videos, ImmutableArray<CreatorState> Creators, ChallengeBoard Challenges, Peers Peers, CohortMap Cohorts, RulesHistory Rules,
        Snapshot Trends, Snapshot Boosts, Snapshot Statistics, Snapshot OpenPlays, Snapshot Experiments);

    private static Snapshot Row<T>(long id, T state, long watermark) =>
        new(id, watermark, JsonSerializer.SerializeToUtf8Bytes(state, GroundswellJson.Options));
}
