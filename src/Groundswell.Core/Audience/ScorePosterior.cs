using System.Text.Json.Serialization;

namespace Groundswell.Core.Audience;

/// <summary>
/// What is believed of a video before it is seen: the distribution of the points of one view, as its moments, worth so
/// many views.
/// </summary>
/// <param name="Mean">Points per view.</param>
/// <param name="Variance">Variance of the points of one view, between videos and within: points².</param>
/// <param name="PseudoViews">How many views the belief weighs.</param>
/// <param name="Third">Third central moment of the points of one view, points³; 0 for a symmetrical one.</param>
public sealed record ScorePrior(double Mean, double Variance, double PseudoViews, double Third = 0)
{
    /// <summary>What of the variance is the view's own, while its video is known: points². For a prior that is as sure as its videos differ.</summary>
    [JsonIgnore] public double Noise => Variance * PseudoViews / (PseudoViews + 1);

    /// <summary>Two independent beliefs as one: means weighted by their pseudo-views.</summary>
    public ScorePrior With(double mean, double pseudoViews) => pseudoViews <= 0
        ? this
        : this with { Mean = ((Mean * PseudoViews) + (mean * pseudoViews)) / (PseudoViews + pseudoViews), PseudoViews = PseudoViews + pseudoViews };
}

/// <summary>
/// The score of a video: expected points of one view, as the first three moments of its posterior. A view earns anything
/// from 0 to 30 points, with actions that come together (nobody re-watches without completing), so no usual family
/// fits. The posterior is that of a Dirichlet process (Ferguson, "A Bayesian analysis of some nonparametric problems",
/// 1973), whose mean has closed moments: with prior weight k and n views, and c₂, c₃ the central moments of prior and
/// views pooled, the mean's variance is c₂ / (k + n + 1) and its third central moment 2·c₃ / ((k + n + 1)(k + n + 2)).
/// Points are whole outcomes of a view, so every correlation between actions is in them.
/// </summary>
/// <param name="Mean">Points per view.</param>
/// <param name="Deviation">Standard deviation of that mean.</param>
/// <param name="Skew">Its standardised third moment: positive while a few views of many points decide.</param>
public readonly record struct ScorePosterior(double Mean, double Deviation, int Views, double Skew = 0)
{
    private const double Negligible = 1e-4;

    /// <param name="audience">
    /// How many viewers there are to please in all; null for more than can be counted. Where a test has asked half of
    /// them it knows their half of the answer (Cochran, Sampling Techniques, 2.5): small installations need it.
    /// </param>
    public static ScorePosterior Of(EvidenceTotals totals, ScorePrior prior, int? audience = null)
    {
        var views = totals.Views;
        var weight = prior.PseudoViews + views;
        var mean = ((prior.PseudoViews * prior.Mean) + totals.Points) / weight;
        var square = ((prior.PseudoViews * (prior.Variance + (prior.Mean * prior.Mean))) + totals.SquaredPoints) / weight;
        var cube = ((prior.PseudoViews * (prior.Third + (3 * prior.Mean * prior.Variance) + (prior.Mean * prior.Mean * prior.Mean))) + totals.CubedPoints) / weight;
        var second = Math.Max(0, square - (mean * mean));
        var third = cube - (3 * mean * square) + (2 * mean * mean * mean);
        var variance = second / (weight + 1);
        var lopsided = 2 * third / ((weight + 1) * (weight + 2));
        if (audience is { } everyone && everyone > 0)
        {
            // Those who have seen it are known; the mean of the others is drawn around what is believed of all.
            var left = Math.Max(0, everyone - views) / (double)Math.Max(everyone, views);
            var others = Math.Max(1, everyone - views);
            var seen = views == 0 ? 0 : totals.MeanPoints;
            mean = ((1 - left) * seen) + (left * mean);
            variance = left * left * (variance + (second * weight / ((weight + 1) * others)));
            lopsided = left * left * left * (lopsided + (third / ((double)others * others)));
        }
        return new ScorePosterior(mean, Math.Sqrt(variance), views, variance <= 0 ? 0 : Math.Clamp(lopsided / (variance * Math.Sqrt(variance)), -2, 2));
    }

    /// <summary>P(score &gt; <paramref name="gate"/>): a gamma law with these three moments, by the cube root of Wilson and Hilferty (1931).</summary>
    public double ProbabilityAbove(double gate)
    {
        if (Deviation <= 0) return Mean > gate ? 1 : 0;
        return 1 - NormalCdf(Straighten((gate - Mean) / Deviation));
    }

    /// <summary>The chance that a draw from the normal law of these two moments lies above a bar.</summary>
    public double ChanceOfDraw(double bar) => Deviation <= 0 ? (Mean > bar ? 1 : 0) : NormalCdf((Mean - bar) / Deviation);

    /// <summary>How many deviations the score is from a gate, either way: how little another view would tell.</summary>
    public double Distance(double gate) => Deviation <= 0 ? double.MaxValue : Math.Abs(Mean - gate) / Deviation;

    /// <summary>The central 80 % interval, not below 0.</summary>
    public (double Low, double High) Interval => (Math.Max(0, Mean + (Deviation * Bend(-1.2816))), Mean + (Deviation * Bend(1.2816)));

    /// <summary>From a standardised gamma variate to a standard normal one, and back.</summary>
    private double Straighten(double x)
    {
        if (Math.Abs(Skew) < Negligible) return x;
        var inner = Math.Max(0, 1 + (Skew * x / 2));
        return (((Math.Cbrt(inner) - 1) * 6) / Skew) + (Skew / 6);
    }

    private double Bend(double z)
    {
        if (Math.Abs(Skew) < Negligible) return z;
        var inner = 1 + (Skew * z / 6) - (Skew * Skew / 36);
        return ((inner * inner * inner) - 1) * 2 / Skew;
    }

    /// <summary>Φ by Abramowitz and Stegun 26.2.17; absolute error under 7.5e-8.</summary>
    internal static double NormalCdf(double z)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        var polynomial = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        var tail = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
        return z >= 0 ? 1 - tail : tail;
    }

    /// <summary>Φ⁻¹ by Abramowitz and Stegun 26.2.23; absolute error under 4.5e-4.</summary>
    internal static double NormalQuantile(double probability)
    {
        if (probability is <= 0 or >= 1) throw new ArgumentOutOfRangeException(nameof(probability), probability, "A quantile needs a probability between 0 and 1.");
        var t = Math.Sqrt(-2 * Math.Log(Math.Min(probability, 1 - probability)));
        var z = t - ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
        return probability < 0.5 ? -z : z;
    }
}
