namespace Groundswell.Core.Audience;

/// <summary>
/// How a panel's places are spread over cohorts: in proportion to the active audience, but each of the largest
/// <see cref="TestBatchRules.Cohorts"/> gets a floor, for which the others give in proportion.
/// </summary>
/// <remarks>
/// Parts of a place are settled by systematic sampling (Madow, 1949): cohorts lie along a line, each as long as its expected
/// places, and every whole number, shifted by one draw for the panel, gives its place to the cohort it falls on. So places
/// add up to the panel, each cohort has its expected number rounded down or up, and on average over panels exactly that
/// number: a cohort too small for every panel is in some.
/// </remarks>
public readonly struct PanelPlan
{
    private readonly Strata _strata;
    private readonly int _size, _largest, _raised, _cohorts;
    private readonly double _floor, _scale;

    public PanelPlan(Strata strata, int size, TestBatchRules rules)
    {
        (_strata, _size, _cohorts) = (strata, size, rules.Cohorts);
        _largest = Math.Min(Math.Min(rules.Cohorts, strata.Count), size);
        _floor = Math.Max(1, rules.CohortFloor * size / rules.Cohorts);
        // The smallest of the largest are raised to the floor one after another, and what that costs makes the rest smaller.
        while (true)
        {
            var rest = 1 - (strata.ShareBefore(_largest) - strata.ShareBefore(_largest - _raised));
            _scale = rest <= 0 ? 0 : (size - (_raised * _floor)) / rest;
            if (_raised == _largest || _scale * ShareAt(_largest - _raised - 1) >= _floor) return;
            _raised++;
        }
    }

    /// <summary>Places of the panel.</summary>
    public int Size => _size;

    /// <summary>Places that a cohort gets on average over panels; an even part for anybody while nothing is known of the audience.</summary>
    public double Expected(Cohort cohort) =>
        _strata.Count == 0 ? (double)_size / _cohorts : _strata.PlaceOf(cohort) is { } place ? Line(place + 1) - Line(place) : 0;

    /// <summary>Places of one panel for a cohort.</summary>
    /// <param name="shift">The panel's own draw, in [0, 1).</param>
    public int Quota(Cohort cohort, double shift)
    {
        if (_strata.Count == 0) return (int)Math.Ceiling((double)_size / _cohorts);
        return _strata.PlaceOf(cohort) is { } place ? (int)(Math.Floor(Line(place + 1) + shift) - Math.Floor(Line(place) + shift)) : 0;
    }

    /// <summary>How many of the active viewers of the cohort, or of all where it has none, there are for each expected place.</summary>
    internal double ViewersPerPlace(Cohort cohort) => _strata.PlaceOf(cohort) is { } place
        ? _strata.ViewersAt(place) / Math.Max(1e-9, Line(place + 1) - Line(place))
        : (double)_strata.Viewers / _size;

    private double ShareAt(int place) => _strata.ShareBefore(place + 1) - _strata.ShareBefore(place);

    /// <summary>Expected places of all cohorts before a place.</summary>
    private double Line(int place)
    {
        if (place == _strata.Count) return _size;
        var firstRaised = _largest - _raised;
        var raised = Math.Clamp(place - firstRaised, 0, _raised);
        var free = _strata.ShareBefore(Math.Min(place, firstRaised)) + (place > _largest ? _strata.ShareBefore(place) - _strata.ShareBefore(_largest) : 0);
        return (_scale * free) + (raised * _floor);
    }
}
