using System.Collections.Immutable;

namespace Groundswell.Core.Audience;

/// <summary>
/// A niche: a few clusters of taste that a video goes on among while it stops for everybody else. What they think of it is
/// judged by a hierarchy (Efron and Morris, 1975): what everybody else's views say is the prior, as far as such groups are
/// known to differ about one video, and their own views are the evidence. So however many groups are looked at, of those
/// that come out above the gate so many are as the probability says: the best of many is not taken for good because it is
/// the best (Gelman, Hill and Yajima, 2012).
/// </summary>
public static class Niche
{
    /// <summary>The score among one or more groups taken together.</summary>
    /// <param name="own">Their views.</param>
    /// <param name="others">Everybody else's.</param>
    /// <param name="prior">What is believed of the video before any view.</param>
    /// <param name="peers">What tested videos of its length say.</param>
    /// <param name="groups">How many groups they are: together they differ less from everybody than one does.</param>
    /// <param name="viewers">How many viewers they have.</param>
    public static ScorePosterior Score(EvidenceTotals own, EvidenceTotals others, ScorePrior prior, PeerFit peers, int groups, int viewers)
    {
        var elsewhere = ScorePosterior.Of(others, prior);
        var unsure = (peers.TasteSpread / groups) + (elsewhere.Deviation * elsewhere.Deviation);
        var noise = peers.Prior.Noise;
        return ScorePosterior.Of(own, peers.Prior with { Mean = elsewhere.Mean, Variance = noise + unsure, PseudoViews = noise / unsure }, viewers);
    }

    /// <summary>
    /// What the gate says of a niche. It widens on no fewer views than a whole test does; and where the doubt stays it never
    /// widens, since everybody else's answer is known.
    /// </summary>
    public static GateVerdict Judge(ScorePosterior score, double gate, int viewers, Rules rules)
    {
        var probability = score.ProbabilityAbove(gate);
        var decision = probability <= rules.Gate.PauseAt ? GateDecision.Pause
            : probability >= rules.Gate.WidenAt && score.Views >= rules.Gate.LeastViews ? GateDecision.Widen
            : GateDecision.Continue;
        return new GateVerdict(decision, score, gate, probability, TestBatch.Size(viewers, rules.TestBatch), viewers, Final: false);
    }

    /// <summary>Impressions that a wave in a niche may take: of a batch for so many viewers, as if they were the audience; null when it is as wide as the niche.</summary>
    public static int? WaveSize(int wave, int viewers, Rules rules) => Wave.Size(wave, TestBatch.Size(viewers, rules.TestBatch), viewers, rules.Waves);

    /// <summary>Whether a niche of so many viewers a week has room for a wave at all.</summary>
    public static bool IsWorthAWave(int viewers, Rules rules) => WaveSize(1, viewers, rules) is not null;
}
