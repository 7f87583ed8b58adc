namespace Groundswell.Lab.OffPolicy;

/// <summary>One item that a logged policy chose for one position.</summary>
/// <param name="Propensity">Probability with which it did, in (0, 1].</param>
public readonly record struct LoggedChoice(int Position, long Item, double Reward, double Propensity);
