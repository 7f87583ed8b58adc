using System.Collections.Immutable;
using Groundswell.Core.Videos;
using Groundswell.Lab.Simulations.Creators;

namespace Groundswell.Lab.Simulations.Measuring;

/// <summary>The curves of a result.</summary>
internal static class Pictures
{
    private const int Quantiles = 20, Deciles = 10, MostPoints = 120;

    public static Curves Of(
        Gauge gauge, VideoTrack[] measured, VideoTrack[] ordinary, Dictionary<VideoTrack, double> ranks, Maker[] there, int days, DateTimeOffset end)
    {
        var judged = ordinary.Where(track => track.VerdictAt is not null).ToArray();
        var old = ordinary.Where(track => end - track.UploadedAt >= Figures.OldEnough).ToArray();
        var step = TimeSpan.FromHours(Math.Max(1, days * 24 / MostPoints));
        return new Curves(
            Survival(ordinary, days, step, end),
            [.. Enumerable.Range(0, Deciles).Select(tenth => Figures.Share([.. old.Where(track => (int)(ranks[track] * Deciles) == tenth)], track => track.Reached))],
            PrecisionAtRecall(old, ranks),
            AtQuantiles(judged.Select(track => ((track.VerdictAt ?? end) - track.UploadedAt).TotalHours)),
            AtQuantiles(judged.Select(track => (double)track.TrialImpressions)),
            Lorenz([.. ordinary.Select(track => (double)track.Impressions).Order()]),
            Backlog(measured, gauge.From, step, end),
            [.. Enumerable.Range(0, days).Select(day => Day(gauge.Days.ElementAtOrDefault(day) ?? new DayTally(), day, ordinary, there, gauge.From))]);
    }

    /// <summary>Where uploads are by age. An upload counts at the ages that it has lived to see.</summary>
    private static ImmutableArray<SurvivalPoint> Survival(VideoTrack[] tracks, int days, TimeSpan step, DateTimeOffset end)
    {
        var points = ImmutableArray.CreateBuilder<SurvivalPoint>();
        for (var age = TimeSpan.Zero; age <= TimeSpan.FromDays(days); age += step)
        {
            var counts = new int[Enum.GetValues<VideoStage>().Length];
            var alive = 0;
            foreach (var track in tracks)
            {
                if (end - track.UploadedAt < age || track.At(age) is not { } stage) continue;
                alive++;
                counts[(int)stage]++;
            }
            if (alive == 0) break;
            points.Add(new SurvivalPoint(
                age.TotalHours, alive, Share(VideoStage.Testing), Share(VideoStage.Widening), Share(VideoStage.Open), Share(VideoStage.Paused),
                Share(VideoStage.Reviving), Share(VideoStage.Library)));

            double Share(VideoStage stage) => counts[(int)stage] / (double)alive;
        }
        return points.ToImmutable();
    }

    private static ImmutableArray<double> PrecisionAtRecall(VideoTrack[] tracks, Dictionary<VideoTrack, double> ranks)
    {
        var best = tracks.Count(track => ranks[track] >= Figures.Best);
        if (best == 0) return [];
        var scores = Figures.Ranks([.. tracks.Where(track => track.VerdictAt is not null)], track => track.Score ?? 0);
        var precision = new double[Quantiles + 1];
        var (taken, found) = (0, 0);
        foreach (var (track, _) in scores.OrderByDescending(scored => scored.Value).ThenBy(scored => scored.Key.Video.Id.Value))
        {
            taken++;
            if (ranks[track] < Figures.Best) continue;
            found++;
            for (var recall = 0; recall <= found * Quantiles / best; recall++) precision[recall] = Math.Max(precision[recall], found / (double)taken);
        }
        return [.. precision];
    }

    private static ImmutableArray<BacklogPoint> Backlog(VideoTrack[] tracks, DateTimeOffset from, TimeSpan step, DateTimeOffset end)
    {
        var points = ImmutableArray.CreateBuilder<BacklogPoint>();
        for (var at = from; at <= end; at += step)
            points.Add(new BacklogPoint((at - from).TotalHours, tracks.Count(track => track.UploadedAt <= at && !(track.VerdictAt <= at))));
        return points.ToImmutable();
    }

    private static DayFigures Day(DayTally day, int number, VideoTrack[] ordinary, Maker[] there, DateTimeOffset from) => new(
        number, day.Views, day.Sessions, Figures.Per(day.SessionPoints, day.Sessions), Figures.Per(day.Exits, day.Views),
        ordinary.Count(track => (int)(track.UploadedAt - from).TotalDays == number),
        Figures.Share(there, maker => !(maker.GaveUpAt < from.AddDays(number + 1))));

    private static ImmutableArray<double> AtQuantiles(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return [.. Enumerable.Range(0, Quantiles + 1).Select(i => Spread.Quantile(sorted, i / (double)Quantiles)).OfType<double>()];
    }

    private static ImmutableArray<double> Lorenz(double[] ascending)
    {
        var all = ascending.Sum();
        return all == 0 ? [] : [.. Enumerable.Range(0, Quantiles + 1).Select(i => ascending.Take(ascending.Length * i / Quantiles).Sum() / all)];
    }
}
