using System.Collections.Immutable;
using Groundswell.Core.Signals;

namespace Groundswell.Lab.Simulations;

/// <summary>
/// What came of one world under one policy. Figures of views, slots and sessions count the measured days, without the
/// warm-up; figures of uploads count what was uploaded in them. A share or mean of nothing is null: not known. Two runs are the same if
/// their <see cref="Digest"/> is.
/// </summary>
/// <param name="Digest">Of all ledger entries in their order, 16 hexadecimal digits.</param>
/// <param name="Entries">How many those were, the warm-up included.</param>
/// <param name="AllViews">Views of the whole run, the warm-up included.</param>
public sealed record SimulationResult(
    string Scenario,
    ulong Seed,
    string Rules,
    string Digest,
    long Entries,
    long AllViews,
    DiscoveryFigures Discovery,
    TestFigures Tests,
    NicheFigures Niches,
    ExposureFigures Exposure,
    CreatorFigures Creators,
    ViewerFigures Viewers,
    AttackFigures? Attack,
    ImmutableArray<SourceFigures> Sources,
    Curves Curves);

/// <summary>
/// How well the engine finds what is good. An upload is good or bad by its true score's rank among uploads of its duration
/// bucket, since the engine compares within buckets too; "reached" is the second wave or open. Of uploads old enough for a
/// verdict: two days before the end.
/// </summary>
/// <param name="Uploads">Uploads judged by.</param>
/// <param name="TopReached">Of the truly best tenth, the share that reached an audience: recall.</param>
/// <param name="BottomReached">Of the truly worse half, the share that reached one.</param>
/// <param name="Precision">Of those that reached one, the share that is truly in the better half.</param>
/// <param name="Reached">Share of all.</param>
/// <param name="TopMissed">Of the truly best tenth, the share that a test or the first wave has paused: lost, unless they are revived.</param>
/// <param name="TopOnTheWay">Of the truly best tenth, the share that is still on test or in its first wave.</param>
/// <param name="RankCorrelation">Spearman's, between the engine's score at the first verdict and the true score, over all durations.</param>
public sealed record DiscoveryFigures(
    int Uploads, double? TopReached, double? TopMissed, double? TopOnTheWay, double? BottomReached, double? Precision, double? Reached, double? RankCorrelation);

/// <param name="SlotShare">Test slots as a share of all slots served.</param>
/// <param name="RevivalSlotShare">Revival slots as a share of all.</param>
/// <param name="MeanImpressions">Impressions of a test that has a verdict, mean …</param>
/// <param name="MostImpressions">… and most.</param>
/// <param name="MedianHours">From upload to the first verdict, of those that have one.</param>
/// <param name="P90Hours">The same at the 90 % quantile.</param>
/// <param name="WithinDay">Share of uploads with a verdict within 24 hours; those of the last day are left out.</param>
/// <param name="Waiting">Uploads without a verdict at the end.</param>
public sealed record TestFigures(
    double? SlotShare, double? RevivalSlotShare, double? MeanImpressions, int? MostImpressions, double? MedianHours, double? P90Hours, double? WithinDay, int Waiting);

/// <summary>What went on among a few where it stopped for everybody. Of uploads two days old, as discovery is.</summary>
/// <param name="Sought">Share whose test went on among a few.</param>
/// <param name="Found">Share that widened among a few.</param>
/// <param name="Right">Of those, the share that truly is above the gate among its viewers.</param>
/// <param name="OfDividing">Of the uploads that divide people, the share that widened among a few.</param>
public sealed record NicheFigures(double? Sought, double? Found, double? Right, double? OfDividing);

/// <param name="Gini">Of impressions over uploads: 0 all alike, 1 all to one.</param>
/// <param name="CreatorGini">The same over creators who uploaded.</param>
/// <param name="TopShare">Share of impressions that the most seen hundredth of uploads had.</param>
public sealed record ExposureFigures(double? Gini, double? CreatorGini, double? TopShare);

/// <param name="Creators">Creators there when measuring began.</param>
/// <param name="Retention">Share of them who have not given up at the end.</param>
/// <param name="Novices">Creators who came while measured.</param>
/// <param name="NoviceRetention">Share of them who have not given up.</param>
/// <param name="NoviceImpressions">Mean impressions of a novice's upload.</param>
public sealed record CreatorFigures(int Creators, double? Retention, int Novices, double? NoviceRetention, double? NoviceImpressions);

/// <param name="PointsPerSession">Points a session earned, mean.</param>
/// <param name="ExitRate">Share of views that ended a session.</param>
/// <param name="EarlySkipRate">Share of views that were early skips.</param>
/// <param name="Lapsed">Share of sessions after which the viewer never came back.</param>
/// <param name="Active">Viewers who may still come back at the end.</param>
public sealed record ViewerFigures(
    long Views, long Sessions, double? PointsPerView, double? PointsPerSession, double? ViewsPerSession, double? ExitRate, double? EarlySkipRate,
    double? EmptySessions, double? Lapsed, int Active);

