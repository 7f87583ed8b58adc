using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Experiments;

/// <summary>An experiment and what is seen of it.</summary>
public sealed record ObservedExperiment(Experiment Experiment, Observation Observation)
{
    /// <summary>What is seen of it now, to be thought about when the lock is left.</summary>
    [JsonIgnore] public ExperimentSeen Seen => new(Experiment, Observation.Control, Observation.Treatment, Observation.UnderObservation);
}

/// <summary>An experiment and what its units had come to at one moment.</summary>
/// <param name="UnderObservation">Units whose time is not over yet: they are in neither sum.</param>
public sealed record ExperimentSeen(Experiment Experiment, ArmSums Control, ArmSums Treatment, int UnderObservation);

/// <summary>
/// All experiments there ever were, and what their units did: a fold over the ledger with one writer. Who was under which arm
/// it takes from the entries, so that it needs no chance and comes out equal when it is rebuilt.
/// </summary>
public sealed class ExperimentBoard
{
    private readonly Lock _gate = new();
    private readonly List<ObservedExperiment> _all;
    private readonly Dictionary<ExperimentId, int> _places = [];
    private ImmutableArray<ObservedExperiment> _current;

    public ExperimentBoard() : this(0, [])
    {
    }

    [JsonConstructor]
    private ExperimentBoard(long watermark, IReadOnlyList<ObservedExperiment> all)
    {
        (Watermark, _all) = (watermark, [.. all]);
        for (var place = 0; place < _all.Count; place++) _places[_all[place].Experiment.Id] = place;
        _current = [.. _all.Where(one => !one.Observation.Ended)];
        Current = [.. _current.Select(one => one.Experiment)];
    }

    /// <summary>Ledger position up to which everything here is folded.</summary>
    public long Watermark { get; private set; }

    /// <summary>In the order in which they were started.</summary>
    public IReadOnlyList<ObservedExperiment> All => _all;

    /// <summary>Those that have not ended: another array whenever they are others.</summary>
    [JsonIgnore] public ImmutableArray<Experiment> Current { get; private set; }

    public ObservedExperiment? Find(ExperimentId id) => _places.TryGetValue(id, out var place) ? _all[place] : null;

    /// <summary>Some rules as the arms have them that a page or a verdict was made under.</summary>
    public Rules Under(ImmutableArray<Enrolment>? enrolments, Rules rules) => (enrolments ?? [])
        .Where(enrolment => enrolment.Arm == Arm.Treatment)
        .Select(enrolment => Find(enrolment.Experiment)?.Experiment)
        .OfType<Experiment>()
        .Aggregate(rules, ArmRules.Over);

    /// <summary>Reads under the writer's lock; keep it short.</summary>
    public TResult Read<TResult>(Func<ExperimentBoard, TResult> read)
    {
        lock (_gate) return read(this);
    }

    public void Fold(IReadOnlyList<Recorded> entries)
    {
        lock (_gate)
        {
            foreach (var (position, entry) in entries)
            {
                if (position <= Watermark) continue;
                Watermark = position;
                Fold(entry);
            }
        }
    }

    private void Fold(LedgerEntry entry)
    {
        switch (entry)
        {
            case ExperimentStarted started:
                Pass(started.At);
                _places[started.Experiment] = _all.Count;
                _all.Add(new ObservedExperiment(Experiment.Begin(started), new Observation()));
                Renew();
                break;
            case ExperimentStopped stopped when _places.TryGetValue(stopped.Experiment, out var place):
                _all[place].Observation.End();
                _all[place] = _all[place] with { Experiment = _all[place].Experiment.Stop(stopped) };
                Renew();
                break;
            case PageServed page when !_current.IsEmpty:
                Pass(page.At);
                Enrol(page.Enrolments, page.Viewer.Value, page.At);
                break;
            case VideoMoved { From: not VideoStage.Testing, To: VideoStage.Testing, Enrolments: not null } move:
                Enrol(move.Enrolments, move.Video.Value, move.At);
                break;
            case SignalRecorded signal when !_current.IsEmpty:
                Pass(signal.At);
                foreach (var (experiment, observation) in _current)
                    observation.Add(experiment.Plan.Unit == ExperimentUnit.Viewer ? signal.Viewer.Value : signal.Video.Value, signal);
                break;
        }
    }

    private void Enrol(ImmutableArray<Enrolment>? enrolments, long unit, DateTimeOffset at)
    {
        if (enrolments is not { } all) return;
        foreach (var enrolment in all) Find(enrolment.Experiment)?.Observation.Enrol(unit, enrolment.Arm, at);
    }

    /// <summary>Time passes with what people do, and with experiments, which run by the same clock; other entries may be of another.</summary>
    private void Pass(DateTimeOffset now)
    {
        var any = false;
        foreach (var (experiment, observation) in _current)
        {
            observation.Pass(now, TimeSpan.FromHours(experiment.Terms.ObservedHours));
            if (!(now >= experiment.Plan.Until)) continue;
            observation.End();
            any = true;
        }
        if (any) Renew();
    }

    private void Renew()
    {
        _current = [.. _all.Where(one => !one.Observation.Ended)];
        Current = [.. _current.Select(one => one.Experiment)];
    }
}
