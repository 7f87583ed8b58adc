namespace Groundswell.Core.Experiments;

/// <summary>What arms are compared by.</summary>
public enum Measure
{
    /// <summary>Points that a unit earned or brought while it was observed: how much, and how good.</summary>
    PointsEach,

    /// <summary>Points of a view: how good, whatever the number.</summary>
    PointsPerView,

    /// <summary>Share of views that were watched to the end.</summary>
    CompletionRate,

    /// <summary>Share of views that ended a session.</summary>
    ExitRate,

    /// <summary>Share of views that were skipped early.</summary>
    EarlySkipRate,
}

/// <summary>A measure in both arms and their difference, treatment less control, with an interval that holds however often it is looked at.</summary>
public readonly record struct Effect(Measure Measure, double Control, double Treatment, double Difference, double Low, double High);
