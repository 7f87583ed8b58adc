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
public sealed record CohortOpinion(ImmutableArray<float> Promise)
{
    /// <summary>The cohort has clearly had enough of the video.</summary>
    public const float HadEnough = -1;

    internal static CohortOpinion Of(Shelf shelf, Cohort cohort, LiveCatalogue catalogue, Rules rules) =>
        new([.. shelf.Widening.Select(row => PromiseOf(shelf.Cells[row].State, cohort, catalogue, rules))]);

    private static float PromiseOf(VideoState video, Cohort cohort, LiveCatalogue catalogue, Rules rules)
    {
        var peers = catalogue.Tests.PeersOf(video);
        var score = CohortScore.Of(video.Evidence, cohort, catalogue.Cohorts, peers.Prior.Variance);
        if (score.Views >= rules.Gate.LeastViews && score.ProbabilityAbove(peers.Gate) <= rules.Gate.PauseAt) return HadEnough;
        return (float)score.ChanceOfDraw(video.Evidence.Totals.MeanPoints);
    }
}
