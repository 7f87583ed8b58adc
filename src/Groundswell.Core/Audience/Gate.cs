namespace Groundswell.Core.Audience;

/// <summary>When a test has an answer.</summary>
/// <param name="WidenAt">Widens from this P(score &gt; gate) on.</param>
/// <param name="PauseAt">Pauses from this P(score &gt; gate) down.</param>
/// <param name="Quantile">The gate is this quantile of the scores of recent peers of the same duration bucket.</param>
/// <param name="Peers">How many recent peers are looked at.</param>
/// <param name="LeastPeers">With fewer peers than this the gate is the prior mean of the bucket.</param>
/// <param name="LeastShare">No verdict before this share of the batch has been seen: the first few views are friends and chance.</param>
/// <param name="Absolute">Points per view to use as the gate instead of peers; null for peers.</param>
/// <param name="PriorShare">Weight of the prior, as a share of the batch: 50 pseudo-views of a batch of 300.</param>
public sealed record GateRules(
    double WidenAt = 0.9,
    double PauseAt = 0.1,
    double Quantile = 0.5,
    int Peers = 200,
    int LeastPeers = 8,
    double LeastShare = 1.0 / 3,
    double? Absolute = null,
    double PriorShare = 1.0 / 6);

public enum GateDecision { Continue, Widen, Pause }

/// <summary>What the gate said and on which numbers.</summary>
/// <param name="Final">The budget was used up: the better half of the evidence decided.</param>
public sealed record GateVerdict(GateDecision Decision, ScorePosterior Score, double Gate, double Probability, int Batch, bool Final);

/// <summary>
/// The sequential test of one batch: P(score &gt; gate) decides as soon as it is clear, and the mean decides when twice
/// the batch has been shown, so a test never costs more than that. Shown counts, not watched: a play whose end is never
/// reported uses the budget up too, or the test would wait for it for ever.
/// </summary>
public static class Gate
{
    public static GateVerdict Judge(EvidenceTotals totals, ScorePrior prior, double gate, int batch, GateRules rules)
    {
        var score = ScorePosterior.Of(totals, prior);
        var probability = score.ProbabilityAbove(gate);
        var spent = Math.Max(totals.Impressions, totals.Views) >= 2 * batch;
        if (!spent && totals.Views < Math.Ceiling(batch * rules.LeastShare)) return Verdict(GateDecision.Continue, final: false);
        if (probability >= rules.WidenAt) return Verdict(GateDecision.Widen, final: false);
        if (probability <= rules.PauseAt) return Verdict(GateDecision.Pause, final: false);
        return spent
            ? Verdict(score.Mean > gate ? GateDecision.Widen : GateDecision.Pause, final: true)
            : Verdict(GateDecision.Continue, final: false);

        GateVerdict Verdict(GateDecision decision, bool final) => new(decision, score, gate, probability, batch, final);
    }
}
