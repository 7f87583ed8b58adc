namespace Groundswell.Core.Experiments;

/// <summary>
/// Intervals that hold at all times at once: whoever looks after every unit, and stops when it suits them, is misled no more
/// often than stated. Robbins' normal mixture with an estimated variance: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas,
/// "Time-uniform central limit theory and asymptotic confidence sequences", Annals of Statistics 52 (2024), theorem 2.2.
/// </summary>
public static class ConfidenceSequence
{
    /// <summary>Half the interval's width.</summary>
    /// <param name="units">Units seen so far.</param>
    /// <param name="deviation">Estimated standard deviation of one unit's contribution.</param>
    /// <param name="alpha">Probability at most that any of the intervals leaves out the truth.</param>
    /// <param name="tightestAt">Units at which it is as narrow as it can be; elsewhere it is somewhat wider.</param>
    public static double Wide(double units, double deviation, double alpha, double tightestAt)
    {
        // Minimises the width at that number; the paper's appendix B.2, its closed form.
        var rho2 = ((-2 * Math.Log(alpha)) + Math.Log((-2 * Math.Log(alpha)) + 1)) / tightestAt;
        var scaled = (units * rho2) + 1;
        return deviation * Math.Sqrt(2 * scaled / (units * units * rho2) * Math.Log(Math.Sqrt(scaled) / alpha));
    }
}
