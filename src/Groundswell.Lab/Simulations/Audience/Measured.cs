using System.Collections.Immutable;
using Groundswell.Core.Audience;

namespace Groundswell.Lab.Simulations.Audience;

/// <summary>How often a view ends in each act, by how far it was watched.</summary>
/// <param name="Skipped">Of views that ended before the early-skip bound …</param>
/// <param name="Partly">… before the end …</param>
/// <param name="Completed">… after the end …</param>
/// <param name="Rewatched">… and after twice the duration.</param>
public sealed record ActRates(double Skipped, double Partly, double Completed, double Rewatched, double Spread)
{
    public double At(Depth depth) => depth switch
    {
        Depth.Skipped => Skipped,
        Depth.Partly => Partly,
        Depth.Completed => Completed,
        Depth.Rewatched => Rewatched,
        _ => throw new ArgumentOutOfRangeException(nameof(depth), depth, null),
    };
}

/// <summary>How far a view went.</summary>
public enum Depth { Skipped, Partly, Completed, Rewatched }

/// <summary>
/// What the simulated audience is set to, measured on KuaiRand-Pure (standard log of 25–30 April 2022; Gao et al., 2022) and
/// KuaiRec (small matrix; Gao et al., 2022), both CC BY-SA 4.0. <c>groundswell lab calibrate</c> prints every number here from
/// the files, beside what the simulated audience does.
/// </summary>
public static class Measured
{
    /// <summary>KuaiRand: share of views that complete, by <see cref="DurationBucket"/>.</summary>
    public static ImmutableArray<double> Completion { get; } = [.. BaseRates.KuaiRand.Select(rates => rates.Completion)];

    /// <summary>KuaiRand: share of views that play for twice the duration.</summary>
    public static ImmutableArray<double> Rewatch { get; } = [.. BaseRates.KuaiRand.Select(rates => rates.Rewatch)];

    public static ImmutableArray<double> EarlySkip { get; } = [.. BaseRates.KuaiRand.Select(rates => rates.EarlySkip)];

    /// <summary>KuaiRand: acts by depth of the view, and how much people differ in them (standard deviation over mean, from pairs of views of one person).</summary>
    public static ActRates Like { get; } = new(0.0069, 0.0273, 0.0407, 0.0781, 3.0);
    public static ActRates Comment { get; } = new(0.0005, 0.0035, 0.0066, 0.0310, 3.4);
    public static ActRates Share { get; } = new(0.0003, 0.0014, 0.0019, 0.0050, 3.5);
    public static ActRates Follow { get; } = new(0.0008, 0.0017, 0.0032, 0.0040, 6.6);

    /// <summary>KuaiRand: share of views in each hour of the day.</summary>
    public static ImmutableArray<double> Hours { get; } =
    [
        0.0391, 0.0233, 0.0152, 0.0095, 0.0080, 0.0091, 0.0181, 0.0262, 0.0317, 0.0371, 0.0420, 0.0480,
        0.0556, 0.0556, 0.0482, 0.0489, 0.0536, 0.0603, 0.0578, 0.0551, 0.0609, 0.0645, 0.0685, 0.0636,
    ];

    /// <summary>KuaiRand: durations of its videos, in seconds, at the quantiles of <see cref="DurationQuantiles"/>.</summary>
    public static ImmutableArray<double> Durations { get; } = [5, 7.4, 10.6, 14.4, 31.5, 79.4, 146.2, 237.5, 299.1, 511.3];
    public static ImmutableArray<double> DurationQuantiles { get; } = [0, 0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 1];

    /// <summary>KuaiRec: share of the variance of points that lies between videos, and between viewers (one-way analysis of variance).</summary>
    public const double VideoShare = 0.262, ViewerShare = 0.058;

    /// <summary>
    /// What makes those shares: standard deviations in the probit of a view, beside a unit of noise. Found by trying with
    /// <c>groundswell lab calibrate</c>. KuaiRec names no durations, so all that lies between its videos is taken for quality.
    /// </summary>
    public const double Quality = 0.85, Generosity = 0.42;

    /// <summary>
    /// The same for taste: in KuaiRec factors of viewers and videos predict hardly more of a point than quality and generosity
    /// do, so taste is moderate beside quality.
    /// </summary>
    public const double Taste = 0.35;

    /// <summary>Views of a session: DESIGN's typical one. KuaiRand-Pure holds a sample of each session and cannot say.</summary>
    public const double SessionViews = 12;
}
