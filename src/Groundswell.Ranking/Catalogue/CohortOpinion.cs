using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// What one cohort thinks of a shelf's videos, as of when it was first asked; the shelf is renewed within seconds. Looking it
/// up for every video of every page would cost more than the rest of the page.
/// </summary>
/// <param name="Promise">By place in <see cref="Shelf.Widening"/>: the chance that a draw of the cohort's score lies above the video's mean (Thompson, 1933), or <see cref="HadEnough"/>.</param>
/// <param name="Liked">Open videos that the cohort has an opinion of, the best liked first.</param>
public sealed record CohortOpinion(ImmutableArray<float> Promise, ImmutableArray<VideoCell> Liked)
{
    /// <summary>The cohort has clearly had enough of the video.</summary>
    public const float HadEnough = -1;

    private const int LeastViews = 3;
    private const double PriorViews = 5;

    internal static CohortOpinion Of(Shelf shelf, Cohort cohort, LiveCatalogue catalogue, Rules rules) => new(
        [.. shelf.Widening.Select(row => PromiseOf(shelf.Cells[row].State, cohort, catalogue, rules))],
        LikedBy(shelf, cohort, catalogue.Cohorts));

    private static float PromiseOf(VideoState video, Cohort cohort, LiveCatalogue catalogue, Rules rules)
    {
        var peers = catalogue.Peers[video.Bucket];
        var score = CohortScore.Of(video.Evidence, cohort, catalogue.Cohorts, peers.Prior.Variance);
        if (score.Views >= rules.Gate.LeastViews && score.ProbabilityAbove(peers.Gate) <= rules.Gate.PauseAt) return HadEnough;
        return (float)score.ChanceOfDraw(video.Evidence.Totals.MeanPoints);
    }

    /// <summary>What the cohort liked, with what its kin liked as the prior; the undecided have nothing in common that a video could be liked for.</summary>
    private static ImmutableArray<VideoCell> LikedBy(Shelf shelf, Cohort cohort, CohortMap cohorts)
    {
        if (cohort.Cluster is null) return [];
        var kin = cohorts.KinOf(cohort);
        var liked = new List<(double Score, VideoCell Cell)>();
        foreach (var cell in shelf.In(VideoStage.Open))
        {
            var evidence = cell.State.Evidence;
            if (evidence.Totals.Views < LeastViews) continue;
            var (views, points) = Heard(evidence, cohort, kin.AsSpan());
            if (views >= LeastViews) liked.Add(((points + (PriorViews * evidence.Totals.MeanPoints)) / (views + PriorViews), cell));
        }
        return [.. liked.OrderByDescending(pair => pair.Score).ThenBy(pair => pair.Cell.State.Id.Value).Select(pair => pair.Cell)];
    }

    /// <summary>The cohort's own views and points, and those of its kin for as much as they are near.</summary>
    private static (double Views, double Points) Heard(Evidence evidence, Cohort cohort, ReadOnlySpan<Kin> kin)
    {
        var own = evidence.Cohorts.GetValueOrDefault(cohort.Number);
        var (views, points) = ((double)own.Views, own.Points);
        foreach (var (other, nearness) in kin)
        {
            var theirs = evidence.Cohorts.GetValueOrDefault(other.Number);
            views += nearness * theirs.Views;
            points += nearness * theirs.Points;
        }
        return (views, points);
    }
}
