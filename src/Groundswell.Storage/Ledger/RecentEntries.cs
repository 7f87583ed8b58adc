using Groundswell.Core.Ledger;

namespace Groundswell.Storage;

/// <summary>
/// The entries committed last, as the objects that were appended: entries never change, so writer and readers share them.
/// Added by the writer when they are durable; read by anybody.
/// </summary>
/// <param name="after">The last position in the ledger so far: everything after it will be here.</param>
internal sealed class RecentEntries(int capacity, long after)
{
    private readonly Lock _lock = new();
    private readonly Recorded[] _ring = new Recorded[capacity];
    private long _first; // both count entries, not positions: those have gaps
    private long _end;
    private long _after = after;

    /// <param name="durable">By rising position, all after those of earlier calls.</param>
    public void Add(List<Recorded> durable)
    {
        if (durable.Count == 0) return;
        lock (_lock)
        {
            var skipped = Math.Max(0, durable.Count - capacity);
            Forget(_end - _first + durable.Count - skipped - capacity);
            if (skipped > 0) _after = durable[skipped - 1].Position;
            for (var i = skipped; i < durable.Count; i++) _ring[_end++ % capacity] = durable[i];
        }
    }

    /// <summary>What <see cref="ILedger.Read"/> gives; null when some of it is no longer here.</summary>
    public IReadOnlyList<Recorded>? Read(long after, int most)
    {
        lock (_lock)
        {
            if (after < _after) return null;
            var begin = FirstPast(after);
            var read = new Recorded[Math.Max(0, Math.Min(most, _end - begin))];
            for (var i = 0; i < read.Length; i++) read[i] = _ring[(begin + i) % capacity];
            return read;
        }
    }

    /// <summary>Entries up to a position are no longer the ledger's.</summary>
    public void ForgetUpTo(long position)
    {
        lock (_lock)
        {
            Forget(FirstPast(position) - _first);
            _after = Math.Max(_after, position);
        }
    }

    private void Forget(long entries)
    {
        for (; entries > 0; entries--)
        {
            ref var oldest = ref _ring[_first++ % capacity];
            _after = oldest.Position;
            oldest = default;
        }
    }

    private long FirstPast(long position)
    {
        var (low, high) = (_first, _end);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ring[middle % capacity].Position <= position) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
