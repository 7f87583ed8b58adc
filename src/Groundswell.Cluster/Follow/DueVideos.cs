using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Groundswell.Core;

namespace Groundswell.Cluster.Follow;

/// <summary>
/// Videos whose next step seems due, each waiting at most once: bounded by the number of videos. The follower adds and
/// never waits; the judging loop takes. Were the follower to wait for a grain, and that grain for the follower, both would stand still.
/// </summary>
internal sealed class DueVideos
{
    private readonly Channel<VideoId> _queue = Channel.CreateUnbounded<VideoId>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<VideoId> _waiting = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _unjudged;

    public void Add(VideoId video)
    {
        lock (_gate)
        {
            if (!_waiting.Add(video)) return;
            _unjudged++;
            _queue.Writer.TryWrite(video);
        }
    }

    /// <summary>Each due video in turn; asking for the next one says that the last has been judged.</summary>
    public async IAsyncEnumerable<VideoId> TakeAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var video in _queue.Reader.ReadAllAsync(cancellation))
        {
            lock (_gate) _waiting.Remove(video);
            yield return video;
            lock (_gate)
            {
                if (--_unjudged > 0) continue;
                _drained.TrySetResult();
                _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Completes when nothing waits to be judged.</summary>
    public Task DrainedAsync()
    {
        lock (_gate) return _unjudged == 0 ? Task.CompletedTask : _drained.Task;
    }
}
