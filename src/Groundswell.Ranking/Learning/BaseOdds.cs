using System.Runtime.Intrinsics;

namespace Groundswell.Ranking.Learning;

/// <summary>
/// Log-odds of each outcome before any view: what short-video services have seen, to the nearest half. From the tallies of
/// KuaiRand-Pure (Gao et al., 2022; CC BY-SA 4.0) as <c>groundswell lab calibrate</c> prints them.
/// </summary>
internal static class BaseOdds
{
    public static Vector256<float> LogOdds { get; } = Vector256.Create(-4.5f, -2, -7, -6, -4, -1, -0.5f, -2);

    public static float Of(Outcome outcome) => LogOdds[(int)outcome];
}
