namespace Groundswell.Lab.OffPolicy;

/// <summary>A policy's value, reward a decision, as one estimator has it.</summary>
/// <param name="StandardError">From the variance of the estimator's influence function.</param>
/// <param name="Low">Lower end of the 95 % interval, by empirical likelihood: not symmetric, since rewards are not.</param>
/// <param name="EffectiveSize">So many equally weighted decisions would tell as much: (Σw)² / Σw² (Kish, 1965).</param>
public sealed record Estimate(string Estimator, double Value, double StandardError, double Low, double High, double EffectiveSize)
{
    public bool Covers(double value) => value >= Low && value <= High;
}
