namespace Groundswell.Storage.GroupCommit;

/// <summary>The last durable position and who waits for it to move. Moved by the writer only; read by anybody.</summary>
internal sealed class HeadSignal(long position)
{
    private long _position = position;
    private volatile TaskCompletionSource _moved = NewTurn();

    public long Position => Volatile.Read(ref _position);

    public void MoveTo(long position)
    {
        if (position == _position) return;
        Volatile.Write(ref _position, position);
        var turn = _moved;
        _moved = NewTurn();
        turn.TrySetResult();
    }

    public async ValueTask WaitPastAsync(long position, CancellationToken cancellation)
    {
        while (true)
        {
            // The turn is taken before the position is read: a move in between completes this very turn.
            var turn = _moved;
            if (Position > position) return;
            await turn.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Refuses everybody who waits.</summary>
    public void Close() => _moved.TrySetException(new ObjectDisposedException(nameof(IStore)));

    private static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
