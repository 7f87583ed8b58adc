using Groundswell.Core.Signals;

namespace Groundswell.Core.Feed;

/// <summary>What the ranker believes one viewer will do with one video: a probability in [0, 1] for each task.</summary>
public readonly record struct ActionProbabilities(
    float Rewatch, float Completion, float Share, float Comment, float Like, float EarlySkip, float Exit)
{
    /// <summary>Expected points of the view: Σ points × probability.</summary>
    public double ExpectedPoints(PointRules points) =>
        (points.Rewatch * Rewatch) + (points.Completion * Completion) + (points.Share * Share) + (points.Comment * Comment) + (points.Like * Like);
}
