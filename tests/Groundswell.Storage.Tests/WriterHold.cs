using Groundswell.Storage.GroupCommit;

namespace Groundswell.Storage.Tests;

/// <summary>Work that keeps a store's writer busy until it is disposed.</summary>
internal sealed class WriterHold<TSession> : IDisposable where TSession : WriteSession<TSession>
{
    private readonly ManualResetEventSlim _released = new();
    private readonly TaskCompletionSource _held = new();

    /// <summary>Returns once the writer is at it.</summary>
    public async Task TakeAsync(GroupWriter<TSession> writer)
    {
        var working = writer.WriteAsync(
            new Work<TSession, int>(1, _ =>
            {
                _held.TrySetResult();
                _released.Wait();
                return 0;
            }),
            CancellationToken.None);
        await Task.WhenAny(_held.Task, working);
    }

    public void Dispose() => _released.Set();
}
