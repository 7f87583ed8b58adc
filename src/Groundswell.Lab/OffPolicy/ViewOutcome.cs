using Groundswell.Core.Feed;
using Groundswell.Core.Signals;

namespace Groundswell.Lab.OffPolicy;

/// <summary>What is asked of a policy: points a view, or the share of views that were completed, skipped early, or the last of their session.</summary>
public enum ViewMeasure { Points, Completion, EarlySkip, Exit }

/// <summary>What a view brought, or what a model expects of it.</summary>
public readonly record struct ViewOutcome(double Points, double Completion, double EarlySkip, double Exit)
{
    /// <summary>A video that was shown and never played: its viewer has passed it by.</summary>
    public static ViewOutcome PassedBy { get; } = new(0, 0, 1, 0);

    public double this[ViewMeasure measure] => measure switch
    {
        ViewMeasure.Points => Points,
        ViewMeasure.Completion => Completion,
        ViewMeasure.EarlySkip => EarlySkip,
        _ => Exit,
    };

    /// <param name="points">What it earned by the rules of its time.</param>
    public static ViewOutcome Of(View view, double points) => view.Resolved
        ? new(points, view.Actions.HasFlag(Actions.Completion) ? 1 : 0, view.EarlySkip ? 1 : 0, view.Exited ? 1 : 0)
        : PassedBy;

    public static ViewOutcome Of(ActionProbabilities probabilities, PointRules points) =>
        new(probabilities.ExpectedPoints(points), probabilities.Completion, probabilities.EarlySkip, probabilities.Exit);

    public static ViewOutcome operator +(ViewOutcome one, ViewOutcome other) =>
        new(one.Points + other.Points, one.Completion + other.Completion, one.EarlySkip + other.EarlySkip, one.Exit + other.Exit);

    public static ViewOutcome operator /(ViewOutcome sum, double by) => new(sum.Points / by, sum.Completion / by, sum.EarlySkip / by, sum.Exit / by);
}
