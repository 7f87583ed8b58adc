using System.Runtime.Intrinsics;

namespace Groundswell.Ranking.Learning;

internal static class Logistic
{
    /// <summary>π / 8.</summary>
    private const float Damping = 0.3926991f;

    public static float Of(float logOdds) => 1 / (1 + MathF.Exp(-logOdds));

    /// <summary>−ln of the probability of what came true, in nats.</summary>
    public static float Loss(float logOdds, bool happened)
    {
        var against = happened ? -logOdds : logOdds;
        return against > 0 ? against + MathF.Log(1 + MathF.Exp(-against)) : MathF.Log(1 + MathF.Exp(against));
    }

    public static Vector256<float> Of(Vector256<float> logOdds) => Vector256<float>.One / (Vector256<float>.One + Vector256.Exp(-logOdds));

    /// <summary>Log-odds of the expected probability where the log-odds are uncertain (MacKayʼs approximation, 1992).</summary>
    public static float Damped(float logOdds, float variance) => logOdds / MathF.Sqrt(1 + (Damping * variance));

    public static Vector256<float> Damped(Vector256<float> logOdds, Vector256<float> variance) =>
        logOdds / Vector256.Sqrt(Vector256<float>.One + (Vector256.Create(Damping) * variance));
}
