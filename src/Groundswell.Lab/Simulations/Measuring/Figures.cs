using System.Collections.Immutable;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Lab.Simulations.Audience;
using Groundswell.Lab.Simulations.Creators;
using Groundswell.Lab.Simulations.World;

namespace Groundswell.Lab.Simulations.Measuring;

/// <summary>From what the gauge saw to the figures of a result.</summary>
internal static class Figures
{
    /// <summary>An upload younger than this may still be on its way.</summary>
    public static readonly TimeSpan OldEnough = TimeSpan.FromDays(2);

    /// <summary>Rank from which an upload is of the truly best tenth.</summary>
    public const double Best = 0.9;

    public static SimulationResult Of(
        Scenario scenario, ulong seed, string rules, Gauge gauge, IReadOnlyList<Person> people, IReadOnlyList<Maker> makers, EntryDigest digest, DateTimeOffset end)
    {
        var measured = gauge.Tracks.Where(track => track.UploadedAt >= gauge.From).ToArray();
        var ordinary = measured.Where(track => !track.IsDriven).ToArray();
        var ranks = Ranks(measured, track => track.Video.TrueScore);
        var there = makers.Where(maker => !maker.IsDriven && maker.ArrivesAt < gauge.From && !(maker.GaveUpAt < gauge.From)).ToArray();
        return new SimulationResult(
            scenario.Name, seed, rules, digest.Value.ToString("x16"), digest.Entries, gauge.AllViews,
            Discovery(ordinary, ranks, end), Tests(gauge, ordinary, end), Niches(ordinary, end), Exposure(ordinary), Creators(makers, there, ordinary, gauge.From), Viewers(gauge, people),
            scenario.Flood is null && scenario.Farm is null ? null : Attack(gauge, measured, ordinary, ranks),
            [.. Enum.GetValues<SlotSource>().Where(source => gauge.SlotsBySource[(int)source] > 0).Select(source => Source(gauge, source))],
            Pictures.Of(gauge, measured, ordinary, ranks, there, scenario.Days, end));
    }

    private static DiscoveryFigures Discovery(VideoTrack[] ordinary, Dictionary<VideoTrack, double> ranks, DateTimeOffset end)
    {
        var old = ordinary.Where(track => end - track.UploadedAt >= OldEnough).ToArray();
        var top = old.Where(track => ranks[track] >= Best).ToArray();
        var bottom = old.Where(track => ranks[track] < 0.5).ToArray();
        var reached = old.Where(track => track.Reached).ToArray();
        var judged = old.Where(track => track.VerdictAt is not null).ToArray();
        return new DiscoveryFigures(
            old.Length,
            Share(top, track => track.Reached), Share(top, track => !track.Reached && track.IsPaused), Share(top, track => !track.Reached && !track.IsPaused),
            Share(bottom, track => track.Reached), Share(reached, track => ranks[track] >= 0.5), Share(old, track => track.Reached),
            Spread.RankCorrelation([.. judged.Select(track => track.Score ?? 0)], [.. judged.Select(track => track.Video.TrueScore)]));
    }

    private static TestFigures Tests(Gauge gauge, VideoTrack[] ordinary, DateTimeOffset end)
    {
        var slots = gauge.SlotsBySource.Sum();
        var judged = ordinary.Where(track => track.VerdictAt is not null).ToArray();
        var hours = judged.Select(track => ((track.VerdictAt ?? end) - track.UploadedAt).TotalHours).Order().ToArray();
        return new TestFigures(
            Per(gauge.SlotsBySource[(int)SlotSource.TestBatch], slots), Per(gauge.SlotsBySource[(int)SlotSource.Revival], slots),
            judged.Average(track => (double?)track.TrialImpressions), judged.Max(track => (int?)track.TrialImpressions),
            Spread.Quantile(hours, 0.5), Spread.Quantile(hours, 0.9),
            Share([.. ordinary.Where(track => end - track.UploadedAt >= TimeSpan.FromDays(1))], track => track.VerdictAt - track.UploadedAt <= TimeSpan.FromDays(1)),
            ordinary.Length - judged.Length);
    }

