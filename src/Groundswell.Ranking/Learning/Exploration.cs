namespace Groundswell.Ranking.Learning;

/// <summary>
/// What finding out is worth. One more view of a video teaches what all who may still see it gain by, so the fewer know it
/// and the more are yet to come, the better it is taken to be than its mean: by its Gittins index, as the closed-form
/// approximation for normal beliefs has it (Brezzi &amp; Lai, Optimal Learning and Experimentation in Bandit Problems, 2002).
/// </summary>
public static class Exploration
{
    /// <summary>
    /// Deviations of the belief that the index lies above its mean: ψ(s), where s compares what is uncertain with what a view
    /// tells, times the views to come.
    /// </summary>
    /// <param name="variance">Of the belief in log-odds.</param>
    /// <param name="information">Of one view: p (1 − p).</param>
    /// <param name="viewsToCome">How many may still see it.</param>
    public static double Deviations(double variance, double information, double viewsToCome) => Psi(variance * information * Math.Max(0, viewsToCome));

    private static double Psi(double s) => s switch
    {
        <= 0.2 => Math.Sqrt(s / 2),
        <= 1 => 0.49 - (0.11 / Math.Sqrt(s)),
        <= 5 => 0.63 - (0.26 / Math.Sqrt(s)),
        <= 15 => 0.77 - (0.58 / Math.Sqrt(s)),
        _ => Math.Sqrt((2 * Math.Log(s)) - Math.Log(Math.Log(s)) - Math.Log(16 * Math.PI)),
    };
}
