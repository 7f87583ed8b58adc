using Groundswell.Cluster.Follow;
using Groundswell.Core;
using Groundswell.Core.Experiments;
using Groundswell.Core.Ledger;

namespace Groundswell.Cluster.Experiments;

/// <summary>The shell of all experiments: reads what there is, lets the desk and the guardrails judge, appends.</summary>
public sealed class ExperimentsGrain(Engine engine, LedgerFollower follower) : Grain, IExperimentsGrain
{
    private long _lastStep;

    public async Task<ExperimentAnswer> Start(ExperimentPlan plan, string by)
    {
        await CaughtUp();
        var (rules, now) = (engine.Rules, engine.Now);
        var alive = engine.Experiments.Read(board => board.Current.Where(experiment => experiment.IsAlive(now)).ToArray());
        if (ExperimentDesk.ToStart(plan, alive, rules, now).ToArray() is { Length: > 0 } objections) return new ExperimentAnswer(null, [.. objections]);
        // What was is not varied any more: units come in from now on.
        var begun = plan with { From = plan.From > now ? plan.From : now };
        var started = new ExperimentStarted(now, engine.Ids.Next<ExperimentId>(), begun, rules.Experiments.TermsFor(plan.Unit), by);
        await Append(started);
        return new ExperimentAnswer(Find(started.Experiment)?.Experiment, []);
    }

    public async Task<Experiment?> Stop(ExperimentId experiment, string? note, string by)
    {
        await CaughtUp();
        var now = engine.Now;
        if (Find(experiment)?.Experiment.IsAlive(now) == true) await Append(new ExperimentStopped(now, experiment, StopCause.Operator, null, note, by));
        return Find(experiment)?.Experiment;
    }

    public async Task Guard()
    {
        await CaughtUp();
        var now = engine.Now;
        var broken = engine.Experiments.Read(board =>
            (from one in board.All
             where one.Experiment.Runs(now) && !one.Observation.Ended
             let effect = ExperimentReading.Broken(one.Observation.Control, one.Observation.Treatment, one.Experiment.Terms)
             where effect is not null
             select new ExperimentStopped(now, one.Experiment.Id, StopCause.Guardrail, effect, null, "guardrail")).ToArray());
        if (broken.Length > 0) await Append(broken);
    }

    private ObservedExperiment? Find(ExperimentId id) => engine.Experiments.Read(board => board.Find(id));

    private ValueTask CaughtUp() => follower.CaughtUpAsync(_lastStep, CancellationToken.None);

    /// <summary>Done when the arms are in force, or no longer are.</summary>
    private async Task Append(params IReadOnlyList<LedgerEntry> entries)
    {
        var appended = await engine.Ledger.AppendAsync(entries, CancellationToken.None);
        if (appended.Positions is [.., { } last]) _lastStep = last;
        await CaughtUp();
    }
}
