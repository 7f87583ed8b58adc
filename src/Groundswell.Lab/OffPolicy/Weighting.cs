namespace Groundswell.Lab.OffPolicy;

/// <summary>How uneven the weights of decisions are, and what a clip took off them.</summary>
/// <param name="Most">The greatest before the clip.</param>
/// <param name="Clip">What greater ones count as; null for none.</param>
/// <param name="Clipped">How many were greater.</param>
/// <param name="Lost">Mean weight that the clip took off, of about 1.</param>
public sealed record WeightSummary(double Most, double? Clip, int Clipped, double Lost);

/// <summary>The weights of decisions, clipped.</summary>
internal sealed record Weighting(IReadOnlyList<LoggedDecision> Decisions, double[] Weights, WeightSummary Summary)
{
    public double EffectiveSize { get; } = Math.Pow(Weights.Sum(), 2) / Weights.Sum(weight => weight * weight);

    /// <exception cref="ArgumentException">There are no decisions, one of them is impossible, or none has weight.</exception>
    public static Weighting Of(IReadOnlyList<LoggedDecision> decisions, double? clip)
    {
        if (clip is { } bound && !(bound > 0 && double.IsFinite(bound))) throw new ArgumentException($"A clip is a weight above 0, not {bound}.");
        if (decisions.Count == 0) throw new ArgumentException("There are no decisions to evaluate a policy by.");
        var weights = new double[decisions.Count];
        var (most, clipped, lost) = (0.0, 0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            if (decisions[i].Objection is { } objection) throw new ArgumentException($"Decision {i} cannot be: {objection}.");
            var weight = decisions[i].Weight;
            weights[i] = Math.Min(weight, clip ?? weight);
            most = Math.Max(most, weight);
            if (weight == weights[i]) continue;
            clipped++;
            lost += weight - weights[i];
        }
        if (most == 0) throw new ArgumentException("The other policy would have chosen nothing that was logged, so the log says nothing of it.");
        return new Weighting(decisions, weights, new WeightSummary(most, clip, clipped, lost / weights.Length));
    }

    /// <summary>Weight times something of each decision.</summary>
    public double[] Times(Func<LoggedDecision, double> of)
    {
        var terms = new double[Weights.Length];
        for (var i = 0; i < terms.Length; i++) terms[i] = Weights[i] * of(Decisions[i]);
        return terms;
    }
}
