using Groundswell.Core.Audience;
using Groundswell.Core.Chances;

namespace Groundswell.Core.Tests.Fixtures;

/// <summary>
/// An audience that comes by on its own and meets slots for tests now and then: most come seldom, a few all the time.
/// Everything about it is drawn from a seed.
/// </summary>
internal sealed class PanelAudience
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(6);
    private readonly Chance _chance;
    private readonly (Cohort Cohort, double VisitsADay)[] _viewers;

    /// <param name="shares">Share of the audience by cohort; normalised.</param>
    public PanelAudience(ulong seed, int viewers, IReadOnlyList<double> shares)
    {
        _chance = new Chance(seed);
        var total = shares.Sum();
        _viewers = [.. Enumerable.Range(0, viewers).Select(viewer =>
        {
            var key = _chance.For("viewer").For(viewer);
            var left = key.For("cohort").Unit() * total;
            var cohort = 0;
            while (cohort < shares.Count - 1 && (left -= shares[cohort]) >= 0) cohort++;
            // Log-normal, one visit a day in the middle: the busiest tenth makes half of all visits.
            return (Cohort.Of(1 + (cohort / 2), null, (Activity)(cohort % 2)), Math.Exp(1.25 * key.For("visits").Normal()));
        })];
        Strata = Strata.Of(_viewers.GroupBy(viewer => viewer.Cohort.Number).Select(group => KeyValuePair.Create(group.Key, group.Count())));
        Busiest = [.. Enumerable.Range(0, viewers).OrderByDescending(viewer => _viewers[viewer].VisitsADay).Take(viewers / 10)];
    }

    public Strata Strata { get; }

    /// <summary>The tenth of all viewers that comes most often.</summary>
    public HashSet<int> Busiest { get; }

    /// <summary>Fills one panel: who was let in, and when, in order.</summary>
    /// <param name="slots">Chance that a visit meets a slot for tests.</param>
    public List<(int Viewer, Cohort Cohort, bool Follows, TimeSpan At)> Fill(int video, int size, TestBatchRules rules, double slots = 0.4, double followers = 0.05, int days = 3)
    {
        var panel = new List<(int Viewer, Cohort Cohort, bool Follows, TimeSpan At)>();
        var byCohort = new Dictionary<int, int>();
        var seen = new HashSet<int>();
        var door = new Panel(Strata, size, rules);
        for (var at = TimeSpan.Zero; at < TimeSpan.FromDays(days) && panel.Count < size; at += Step)
        {
            for (var viewer = 0; viewer < _viewers.Length && panel.Count < size; viewer++)
            {
                var key = _chance.For("visit").For(video).For(viewer).For(at.Ticks);
                var (cohort, visits) = _viewers[viewer];
                if (seen.Contains(viewer) || !key.Hits(visits * slots * (Step / TimeSpan.FromDays(1)))) continue;
                var follows = _chance.For("follows").For(video).For(viewer).Hits(followers);
                var guest = new PanelGuest(new VideoId(video), Given.Viewer(viewer), cohort, 12 * visits, follows, Given.Now, Given.Now + at);
                var soFar = new PanelSoFar(panel.Count, 0, byCohort.GetValueOrDefault(cohort.Number), panel.Count(one => one.Follows), byCohort);
                if (!door.Admits(guest, soFar, _chance)) continue;
                seen.Add(viewer);
                byCohort[cohort.Number] = byCohort.GetValueOrDefault(cohort.Number) + 1;
                panel.Add((viewer, cohort, follows, at));
            }
        }
        return panel;
    }
}
