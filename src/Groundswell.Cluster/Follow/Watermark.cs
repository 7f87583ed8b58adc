namespace Groundswell.Cluster.Follow;

/// <summary>A position that only rises, and a way to wait for it.</summary>
internal sealed class Watermark
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private long _position;

    public void Advance(long position)
    {
        lock (_gate)
        {
            _position = Math.Max(_position, position);
            while (_waiting.TryPeek(out var waiter, out var wanted) && wanted <= _position)
            {
                _waiting.Dequeue();
                waiter.TrySetResult();
            }
        }
    }

    public ValueTask ReachesAsync(long position, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_position >= position) return ValueTask.CompletedTask;
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter, position);
            return new ValueTask(waiter.Task.WaitAsync(cancellation));
        }
    }
}
