using System.Text.Json;
using Groundswell.Core.Ledger;

namespace Groundswell.Core.Experiments;

/// <summary>What is divided into arms: viewers, where a rule decides about a page; videos, where it decides about a video.</summary>
public enum ExperimentUnit { Viewer, Video }

/// <summary>Control: the rules in force. Treatment: what the experiment changes of them.</summary>
public enum Arm { Control, Treatment }

public enum ExperimentStatus { Waiting, Running, Over, Stopped }

public enum StopCause { Operator, Guardrail }

/// <summary>The arm of an experiment under which something was decided.</summary>
public readonly record struct Enrolment(ExperimentId Experiment, Arm Arm);

/// <summary>What an operator wants to try.</summary>
/// <param name="Rules">What the treatment changes: as much of a document of rules.</param>
/// <param name="Share">Share of the units that take part, half of them in each arm.</param>
/// <param name="Until">When everybody returns to the rules in force; null for when it is stopped.</param>
public sealed record ExperimentPlan(string Name, ExperimentUnit Unit, JsonElement Rules, double Share, DateTimeOffset From, DateTimeOffset? Until, string Why);

/// <summary>One experiment: a fold over its entries.</summary>
/// <param name="Deciding">The effect that a guardrail ended it for.</param>
public sealed record Experiment(
    ExperimentId Id, ExperimentPlan Plan, ReadingTerms Terms, string By, DateTimeOffset At,
    DateTimeOffset? StoppedAt = null, string? StoppedBy = null, StopCause? Cause = null, Effect? Deciding = null, string? Note = null)
{
    public static Experiment Begin(ExperimentStarted started) => new(started.Experiment, started.Plan, started.Terms, started.By, started.At);

    public Experiment Stop(ExperimentStopped stopped) =>
        this with { StoppedAt = stopped.At, StoppedBy = stopped.By, Cause = stopped.Cause, Deciding = stopped.Deciding, Note = stopped.Note };

    public ExperimentStatus Status(DateTimeOffset now) =>
        StoppedAt is not null ? ExperimentStatus.Stopped
        : now >= Plan.Until ? ExperimentStatus.Over
        : now < Plan.From ? ExperimentStatus.Waiting
        : ExperimentStatus.Running;

    public bool Runs(DateTimeOffset now) => Status(now) == ExperimentStatus.Running;

    /// <summary>Whether it runs now or may later.</summary>
    public bool IsAlive(DateTimeOffset now) => Status(now) is ExperimentStatus.Waiting or ExperimentStatus.Running;
}
