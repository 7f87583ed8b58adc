namespace Groundswell.Ranking.Learning;

/// <summary>
/// Rows as they were at one moment, read out on another thread while their writer goes on. Whoever comes to a bucket first copies
/// it as it was: the reader on its way through, or the writer before it changes it. So the writer never waits for more than
/// <see cref="BucketsALook"/> buckets to be copied, and what it keeps is what it changes meanwhile.
/// </summary>
/// <param name="number">Which table it is: each part begins with it.</param>
internal sealed class RowsSave(KeyedRows rows, byte number)
{
    private const int BucketsALook = 64;

    private readonly ulong[] _copied = new ulong[(rows.Buckets + BucketsALook - 1) / BucketsALook];
    private readonly Lock _gate = new();
    private readonly PartWriter _walked = new(number), _kept = new(number);
    private readonly Queue<byte[]> _keptParts = [];

    /// <summary>The writer's, before it changes a bucket.</summary>
    public void Keep(int bucket)
    {
        ref var copied = ref _copied[bucket / BucketsALook];
        if (IsCopied(Volatile.Read(ref copied), bucket)) return;
        lock (_gate)
        {
            if (IsCopied(copied, bucket)) return;
            rows.Write(bucket, _kept.To);
            if (_kept.IsFull) _keptParts.Enqueue(_kept.Cut());
            Volatile.Write(ref copied, copied | (1UL << bucket));
        }
    }

    /// <summary>All rows in no order, some kilobytes at a time. The reader's.</summary>
    public IEnumerable<byte[]> Parts()
    {
        for (var look = 0; look < _copied.Length; look++)
        {
            Walk(look);
            if (_walked.IsFull) yield return _walked.Cut();
            while (TakeKept() is { } kept) yield return kept;
        }
        // Every bucket is copied: the writer keeps nothing any more.
        rows.EndSave();
        if (!_walked.IsEmpty) yield return _walked.Cut();
        if (!_kept.IsEmpty) yield return _kept.Cut();
    }

    private void Walk(int look)
    {
        lock (_gate)
        {
            var (first, copied) = (look * BucketsALook, _copied[look]);
            for (var bucket = first; bucket < Math.Min(first + BucketsALook, rows.Buckets); bucket++)
                if (!IsCopied(copied, bucket)) rows.Write(bucket, _walked.To);
            Volatile.Write(ref _copied[look], ulong.MaxValue);
        }
    }

    private byte[]? TakeKept()
    {
        lock (_gate) return _keptParts.TryDequeue(out var part) ? part : null;
    }

    /// <summary>A shift goes by the last six bits: the place of the bucket in its look.</summary>
    private static bool IsCopied(ulong copied, int bucket) => (copied >> bucket & 1) != 0;
}
