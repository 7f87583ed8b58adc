using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// What one cohort thinks of the videos in waves, as of when it was first asked. Looking it up for every video of every page
/// would cost more than the rest of the page.
/// </summary>
public sealed class CohortOpinion
{
    /// <summary>The cohort has clearly had enough of the video.</summary>
    public const float HadEnough = -1;

    // Read by many at once, and never changed.
    private readonly Dictionary<VideoCell, float> _promises;

    private CohortOpinion(Dictionary<VideoCell, float> promises) => _promises = promises;

    internal static CohortOpinion Of(CellList widening, Cohort cohort, CohortMap cohorts, LiveTests tests, Rules rules) =>
        new(widening.ToDictionary(cell => cell, cell => PromiseOf(cell.State, cohort, cohorts, tests, rules)));

    /// <summary>The chance that a draw of the cohort's score lies above the video's mean (Thompson, 1933), or <see cref="HadEnough"/>; of a video that has only just begun to widen, 0.</summary>
    public float Of(VideoCell cell) => _promises.GetValueOrDefault(cell);

    private static float PromiseOf(VideoState video, Cohort cohort, CohortMap cohorts, LiveTests tests, Rules rules)
    {
        var peers = tests.PeersOf(video);
        var score = CohortScore.Of(video.Evidence, cohort, cohorts, peers.Prior.Variance);
        if (score.Views >= rules.Gate.LeastViews && score.ProbabilityAbove(peers.Gate) <= rules.Gate.PauseAt) return HadEnough;
        return (float)score.ChanceOfDraw(video.Evidence.Totals.MeanPoints);
    }
}
