using System.Runtime.Intrinsics;

namespace Groundswell.Ranking.Learning;

/// <summary>
/// Log-odds of each outcome before any view, to the nearest half: the rates of KuaiRand-Pure (Gao et al., 2022; CC BY-SA 4.0)
/// for all but exits, of which it says nothing. A few hundred views overrule them.
/// </summary>
internal static class BaseOdds
{
    public static Vector256<float> LogOdds { get; } = Vector256.Create(-4.5f, -2, -7, -6, -4, -1, -0.5f, -2);

    public static float Of(Outcome outcome) => LogOdds[(int)outcome];
}
