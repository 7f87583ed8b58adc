namespace Groundswell.Core.Audience;

/// <summary>What is believed of a score before the video is seen: so many pseudo-views of a mean and a variance.</summary>
/// <param name="Mean">Points per view.</param>
/// <param name="Variance">Variance of the points of one view.</param>
/// <param name="PseudoViews">How many views the belief weighs.</param>
public sealed record ScorePrior(double Mean, double Variance, double PseudoViews)
{
    /// <summary>Two independent beliefs as one: means weighted by their pseudo-views.</summary>
    public ScorePrior With(double mean, double pseudoViews) => pseudoViews <= 0
        ? this
        : new ScorePrior(((Mean * PseudoViews) + (mean * pseudoViews)) / (PseudoViews + pseudoViews), Variance, PseudoViews + pseudoViews);
}

/// <summary>
/// The score of a video: expected points per view, as a normal posterior of the mean. With prior weight k and mean m₀ and
/// n views of sum S, mean = (k·m₀ + S) / (k + n); the variance of one view is pooled from prior and sample the same way
/// and divided by k + n (the conjugate normal update with estimated variance; Gelman et al., Bayesian Data Analysis, 3.3).
/// </summary>
/// <param name="Mean">Points per view.</param>
/// <param name="Deviation">Standard deviation of that mean.</param>
public readonly record struct ScorePosterior(double Mean, double Deviation, int Views)
{
    public static ScorePosterior Of(EvidenceTotals totals, ScorePrior prior)
    {
        var weight = prior.PseudoViews + totals.Views;
        var mean = ((prior.PseudoViews * prior.Mean) + totals.Points) / weight;
        var spread = totals.SquaredPoints - (2 * mean * totals.Points) + (totals.Views * mean * mean);
        var priorSpread = prior.PseudoViews * (prior.Variance + ((prior.Mean - mean) * (prior.Mean - mean)));
        return new ScorePosterior(mean, Math.Sqrt(Math.Max(0, (priorSpread + spread) / weight) / weight), totals.Views);
    }

    /// <summary>P(score &gt; <paramref name="gate"/>).</summary>
    public double ProbabilityAbove(double gate) => Deviation <= 0 ? (Mean > gate ? 1 : 0) : NormalCdf((Mean - gate) / Deviation);

    /// <summary>The central 80 % interval, not below 0.</summary>
    public (double Low, double High) Interval => (Math.Max(0, Mean - (1.2816 * Deviation)), Mean + (1.2816 * Deviation));

    /// <summary>Φ by Abramowitz and Stegun 26.2.17; absolute error under 7.5e-8.</summary>
    internal static double NormalCdf(double z)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        var polynomial = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        var tail = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
        return z >= 0 ? 1 - tail : tail;
    }
}
