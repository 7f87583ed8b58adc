using System.Collections.Concurrent;
using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// How videos stand with the audience: by genre, by cohort, and in waves. It drifts with every view, and working it out costs
/// more than a shelf; so it is looked at anew now and then, while a shelf follows every change of the videos there are. What
/// has left a stage since, whoever reads this must look at.
/// </summary>
public sealed class Standing
{
    private readonly ConcurrentDictionary<int, CohortOpinion> _opinions = [];
    private readonly CohortMap _cohorts;
    private readonly Rules _rules;
    private readonly LiveTests _tests;

    /// <param name="servable">By id.</param>
    internal Standing(VideoCell[] servable, CohortMap cohorts, LiveTests tests, Rules rules)
    {
        (_cohorts, _tests, _rules) = (cohorts, tests, rules);
        Widening = [.. servable.Where(cell => cell.State.Stage == VideoStage.Widening)];
        LikedBy = CohortLeaders.From(servable.Where(cell => cell.State.Stage == VideoStage.Open), cohorts);
        Leaders = [.. servable.Where(GenreLeaders.MayLead).GroupBy(cell => cell.State.Analysis?.Genres.Leading ?? -1).Where(group => group.Key >= 0)
            .Select(GenreLeaders.Of).OrderByDescending(leaders => leaders.Finishers).ThenBy(leaders => leaders.Genre)];
    }

    public static Standing Nothing { get; } = new([], CohortMap.Empty, new LiveTests(new Rules(), TimeSpan.Zero), new Rules());

    /// <summary>The genres with something to show, the one that has held most people first.</summary>
    public ImmutableArray<GenreLeaders> Leaders { get; }

    /// <summary>What each cohort has liked best.</summary>
    public CohortLeaders LikedBy { get; }

    /// <summary>The videos in waves, by id.</summary>
    public ImmutableArray<VideoCell> Widening { get; }

    /// <summary>What a cohort thinks of the videos in waves; worked out when it is first asked.</summary>
    public CohortOpinion OpinionOf(Cohort cohort) =>
        _opinions.GetOrAdd(cohort.Number, static (number, standing) => standing.Ask(new Cohort(number)), this);

    private CohortOpinion Ask(Cohort cohort) => CohortOpinion.Of(Widening, cohort, _cohorts, _tests, _rules);
}
