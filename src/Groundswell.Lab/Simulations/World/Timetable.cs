namespace Groundswell.Lab.Simulations.World;

/// <summary>What can happen in a world.</summary>
internal enum Kind { Minute, Day, SessionBegins, ViewEnds, PagesReady, Upload, StudioVisit, FarmVisit }

/// <param name="Who">Number of the person, creator or device.</param>
/// <param name="What">A second number: the day, or the video.</param>
internal readonly record struct Happening(DateTimeOffset At, Kind Kind, int Who, int What = 0);

/// <summary>What is going to happen, the earliest first; of two at once, the one that was planned first.</summary>
internal sealed class Timetable
{
    private readonly PriorityQueue<Happening, Moment> _queue = new();
    private long _planned;

    public void Plan(Happening happening) => _queue.Enqueue(happening, new Moment(happening.At.UtcTicks, ++_planned));

    public bool TryNext(DateTimeOffset before, out Happening happening)
    {
        if (!_queue.TryPeek(out happening, out _) || happening.At >= before) return false;
        _queue.Dequeue();
        return true;
    }

    private readonly record struct Moment(long Ticks, long Planned) : IComparable<Moment>
    {
        public int CompareTo(Moment other) => Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks) : Planned.CompareTo(other.Planned);
    }
}
