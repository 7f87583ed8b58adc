namespace Groundswell.Core.Audience;

/// <summary>When a test has an answer.</summary>
/// <param name="WidenAt">Widens from this P(score &gt; gate) on: of videos widened so, one in ten at most is not above the gate, as long as the prior fits.</param>
/// <param name="PauseAt">Pauses from this P(score &gt; gate) down; one in ten at most of those was above.</param>
/// <param name="Quantile">The gate is this quantile of the scores of recent peers of the same duration bucket.</param>
/// <param name="Peers">How many recent peers are looked at.</param>
/// <param name="LeastPeers">How many peers weigh as much as the base rates of <see cref="BaseRates.KuaiRand"/>.</param>
/// <param name="LeastViews">No verdict before so many views (or <paramref name="LeastShare"/> of a small batch): two of each of six cohorts.</param>
/// <param name="LeastShare">… or before this share of the batch, whichever is less.</param>
/// <param name="Absolute">Points per view to use as the gate instead of peers; null for peers.</param>
/// <param name="PriorViewsMost">The prior never weighs more views than this: DESIGN's figure. Fitted on real logs it weighs 7 to 14.</param>
/// <param name="Sequential">Off: every test goes through its whole batch and the plain mean decides, as most systems do it. For comparison.</param>
/// <param name="ByDuration">Off: all lengths are compared with each other. For comparison.</param>
/// <param name="NicheClusters">What stops for everybody may go on in at most so many clusters of taste that clearly want it; 0: in none. Three, since clusters have some fifty viewers in an installation of a few hundred, and a wave takes 120 at the least.</param>
public sealed record GateRules(
    double WidenAt = 0.9,
    double PauseAt = 0.1,
    double Quantile = 0.7,
    int Peers = 200,
    int LeastPeers = 8,
    int LeastViews = 12,
    double LeastShare = 0.25,
    double? Absolute = null,
    double PriorViewsMost = 50,
    bool Sequential = true,
    bool ByDuration = true,
    int NicheClusters = 3)
{
    /// <summary>Views of a batch of this size before which there is no verdict.</summary>
    public int FirstLook(int batch) => Math.Min(LeastViews, (int)Math.Ceiling(batch * LeastShare));
}

public enum GateDecision { Continue, Widen, Pause }

/// <summary>What the gate said and on which numbers.</summary>
/// <param name="Final">The budget was used up: the better half of the evidence decided.</param>
/// <param name="Audience">Viewers that there are to please.</param>
public sealed record GateVerdict(GateDecision Decision, ScorePosterior Score, double Gate, double Probability, int Batch, int Audience, bool Final);

/// <summary>
/// The sequential test of one batch: P(score &gt; gate) decides as soon as it is clear, and the mean decides when twice
/// the batch has been shown, so a test never costs more than that. A posterior may be looked at as often as one likes:
/// it conditions on all that was seen, whenever one stops (Berger and Wolpert, The Likelihood Principle, 1988). Shown
/// counts, not watched: a play whose end is never reported uses the budget up too, or the test would wait for it for ever.
/// </summary>
public static class Gate
{
    /// <param name="audience">Viewers that there are to please; see <see cref="ScorePosterior.Of"/>.</param>
    public static GateVerdict Judge(EvidenceTotals totals, ScorePrior prior, double gate, int batch, int audience, GateRules rules)
    {
        if (!rules.Sequential) return WholeBatch(totals, gate, batch, audience);
        var score = ScorePosterior.Of(totals, prior, audience);
        var probability = score.ProbabilityAbove(gate);
        var spent = Math.Max(totals.Impressions, totals.Views) >= 2 * batch;
        if (!spent && totals.Views < rules.FirstLook(batch)) return Verdict(GateDecision.Continue, final: false);
        if (probability >= rules.WidenAt) return Verdict(GateDecision.Widen, final: false);
        if (probability <= rules.PauseAt) return Verdict(GateDecision.Pause, final: false);
        return spent
            ? Verdict(score.Mean > gate ? GateDecision.Widen : GateDecision.Pause, final: true)
            : Verdict(GateDecision.Continue, final: false);

        GateVerdict Verdict(GateDecision decision, bool final) => new(decision, score, gate, probability, batch, audience, final);
    }

    /// <summary>A test of fixed length, judged by its plain mean: what the sequential test is measured against.</summary>
    private static GateVerdict WholeBatch(EvidenceTotals totals, double gate, int batch, int audience)
    {
        var views = Math.Max(1, totals.Views);
        var variance = Math.Max(0, (totals.SquaredPoints / views) - (totals.MeanPoints * totals.MeanPoints)) / views;
        var score = new ScorePosterior(totals.MeanPoints, Math.Sqrt(variance), totals.Views);
        var ended = totals.Views >= batch || totals.Impressions >= 2 * batch;
        var decision = !ended ? GateDecision.Continue : score.Mean > gate ? GateDecision.Widen : GateDecision.Pause;
        return new GateVerdict(decision, score, gate, score.ProbabilityAbove(gate), batch, audience, ended);
    }
}
