using System.Collections.Concurrent;

namespace Groundswell.Ranking.Learning;

/// <summary>
/// Rows as they were at one moment, read out on another thread while their writer goes on. Whoever claims a bucket first copies
/// it as it was: the writer claims before it copies and changes, the reader copies before it claims, and throws its copy away where it comes too
/// late. So the writer never waits, and what it keeps is what it changes meanwhile.
/// </summary>
/// <param name="number">Which table it is: each part begins with it.</param>
internal sealed class RowsSave(KeyedRows rows, byte number)
{
    private const int BucketsALook = 64;

    private readonly ulong[] _claimed = new ulong[(rows.Buckets + BucketsALook - 1) / BucketsALook];
    private readonly PartWriter _look = new(), _walked = new(number), _kept = new(number);
    private readonly int[] _ends = new int[BucketsALook];
    private readonly ConcurrentQueue<byte[]> _keptParts = [];
    private volatile bool _keeping;

    /// <summary>The writer's, before it changes a bucket.</summary>
    public void Keep(int bucket)
    {
        ref var claimed = ref _claimed[bucket / BucketsALook];
        if (IsClaimed(Volatile.Read(ref claimed), bucket)) return;
        _keeping = true;
        if (!IsClaimed(Interlocked.Or(ref claimed, 1UL << bucket), bucket))
        {
            rows.Write(bucket, _kept.To);
            if (_kept.IsFull) _keptParts.Enqueue(_kept.Cut());
        }
        _keeping = false;
    }

    /// <summary>All rows in no order, some kilobytes at a time. The reader's.</summary>
    public IEnumerable<byte[]> Parts()
    {
        for (var look = 0; look < _claimed.Length; look++)
        {
            Walk(look);
            if (_walked.IsFull) yield return _walked.Cut();
            while (_keptParts.TryDequeue(out var kept)) yield return kept;
        }
        // Every bucket is claimed: the writer ends what it may be keeping now, and keeps nothing any more.
        SpinWait.SpinUntil(() => !_keeping);
        rows.EndSave();
        while (_keptParts.TryDequeue(out var kept)) yield return kept;
        if (!_walked.IsEmpty) yield return _walked.Cut();
        if (!_kept.IsEmpty) yield return _kept.Cut();
    }

    private void Walk(int look)
    {
        var (first, begins) = (look * BucketsALook, 0);
        var buckets = Math.Min(BucketsALook, rows.Buckets - first);
        for (var i = 0; i < buckets; i++)
        {
            rows.Write(first + i, _look.To);
            _ends[i] = (int)_look.To.BaseStream.Length;
        }
        var copies = _look.Cut();
        var kept = Interlocked.Exchange(ref _claimed[look], ulong.MaxValue);
        for (var i = 0; i < buckets; begins = _ends[i++])
            if (!IsClaimed(kept, i)) _walked.To.Write(copies, begins, _ends[i] - begins);
    }

    /// <summary>A shift goes by the last six bits: the place of the bucket in its look.</summary>
    private static bool IsClaimed(ulong claimed, int bucket) => (claimed >> bucket & 1) != 0;
}
