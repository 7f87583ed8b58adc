using System.Collections.Immutable;
using Groundswell.Core.Signals;

namespace Groundswell.Core.Audience;

/// <summary>One tested video as later ones are compared with it.</summary>
/// <param name="Score">Posterior mean at its first verdict, points per view.</param>
/// <param name="Variance">Variance of the points of one view.</param>
public readonly record struct PeerScore(VideoId Video, DurationBucket Bucket, double Score, double Variance);

/// <summary>The scores of recently tested videos, newest last: where gates and priors come from.</summary>
public sealed record Peers(ImmutableList<PeerScore> Recent)
{
    public static Peers None { get; } = new(ImmutableList<PeerScore>.Empty);

    /// <summary>A video counts once, by its first verdict, however often a reviewer sends it through the test again.</summary>
    public Peers Add(PeerScore peer, GateRules rules)
    {
        if (Recent.Any(known => known.Video == peer.Video)) return this;
        var next = Recent.Add(peer);
        var most = rules.Peers * Enum.GetValues<DurationBucket>().Length;
        return new Peers(next.Count > most ? next.RemoveRange(0, next.Count - most) : next);
    }

    /// <summary>The score a video of this length has to beat, in points per view.</summary>
    public double GateFor(DurationBucket bucket, GateRules rules, PointRules points)
    {
        if (rules.Absolute is { } absolute) return absolute;
        var scores = Of(bucket, rules).Select(peer => peer.Score).Order().ToArray();
        return scores.Length < rules.LeastPeers ? PriorFor(bucket, 1, rules, points).Mean : Quantile(scores, rules.Quantile);
    }

    /// <summary>The belief about an unseen video of this length: the bucket's base rates, moved by what peers scored.</summary>
    public ScorePrior PriorFor(DurationBucket bucket, double pseudoViews, GateRules rules, PointRules points)
    {
        var rates = BaseRates.KuaiRand[(int)bucket];
        var mean = rates.Points(points);
        var variance = Math.Max(4, Variance(rates, mean, points));
        var peers = Of(bucket, rules).ToArray();
        // Base rates of another audience weigh as much as the fewest peers that may set a gate.
        var weight = peers.Length / (double)(peers.Length + rules.LeastPeers);
        if (peers.Length > 0)
        {
            mean += weight * (peers.Average(peer => peer.Score) - mean);
            variance += weight * (peers.Average(peer => peer.Variance) - variance);
        }
        return new ScorePrior(mean, variance, pseudoViews);
    }

    private IEnumerable<PeerScore> Of(DurationBucket bucket, GateRules rules) =>
        Recent.Where(peer => peer.Bucket == bucket).TakeLast(rules.Peers);

    private static double Variance(BaseRates rates, double mean, PointRules points)
    {
        var plain = (rates.Completion - rates.Rewatch) * points.Completion * points.Completion;
        var again = rates.Rewatch * (points.Completion + points.Rewatch) * (points.Completion + points.Rewatch);
        return plain + again - (mean * mean);
    }

    private static double Quantile(double[] sorted, double quantile)
    {
        var place = quantile * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
