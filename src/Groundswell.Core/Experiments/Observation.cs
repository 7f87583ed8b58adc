using System.Text.Json.Serialization;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;

namespace Groundswell.Core.Experiments;

/// <summary>A unit that is being observed.</summary>
/// <param name="since">Its first exposure.</param>
public sealed class ObservedUnit(long id, Arm arm, DateTimeOffset since)
{
    public long Id { get; } = id;
    public Arm Arm { get; } = arm;
    public DateTimeOffset Since { get; } = since;
    [JsonInclude] public UnitTotals Totals { get; internal set; }
}

/// <summary>
/// What one experiment sees: each unit from its first exposure for the hours of its terms, then as a part of its arm's sums.
/// So a unit enters the reading once, whole, and in an order that does not depend on its arm.
/// </summary>
/// <remarks>
/// Costs a look-up an entry. Holds the units under observation and the ids of all that were, at most <see cref="MostUnits"/>
/// of them; whoever comes after those has their arm's rules and is not read. When it has ended, only the sums are left.
/// </remarks>
public sealed class Observation
{
    public const int MostUnits = 100_000;

    private readonly Dictionary<long, ObservedUnit> _open;
    private readonly Queue<ObservedUnit> _order;
    private readonly HashSet<long> _known;

    public Observation() : this([], [], ArmSums.None, ArmSums.None, false)
    {
    }

    [JsonConstructor]
    private Observation(IReadOnlyList<ObservedUnit> open, IReadOnlyList<long> known, ArmSums control, ArmSums treatment, bool ended)
    {
        (_open, _order, _known) = (open.ToDictionary(unit => unit.Id), new(open), [.. known]);
        (Control, Treatment, Ended) = (control, treatment, ended);
    }

    /// <summary>Units under observation, in the order in which they came.</summary>
    public IReadOnlyList<ObservedUnit> Open => [.. _order];

    /// <summary>Ids of all units that ever came.</summary>
    public IReadOnlyList<long> Known => [.. _known.Order()];

    public ArmSums Control { get; private set; }
    public ArmSums Treatment { get; private set; }

    /// <summary>Nobody is observed any more.</summary>
    public bool Ended { get; private set; }

    [JsonIgnore] public int UnderObservation => _open.Count;

    internal void Enrol(long unit, Arm arm, DateTimeOffset at)
    {
        if (Ended || _known.Count >= MostUnits || !_known.Add(unit)) return;
        var observed = new ObservedUnit(unit, arm, at);
        _open[unit] = observed;
        _order.Enqueue(observed);
    }

    /// <summary>Adds what a signal changed, where its unit is under observation.</summary>
    internal void Add(long unit, SignalRecorded signal)
    {
        if (signal is { Disqualified: null, Change: { After.Uncounted: null } change } && _open.TryGetValue(unit, out var observed))
            observed.Totals = With(observed.Totals, signal, change);
    }

    /// <summary>Takes leave of the units whose time is over.</summary>
    internal void Pass(DateTimeOffset now, TimeSpan observedFor)
    {
        while (_order.TryPeek(out var first) && now - first.Since >= observedFor)
        {
            _open.Remove(_order.Dequeue().Id);
            if (first.Arm == Arm.Treatment) Treatment = Treatment.Add(first.Totals);
            else Control = Control.Add(first.Totals);
        }
    }

    /// <summary>Units that are still under observation are left out: half of what they do would be without the treatment.</summary>
    internal void End()
    {
        _open.Clear();
        _order.Clear();
        _known.Clear();
        Ended = true;
    }

    private static UnitTotals With(UnitTotals totals, SignalRecorded signal, ViewChange change)
    {
        var (before, after) = (change.Before, change.After);
        return new UnitTotals(
            totals.Views + (change.ResolvedNow ? 1 : 0),
            totals.Points + (after.Resolved ? signal.PointsAfter - (change.ResolvedNow ? 0 : signal.PointsBefore) : 0),
            totals.Completions + Step(IsCompleted(before), IsCompleted(after)),
            totals.Exits + Step(before is { Resolved: true, Exited: true }, after is { Resolved: true, Exited: true }),
            totals.EarlySkips + Step(before is { Resolved: true, EarlySkip: true }, after is { Resolved: true, EarlySkip: true }));
    }

    private static bool IsCompleted(View? view) => view is { Resolved: true } && view.Actions.HasFlag(Actions.Completion);

    private static int Step(bool before, bool after) => (after ? 1 : 0) - (before ? 1 : 0);
}
