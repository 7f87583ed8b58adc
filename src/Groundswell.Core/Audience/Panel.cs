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
/// <param name="strata">The active audience, in whose image it is drawn.</param>
/// <param name="size">Impressions of one batch.</param>
public sealed class Panel(Strata strata, int size, TestBatchRules rules)
{
    // A batch that was not clear goes on to at most twice its size, spread as the first half was.
    private readonly PanelPlan _batch = new(strata, size, rules), _whole = new(strata, 2 * size, rules);

    public bool Admits(PanelGuest guest, PanelSoFar soFar, Chance chance)
    {
        if (!HasRoomFor(guest, soFar.Followers, soFar.Seen + soFar.OnTheWay)) return false;
        if (!rules.Stratified) return true;
        if (!Asks(guest, soFar.Seen, chance)) return false;
        var plan = Plan(soFar.Seen);
        var shift = KeyOf(guest, chance).For("shift").Unit();
        return soFar.OfCohort < plan.Quota(guest.Cohort, shift) || soFar.Seen + soFar.OnTheWay + Kept(plan, soFar.SeenByCohort, shift, Patience(guest)) < plan.Size;
    }

    /// <summary>
    /// Whether followers, the guest included, would be no more than their share of those there are: a verdict may fall after any of
    /// them. It is all that is asked of whom the panel asks where a test goes on in a niche, since places of other cohorts are not
    /// kept there.
    /// </summary>
    /// <param name="followers">As in <see cref="PanelSoFar"/>.</param>
    /// <param name="seated">Impressions of the test or revival, and slots that may still become one.</param>
    public bool HasRoomFor(PanelGuest guest, int followers, int seated) => !guest.Follows || followers + 1 <= rules.FollowerShare * (seated + 1);

    /// <summary>
    /// Whether a viewer is drawn into a panel at all, whatever it has so far: nine of ten are not, and a page that looks at every
    /// panel need count nothing for those.
    /// </summary>
    /// <param name="seen">Impressions of the test or revival.</param>
    public bool Asks(PanelGuest guest, int seen, Chance chance) =>
        !rules.Stratified || KeyOf(guest, chance).For(guest.Viewer.Value).Hits(Inclusion(Plan(seen), guest));

    private static Chance KeyOf(PanelGuest guest, Chance chance) =>
        chance.For("panel").For(guest.Video.Value).For(guest.TrialBegan.ToUnixTimeMilliseconds());

    private ref readonly PanelPlan Plan(int seen) => ref seen < size ? ref _batch : ref _whole;

    /// <summary>How much of the patience is over, from 0 to 1.</summary>
    private double Patience(PanelGuest guest) => Math.Clamp((guest.Now - guest.TrialBegan).TotalHours / rules.PatienceHours, 0, 1);

    /// <summary>Chance that a viewer is drawn into a panel: slowly at first, to everybody at the end of the patience.</summary>
    private double Inclusion(in PanelPlan plan, PanelGuest guest)
    {
        var patience = Patience(guest);
        var first = Math.Min(1, rules.DrawnTimes / plan.ViewersPerPlace(guest.Cohort)) * Math.Min(1, rules.UsualViewsADay / guest.ViewsADay);
        return first + ((1 - first) * patience * patience);
    }

    /// <summary>Places still kept for cohorts that have not had theirs: all of them at first, none at the end of the patience.</summary>
    private static int Kept(in PanelPlan plan, IEnumerable<KeyValuePair<int, int>> byCohort, double shift, double patience)
    {
        var had = 0;
        foreach (var (cohort, shown) in byCohort) had += Math.Min(shown, plan.Quota(new Cohort(cohort), shift));
        return (int)Math.Ceiling((1 - patience) * (plan.Size - had));
    }
}
