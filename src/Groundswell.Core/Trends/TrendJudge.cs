using System.Collections.Immutable;

namespace Groundswell.Core.Trends;

/// <summary>What was observed of one topic in one region up to an hour.</summary>
/// <param name="ByCreator">Recent viewers by the creator whose video they watched, most first.</param>
/// <param name="Usual">Viewers of the baseline's hours.</param>
/// <param name="RecentTraffic">Recent viewers of all topics together.</param>
/// <param name="UsualTraffic">The same of the baseline's hours.</param>
/// <param name="HistoryHours">For how long the region's audience has been known.</param>
/// <param name="Weight">Of how many viewers one was counted: 1 unless the topic is too large to count everybody.</param>
public sealed record TrendEvidence(ImmutableArray<int> ByCreator, int Usual, long RecentTraffic, long UsualTraffic, int HistoryHours, int Weight)
{
    /// <summary>Recent viewers.</summary>
    public int Recent => ByCreator.Sum();
}

/// <summary>Whether a topic is rising, and on which numbers.</summary>
/// <param name="Counted">Recent viewers that count, no creator having brought more than their share of them.</param>
/// <param name="Expected">Recent viewers that its usual share of the audience would bring.</param>
/// <param name="Chance">Upper bound of the probability of so many by chance; 1 when there are no more than expected.</param>
/// <param name="Lift">Factor on the value of its videos, from 1 (not rising) to the cap.</param>
public sealed record TrendVerdict(bool Rising, double Counted, double Expected, double Chance, double Lift);

/// <summary>
/// Burst detection for one topic: are there more recent viewers than its own baseline explains? The idea of bursts against a
/// base rate is Kleinberg's ("Bursty and hierarchical structure in streams", KDD 2002); the test is a gamma-Poisson one.
/// </summary>
/// <remarks>
/// A topic's viewers are taken as Poisson with a rate per viewer of the whole audience, so that an evening on which
/// everybody watches more is no burst. The unknown rate has a gamma distribution: the prior and the baseline's counts. Recent
/// counts are then negative binomial, with a wider tail the less is known of the topic, and the probability of at least k of
/// them is at most exp(−(k + a) · KL(k / (k + a) ‖ q)) (Chernoff, 1952), a the gamma's shape and q the recent share of all
/// traffic seen. The bound errs on the side of no alarm.
/// </remarks>
public static class TrendJudge
{
    private const double NothingLeft = 1e-9;

    public static TrendVerdict Judge(TrendEvidence evidence, TrendRules rules)
    {
        var counted = Counted(evidence.ByCreator, rules.CreatorShare);
        // Counts of a sample are Poisson too; scaled up they would pretend to more than was seen.
        var shape = rules.PriorViewers + ((double)evidence.Usual / evidence.Weight);
        var traffic = (rules.PriorViewers / rules.PriorShare) + evidence.UsualTraffic;
        var expected = evidence.RecentTraffic * shape / traffic;
        var chance = ChanceOfAtLeast(counted / evidence.Weight, shape, evidence.RecentTraffic / (evidence.RecentTraffic + traffic));
        var rising = rules.Enabled
            && evidence.HistoryHours >= rules.LeastHistoryHours
            && evidence.ByCreator.Length >= rules.LeastCreators
            && counted >= rules.LeastViewers
            && chance <= rules.FalseAlarmRate;
        return new TrendVerdict(rising, counted, expected * evidence.Weight, chance, rising ? Lift(counted / evidence.Weight / expected, rules) : 1);
    }

    /// <summary>
    /// The largest part of the viewers in which no creator has more than their share of that very part: of a creator's ten
    /// thousand fans only as many count as the others' viewers allow. 0 where fewer creators than 1 / share are there.
    /// </summary>
    /// <param name="byCreator">Most first.</param>
    public static double Counted(ImmutableArray<int> byCreator, double share)
    {
        double left = byCreator.Sum();
        for (var capped = 0; capped < byCreator.Length; capped++)
        {
            var room = 1 - (capped * share);
            if (room < NothingLeft) return 0;
            var counted = left / room;
            if (byCreator[capped] <= (share * counted) + NothingLeft) return counted;
            left -= byCreator[capped];
        }
        return 0;
    }

    public static double ChanceOfAtLeast(double count, double shape, double recentShare)
    {
        var seen = count / (count + shape);
        if (!(seen > recentShare)) return 1;
        return Math.Exp(-((count * Math.Log(seen / recentShare)) + (shape * Math.Log((1 - seen) / (1 - recentShare)))));
    }

    private static double Lift(double times, TrendRules rules) =>
        Math.Clamp(1 + (rules.LiftPerDoubling * Math.Log2(Math.Max(1, times))), 1, Math.Max(1, rules.Cap));
}
