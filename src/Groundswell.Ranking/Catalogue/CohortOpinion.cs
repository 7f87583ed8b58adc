using System.Collections.Concurrent;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// What one cohort thinks of the videos in waves, of each as of when it was first asked. Looking it up anew for every video of
/// every page would cost more than the rest of the page, and no page asks about all of them.
/// </summary>
public sealed class CohortOpinion
{
    /// <summary>The cohort has clearly had enough of the video.</summary>
    public const float HadEnough = -1;

    private readonly ConcurrentDictionary<VideoCell, float> _promises = [];
    private readonly Cohort _cohort;
    private readonly CohortMap _cohorts;
    private readonly LiveTests _tests;
    private readonly GateRules _gate;

    internal CohortOpinion(Cohort cohort, CohortMap cohorts, LiveTests tests, GateRules gate) => (_cohort, _cohorts, _tests, _gate) = (cohort, cohorts, tests, gate);

    /// <summary>The chance that a draw of the cohort's score lies above the video's mean (Thompson, 1933), or <see cref="HadEnough"/>.</summary>
    public float Of(VideoCell cell) => _promises.GetOrAdd(cell, static (cell, opinion) => opinion.PromiseOf(cell.State), this);

    private float PromiseOf(VideoState video)
    {
        var peers = _tests.PeersOf(video);
        var score = CohortScore.Of(video.Evidence, _cohort, _cohorts, peers.Prior.Variance);
        if (score.Views >= _gate.LeastViews && score.ProbabilityAbove(peers.Gate) <= _gate.PauseAt) return HadEnough;
        return (float)score.ChanceOfDraw(video.Evidence.Totals.MeanPoints);
    }
}