    private static NicheFigures Niches(VideoTrack[] ordinary, DateTimeOffset end)
    {
        var old = ordinary.Where(track => end - track.UploadedAt >= OldEnough).ToArray();
        var found = old.Select(track => track.Niche).OfType<FoundNiche>().ToArray();
        return new NicheFigures(
            Share(old, track => track.NicheSought), Share(old, track => track.Niche is not null), Share(found, niche => niche.TrueScore > niche.Gate),
            Share([.. old.Where(track => track.Video.Divides)], track => track.Niche is not null));
    }

    private static ExposureFigures Exposure(VideoTrack[] ordinary)
    {
        double[] impressions = [.. ordinary.Select(track => (double)track.Impressions).OrderDescending()];
        var most = impressions.Take(Math.Max(1, impressions.Length / 100)).Sum();
        return new ExposureFigures(
            Spread.Gini(impressions), Spread.Gini([.. ordinary.GroupBy(track => track.Video.Creator).Select(group => (double)group.Sum(track => track.Impressions))]),
            Per(most, impressions.Sum()));
    }

    private static CreatorFigures Creators(IReadOnlyList<Maker> makers, Maker[] there, VideoTrack[] ordinary, DateTimeOffset from)
    {
        var novices = makers.Where(maker => !maker.IsDriven && maker.ArrivesAt >= from).ToArray();
        var theirs = novices.Select(maker => maker.Id).ToHashSet();
        var uploads = ordinary.Where(track => theirs.Contains(track.Video.Creator)).ToArray();
        return new CreatorFigures(
            there.Length, Share(there, maker => maker.GaveUpAt is null), novices.Length, Share(novices, maker => maker.GaveUpAt is null),
            uploads.Average(track => (double?)track.Impressions));
    }

    private static ViewerFigures Viewers(Gauge gauge, IReadOnlyList<Person> people) => new(
        gauge.Views, gauge.Sessions, Per(gauge.Points, gauge.Views), Per(gauge.SessionPoints, gauge.Sessions), Per(gauge.SessionViews, gauge.Sessions),
        Per(gauge.Exits, gauge.Views), Per(gauge.EarlySkips, gauge.Views), Per(gauge.EmptySessions, gauge.Sessions), Per(gauge.Lapses, gauge.Sessions),
        people.Count(person => !person.IsGone));

    private static AttackFigures Attack(Gauge gauge, VideoTrack[] measured, VideoTrack[] ordinary, Dictionary<VideoTrack, double> ranks)
    {
        var driven = measured.Where(track => track.IsDriven).ToArray();
        return new AttackFigures(
            driven.Length, driven.Average(track => (double?)track.Impressions), ordinary.Average(track => (double?)track.Impressions),
            Share(driven, track => track.Reached), Share(driven, track => track.VerdictAt is not null),
            driven.Average(track => (double?)ranks[track]), gauge.Disqualified);
    }

    private static SourceFigures Source(Gauge gauge, SlotSource source)
    {
        var views = gauge.ViewsBySource[(int)source];
        return new SourceFigures(source, gauge.SlotsBySource[(int)source], views, gauge.PointsBySource[(int)source] / Math.Max(1, views));
    }

    /// <summary>Rank of each upload's score among those of its duration bucket, from 0 (worst) to below 1.</summary>
    internal static Dictionary<VideoTrack, double> Ranks(VideoTrack[] tracks, Func<VideoTrack, double> score)
    {
        var ranks = new Dictionary<VideoTrack, double>();
        foreach (var bucket in tracks.GroupBy(track => track.Video.Bucket))
        {
            var sorted = bucket.OrderBy(score).ThenBy(track => track.Video.Id.Value).ToArray();
            for (var rank = 0; rank < sorted.Length; rank++) ranks[sorted[rank]] = (rank + 0.5) / sorted.Length;
        }
        return ranks;
    }

    internal static double? Share<T>(IReadOnlyCollection<T> of, Func<T, bool> holds) => Per(of.Count(holds), of.Count);

    internal static double? Per(double sum, double of) => of == 0 ? null : sum / of;
}
