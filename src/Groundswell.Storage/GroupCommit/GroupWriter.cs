using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Groundswell.Storage.GroupCommit;

/// <summary>
/// The one writer of a store: takes everything that waits, up to a bound, and commits it as one transaction, so that many
/// callers share one fsync. While it commits, the next group gathers.
/// </summary>
internal sealed class GroupWriter<TSession> : IAsyncDisposable where TSession : WriteSession<TSession>
{
    private readonly TSession _session;
    private readonly StoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly WeightGate _gate;
    private readonly Channel<Work<TSession>> _queue = Channel.CreateUnbounded<Work<TSession>>(new UnboundedChannelOptions { SingleReader = true }); // bounded by the gate
    private readonly Task _loop;
    private volatile Outage? _outage;

    public GroupWriter(TSession session, StoreOptions options, TimeProvider time, ILogger log)
    {
        (_session, _options, _time, _log) = (session, options, time, log);
        _gate = new WeightGate(options.QueueCapacity);
        Head = new HeadSignal(session.LastWritten);
        _loop = Task.Run(RunAsync);
    }

    public HeadSignal Head { get; }

    public StoreUnavailableException? Unavailable => _outage?.Why;

    /// <summary>Waits for room in the queue, then for the commit.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot write; also at once while an outage is young.</exception>
    public async Task<T> WriteAsync<T>(Work<TSession, T> work, CancellationToken cancellation) where T : notnull
    {
        if (YoungOutage() is { } why) throw why;
        await _gate.EnterAsync(work.Weight, cancellation);
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(work), typeof(IStore));
        return await work.Outcome;
    }

    /// <summary>Queues work nobody waits for; false when there is no room, somebody waits for it, or an outage is young.</summary>
    public bool TryWriteLater(Work<TSession> work)
    {
        if (YoungOutage() is not null || !_gate.TryEnter(work.Weight)) return false;
        return _queue.Writer.TryWrite(work);
    }

    /// <summary>Takes no more work, writes out what is queued, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _gate.Close();
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        var group = new List<Work<TSession>>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync())
            {
                TakeGroup(group);
                WriteGroup(group);
                group.Clear();
            }
        }
        finally
        {
            // Reached with work in hand only when the loop itself broke: nobody may wait for ever.
            _gate.Close();
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var work)) group.Add(work);
            FailAll(group, new StoreUnavailableException("The store's writer has stopped."));
            Head.Close();
        }
    }

    private void TakeGroup(List<Work<TSession>> group)
    {
        var weight = 0;
        while (_queue.Reader.TryPeek(out var next) && (group.Count == 0 || weight + next.Weight <= _options.MostPerCommit))
        {
            if (!_queue.Reader.TryRead(out var taken)) break;
            group.Add(taken);
            weight += taken.Weight;
        }
        _gate.Leave(weight);
    }

    private void WriteGroup(List<Work<TSession>> group)
    {
        if (YoungOutage() is { } why)
        {
            FailAll(group, why);
            return;
        }
        try
        {
            if (_outage is not null) EndOutage();
            var refusals = _session.Commit(group);
            Head.MoveTo(_session.LastWritten);
            for (var i = 0; i < refusals.Length; i++)
            {
                if (refusals[i] is { } refusal) group[i].Fail(refusal);
                else group[i].Succeed();
            }
        }
        catch (Exception failure) when (_session.Explain(failure) is { } unavailable)
        {
            _outage = new Outage(unavailable, _time.GetTimestamp());
            StoreLog.WriteFailed(_log, unavailable, group.Count);
            FailAll(group, unavailable);
        }
    }

    private void EndOutage()
    {
        _session.Probe();
        _outage = null;
        StoreLog.WritesAgain(_log);
    }

    /// <summary>The reason to fail fast; null when all is well or it is time to probe.</summary>
    private StoreUnavailableException? YoungOutage() => _outage is { } outage && _time.GetElapsedTime(outage.Since) < _options.ProbeEvery
        ? new StoreUnavailableException(outage.Why.Message, outage.Why)
        : null;

    private static void FailAll(List<Work<TSession>> group, Exception why)
    {
        foreach (var work in group) work.Fail(why);
    }

    private sealed record Outage(StoreUnavailableException Why, long Since);
}
