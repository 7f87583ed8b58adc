namespace Groundswell.Lab.OffPolicy;

/// <summary>One decision of a logged policy, seen from the policy whose value is asked for.</summary>
/// <param name="Reward">What followed.</param>
/// <param name="Propensity">Probability with which the logged policy chose what it chose, in (0, 1].</param>
/// <param name="TargetProbability">Probability with which the other policy would have chosen the same, in [0, 1].</param>
/// <param name="ModelReward">Reward that a model expects of what was chosen; it must have learned from other decisions only.</param>
/// <param name="ModelValue">Reward that it expects where the other policy chooses.</param>
public readonly record struct LoggedDecision(double Reward, double Propensity, double TargetProbability, double ModelReward = 0, double ModelValue = 0)
{
    /// <summary>How often the other policy would have decided so for each time that the logged one did.</summary>
    public double Weight => TargetProbability / Propensity;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    internal string? Objection =>
        Propensity is not (> 0 and <= 1) ? $"its propensity is {Propensity}, not in (0, 1]"
        : TargetProbability is not (>= 0 and <= 1) ? $"the other policy's probability is {TargetProbability}, not in [0, 1]"
        : !double.IsFinite(Reward) ? $"its reward is {Reward}"
        : !double.IsFinite(ModelReward) || !double.IsFinite(ModelValue) ? $"the model expects {ModelReward} of it and {ModelValue} of the other policy"
        : null;
}
