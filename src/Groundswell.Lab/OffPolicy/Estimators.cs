namespace Groundswell.Lab.OffPolicy;

/// <summary>
/// What a policy would have earned, from decisions that another one made with known probabilities. Decisions count as
/// independent. Weights above <c>clip</c> count as <c>clip</c> (Ionides, "Truncated Importance Sampling", 2008): less variance,
/// and a bias of at most <see cref="WeightSummary.Lost"/> times the greatest reward in IPS, where it goes towards zero, and
/// times the greatest error of the model in DR. The intervals do not contain it.
/// </summary>
public static class Estimators
{
    /// <summary>Mean of weight times reward (Horvitz and Thompson, 1952). Unbiased without a clip.</summary>
    /// <exception cref="ArgumentException">There are no decisions, one of them is impossible, or none has weight.</exception>
    public static Estimate InversePropensity(IReadOnlyList<LoggedDecision> decisions, double? clip = null)
    {
        var weights = Weighting.Of(decisions, clip);
        return MeanOf("IPS", weights.Times(decision => decision.Reward), weights);
    }

    /// <summary>
    /// Weighted mean of rewards (Swaminathan and Joachims, "The Self-Normalized Estimator for Counterfactual Learning", 2015):
    /// consistent, within the range of the rewards, and unmoved by adding a constant to all of them.
    /// </summary>
    /// <inheritdoc cref="InversePropensity" path="/exception"/>
    public static Estimate SelfNormalised(IReadOnlyList<LoggedDecision> decisions, double? clip = null)
    {
        var weights = Weighting.Of(decisions, clip);
        return Ratio("SNIPS", weights.Times(decision => decision.Reward), weights.Weights, weights);
    }

    /// <summary>
    /// The model's value, corrected by the weighted mean of its errors (Dudík, Langford and Li, "Doubly Robust Policy Evaluation
    /// and Learning", 2011): unbiased without a clip whatever the model, and the better the model the narrower.
    /// </summary>
    /// <inheritdoc cref="InversePropensity" path="/exception"/>
    public static Estimate DoublyRobust(IReadOnlyList<LoggedDecision> decisions, double? clip = null)
    {
        var weights = Weighting.Of(decisions, clip);
        var terms = weights.Times(decision => decision.Reward - decision.ModelReward);
        for (var i = 0; i < terms.Length; i++) terms[i] += decisions[i].ModelValue;
        return MeanOf("DR", terms, weights);
    }

    /// <summary>What the logged policy itself earned.</summary>
    /// <exception cref="ArgumentException">There are no rewards, or one is no number.</exception>
    public static Estimate OnPolicy(IEnumerable<double> rewards)
    {
        LoggedDecision[] decisions = [.. rewards.Select(reward => new LoggedDecision(reward, 1, 1))];
        return InversePropensity(decisions) with { Estimator = "mean" };
    }

    private static Estimate MeanOf(string name, double[] terms, Weighting weights)
    {
        var ones = new double[terms.Length];
        Array.Fill(ones, 1);
        return Ratio(name, terms, ones, weights);
    }

    /// <summary>The value v with Σ (above − v · below) = 0; a row's influence on it is its summand over the mean of below.</summary>
    private static Estimate Ratio(string name, double[] above, double[] below, Weighting weights)
    {
        var (n, total) = (above.Length, below.Sum());
        var value = above.Sum() / total;
        var squares = 0.0;
        for (var i = 0; i < n; i++)
        {
            var rest = above[i] - (value * below[i]);
            squares += rest * rest;
        }
        var error = Math.Sqrt(squares * n / Math.Max(1, n - 1)) / total;
        var (low, high) = EmpiricalLikelihood.Interval(above, below, value, error);
        return new Estimate(name, value, error, low, high, weights.EffectiveSize);
    }
}
