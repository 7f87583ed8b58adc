namespace Groundswell.Core.Audience;

/// <summary>
/// What one cohort thinks of a video: its own views, on a prior made of what its kin thought and, behind those, everybody. A
/// cohort nobody of has seen the video yet is believed to think as the likest do.
/// </summary>
public static class CohortScore
{
    /// <summary>What everybody's opinion weighs against a cohort's own, in views: half of the fewest on which a gate decides.</summary>
    private const double EverybodysViews = 6;

    /// <summary>A cohort's kin never weigh more than this, in views, or a large neighbour would speak for a small cohort for ever.</summary>
    private const double MostOfKin = 24;

    /// <param name="variance">Variance of the points of one view: points².</param>
    public static ScorePosterior Of(Evidence evidence, Cohort cohort, CohortMap cohorts, double variance)
    {
        var overall = evidence.Totals.MeanPoints;
        var (views, points) = (0.0, 0.0);
        foreach (var kin in cohorts.KinOf(cohort))
        {
            if (!evidence.Cohorts.TryGetValue(kin.Cohort.Number, out var theirs)) continue;
            views += kin.Nearness * theirs.Views;
            points += kin.Nearness * theirs.Points;
        }
        if (views > MostOfKin) (views, points) = (MostOfKin, points * MostOfKin / views);
        var prior = new ScorePrior(((EverybodysViews * overall) + points) / (EverybodysViews + views), variance, EverybodysViews + views);
        return ScorePosterior.Of(evidence.Cohorts.GetValueOrDefault(cohort.Number), prior);
    }
}