/// <summary>What came of the uploads that an attack brought: a flood's, or a farm's client's.</summary>
/// <param name="Impressions">Mean impressions of one.</param>
/// <param name="OrdinaryImpressions">Mean impressions of an ordinary upload of the same days, to compare.</param>
/// <param name="Reached">Share that reached the second wave or open.</param>
/// <param name="Judged">Share with a verdict at the end.</param>
/// <param name="TrueRank">Mean rank of their true scores among all uploads of their duration bucket, from 0 to 1.</param>
/// <param name="Disqualified">Signals of the whole world that counted nothing.</param>
public sealed record AttackFigures(int Uploads, double? Impressions, double? OrdinaryImpressions, double? Reached, double? Judged, double? TrueRank, long Disqualified);

/// <summary>What of a result is better seen than read.</summary>
/// <param name="Survival">Where uploads are, by age.</param>
/// <param name="ReachByRank">Share that reached the second wave or open, by tenth of the true score within the duration bucket, the worst tenth first.</param>
/// <param name="PrecisionAtRecall">
/// Precision at recalls of 0, 0.05, … 1, of the truly best tenth among uploads taken by the engine's score at the verdict, the
/// highest of their duration bucket first. Interpolated: the highest precision at that recall or a higher one; 0 where none is
/// reached (Manning, Raghavan and Schütze, 2008, section 8.4).
/// </param>
/// <param name="VerdictHours">Hours from upload to the first verdict at the quantiles 0, 0.05, … 1, of uploads that have one; empty where none has.</param>
/// <param name="TestImpressions">Impressions of a test at the same quantiles.</param>
/// <param name="Lorenz">Share of all impressions that the least seen 0, 5, … 100 % of uploads had; empty where there were none.</param>
/// <param name="Backlog">Uploads without a verdict, by hours since measuring began.</param>
/// <param name="Days">Measured day by day.</param>
public sealed record Curves(
    ImmutableArray<SurvivalPoint> Survival,
    ImmutableArray<double?> ReachByRank,
    ImmutableArray<double> PrecisionAtRecall,
    ImmutableArray<double> VerdictHours,
    ImmutableArray<double> TestImpressions,
    ImmutableArray<double> Lorenz,
    ImmutableArray<BacklogPoint> Backlog,
    ImmutableArray<DayFigures> Days)
{
    /// <summary>Point by point the mean of several runs of one scenario, as far as all of them go.</summary>
    public static Curves MeanOf(IReadOnlyList<Curves> runs)
    {
        if (runs is [var only]) return only;
        return new Curves(
            [.. Each(run => run.Survival, (points, _) => new SurvivalPoint(
                points[0].Hours, (int)points.Average(point => point.Uploads), points.Average(point => point.Testing), points.Average(point => point.Widening),
                points.Average(point => point.Open), points.Average(point => point.Paused), points.Average(point => point.Reviving), points.Average(point => point.Library)))],
            [.. Each(run => run.ReachByRank, (shares, _) => shares.Average())], Numbers(run => run.PrecisionAtRecall), Numbers(run => run.VerdictHours), Numbers(run => run.TestImpressions), Numbers(run => run.Lorenz),
            [.. Each(run => run.Backlog, (points, _) => new BacklogPoint(points[0].Hours, (int)points.Average(point => point.Waiting)))],
            [.. Each(run => run.Days, (days, day) => new DayFigures(
                day, (long)days.Average(of => of.Views), (long)days.Average(of => of.Sessions), days.Average(of => of.PointsPerSession), days.Average(of => of.ExitRate),
                (int)days.Average(of => of.Uploads), days.Average(of => of.CreatorRetention)))]);

        ImmutableArray<double> Numbers(Func<Curves, ImmutableArray<double>> curve) => [.. Each(curve, (values, _) => values.Average())];

        IEnumerable<TPoint> Each<TPoint>(Func<Curves, ImmutableArray<TPoint>> curve, Func<TPoint[], int, TPoint> mean) =>
            Enumerable.Range(0, runs.Min(run => curve(run).Length)).Select(place => mean([.. runs.Select(run => curve(run)[place])], place));
    }
}

/// <summary>Where uploads are at an age, as shares of those that have reached it; the rest has no stage that a feed shows.</summary>
public sealed record SurvivalPoint(double Hours, int Uploads, double Testing, double Widening, double Open, double Paused, double Reviving, double Library);

/// <param name="Waiting">Uploads of the measured days without a verdict, an attack's included.</param>
public sealed record BacklogPoint(double Hours, int Waiting);

/// <param name="CreatorRetention">Of the creators there when measuring began, the share that has not given up by the end of the day.</param>
public sealed record DayFigures(int Day, long Views, long Sessions, double? PointsPerSession, double? ExitRate, int Uploads, double? CreatorRetention);

/// <summary>What one source of the feed brought.</summary>
public sealed record SourceFigures(SlotSource Source, long Slots, long Views, double PointsPerView);
