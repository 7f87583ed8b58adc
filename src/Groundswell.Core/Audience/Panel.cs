using Groundswell.Core.Chances;

namespace Groundswell.Core.Audience;

/// <summary>Who asks to join a panel, and when.</summary>
/// <param name="ViewsADay">How much the viewer watches.</param>
/// <param name="TrialBegan">When the test or revival began: each has a panel of its own.</param>
public readonly record struct PanelGuest(
    VideoId Video, ViewerId Viewer, Cohort Cohort, double ViewsADay, bool Follows, DateTimeOffset TrialBegan, DateTimeOffset Now);

/// <summary>What a panel has so far.</summary>
/// <param name="Seen">Impressions of the test or revival.</param>
/// <param name="OnTheWay">Slots served lately that may still become impressions.</param>
/// <param name="OfCohort">Of both, the guest's cohort.</param>
/// <param name="Followers">Of both, followers of the creator.</param>
/// <param name="SeenByCohort">Impressions by cohort number; looked at only when the guest's own cohort has had its places.</param>
public readonly record struct PanelSoFar(int Seen, int OnTheWay, int OfCohort, int Followers, IEnumerable<KeyValuePair<int, int>> SeenByCohort);

/// <summary>
/// Who is let into a test's panel. It is drawn in the image of the audience, by keyed draws, so that it replays: a draw for
/// each viewer and panel decides who is asked at all, and places are kept by cohort. Whoever watches much is drawn in inverse
/// proportion, as they come by in proportion: drawing everybody alike would leave each panel to the busiest. Both open with
/// the wait: a small audience, or one whose rarer viewers stay away, fills a panel too.
/// </summary>
public static class Panel
{
    public static bool Admits(PanelGuest guest, PanelSoFar soFar, Strata strata, int size, TestBatchRules rules, Chance chance)
    {
        if (guest.Follows && soFar.Followers + 1 > rules.FollowerShare * size) return false;
        if (!rules.Stratified) return true;
        if (!Asks(guest, soFar.Seen, strata, size, rules, chance)) return false;
        var patience = Patience(guest.Now - guest.TrialBegan, rules);
        var plan = Plan(strata, soFar.Seen, size, rules);
        var shift = KeyOf(guest, chance).For("shift").Unit();
        return soFar.OfCohort < plan.Quota(guest.Cohort, shift) || soFar.Seen + soFar.OnTheWay + Kept(plan, soFar.SeenByCohort, shift, patience) < plan.Size;
    }

    /// <summary>
    /// Whether a viewer is drawn into a panel at all, whatever it has so far: nine of ten are not, and a page that looks at every
    /// panel need count nothing for those.
    /// </summary>
    /// <param name="seen">Impressions of the test or revival.</param>
    public static bool Asks(PanelGuest guest, int seen, Strata strata, int size, TestBatchRules rules, Chance chance) =>
        !rules.Stratified || KeyOf(guest, chance).For(guest.Viewer.Value)
            .Hits(Inclusion(Plan(strata, seen, size, rules), guest, Patience(guest.Now - guest.TrialBegan, rules), rules));

    private static Chance KeyOf(PanelGuest guest, Chance chance) =>
        chance.For("panel").For(guest.Video.Value).For(guest.TrialBegan.ToUnixTimeMilliseconds());

    /// <summary>A batch that was not clear goes on to at most twice its size, spread as the first half was.</summary>
    private static PanelPlan Plan(Strata strata, int seen, int size, TestBatchRules rules) => new(strata, seen < size ? size : 2 * size, rules);

    /// <summary>How much of the patience is over, from 0 to 1.</summary>
    private static double Patience(TimeSpan waited, TestBatchRules rules) => Math.Clamp(waited.TotalHours / rules.PatienceHours, 0, 1);

    /// <summary>Chance that a viewer is drawn into a panel: slowly at first, to everybody at the end of the patience.</summary>
    private static double Inclusion(PanelPlan plan, PanelGuest guest, double patience, TestBatchRules rules)
    {
        var first = Math.Min(1, rules.DrawnTimes / plan.ViewersPerPlace(guest.Cohort)) * Math.Min(1, rules.UsualViewsADay / guest.ViewsADay);
        return first + ((1 - first) * patience * patience);
    }

    /// <summary>Places still kept for cohorts that have not had theirs: all of them at first, none at the end of the patience.</summary>
    private static int Kept(PanelPlan plan, IEnumerable<KeyValuePair<int, int>> byCohort, double shift, double patience)
    {
        var had = 0;
        foreach (var (cohort, shown) in byCohort) had += Math.Min(shown, plan.Quota(new Cohort(cohort), shift));
        return (int)Math.Ceiling((1 - patience) * (plan.Size - had));
    }
}
