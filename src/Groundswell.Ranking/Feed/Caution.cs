using Groundswell.Core.Viewers;

namespace Groundswell.Ranking.Feed;

/// <summary>
/// How much the viewer seems about to leave: whether they skipped the last few videos of this session, the later ones counting
/// more. It is a matter of degree, so that a single swipe turns no page over.
/// </summary>
/// <param name="Skipped">0 for who has just begun, or skips nothing; nears 1 as they skip one video after another: 0.5 after three, 0.7 after five.</param>
public readonly record struct Caution(double Skipped)
{
    /// <summary>Four in a row, or three after others: from here on the viewer is told, and nothing is promoted to them.</summary>
    private const double High = 0.6;

    /// <summary>A view counts half as much as one three videos later.</summary>
    private static readonly double Keep = Math.Pow(0.5, 1 / 3.0);

    public bool IsHigh => Skipped >= High;

    /// <summary>What a skip or an exit costs more than usual, as a factor.</summary>
    /// <param name="most">The factor for someone who does nothing but skip.</param>
    public double Factor(double most) => 1 + ((most - 1) * Skipped);

    /// <summary>Views before this session say nothing: whoever comes back has not left.</summary>
    public static Caution Of(ViewerState viewer, DateTimeOffset sessionFrom)
    {
        // All weights there could be add up to 1: what was not seen yet counts as not skipped.
        var (skipped, weight) = (0.0, 1 - Keep);
        for (var back = viewer.Recent.Count - 1; back >= 0 && viewer.Recent[back].At >= sessionFrom; back--)
        {
            if (viewer.ViewOf(viewer.Recent[back].Video) is { EarlySkip: true }) skipped += weight;
            weight *= Keep;
        }
        return new Caution(skipped);
    }
}
