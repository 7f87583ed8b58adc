using System.Collections.Immutable;
using Groundswell.Core.Videos;

namespace Groundswell.Lab.Simulations.Measuring;

/// <summary>The survival curve of uploads: where they are by age. An upload counts at the ages that it has lived to see.</summary>
internal static class Survivals
{
    private const int Most = 120;

    public static ImmutableArray<SurvivalPoint> Of(IReadOnlyList<VideoTrack> tracks, int days, DateTimeOffset end)
    {
        var points = ImmutableArray.CreateBuilder<SurvivalPoint>();
        var step = TimeSpan.FromHours(Math.Max(1, days * 24 / Most));
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
}
