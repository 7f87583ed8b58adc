namespace Groundswell.Storage.GroupCommit;

/// <summary>
/// Bounds what waits in the writer's queue by its entries, not by its calls: a call enters with the weight of its
/// entries, first come first served, and leaves when the writer takes it. Safe for concurrent use.
/// </summary>
internal sealed class WeightGate(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<(int Weight, TaskCompletionSource Entered)> _waiting = [];
    private int _free = capacity;
    private bool _closed;

    /// <summary>Enters at once or not at all; never overtakes who waits.</summary>
    public bool TryEnter(int weight)
    {
        lock (_lock) return TryEnterLocked(weight);
    }

    /// <exception cref="ObjectDisposedException">The gate was closed before there was room.</exception>
    public async ValueTask EnterAsync(int weight, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        TaskCompletionSource entered;
        lock (_lock)
        {
            if (TryEnterLocked(weight)) return;
            ObjectDisposedException.ThrowIf(_closed, typeof(IStore));
            entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue((weight, entered));
        }
        await using var registration = cancellation.UnsafeRegister(_ =>
        {
            if (entered.TrySetCanceled(cancellation)) Leave(0);
        }, null);
        await entered.Task;
    }

    /// <summary>Frees the weight and lets in who waits, as far as it reaches.</summary>
    public void Leave(int weight)
    {
        lock (_lock)
        {
            _free += weight;
            while (_waiting.TryPeek(out var next) && (next.Entered.Task.IsCompleted || next.Weight <= _free))
            {
                _waiting.Dequeue();
                if (next.Entered.TrySetResult()) _free -= next.Weight;
            }
        }
    }

    /// <summary>Nobody enters from now on; who waits is refused.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            while (_waiting.TryDequeue(out var next)) next.Entered.TrySetException(new ObjectDisposedException(nameof(IStore)));
        }
    }

    private bool TryEnterLocked(int weight)
    {
        if (_closed || _waiting.Count > 0 || weight > _free) return false;
        _free -= weight;
        return true;
    }
}
