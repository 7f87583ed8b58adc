namespace Groundswell.Storage.GroupCommit;

/// <summary>One caller's share of a group commit.</summary>
/// <typeparam name="TSession">What it writes through.</typeparam>
/// <param name="weight">What it takes of the queue and of a commit, in entries.</param>
internal abstract class Work<TSession>(int weight)
{
    public int Weight => weight;

    /// <summary>
    /// Writes, on the writer's thread. An exception undoes this work alone and goes to its caller; it may be run a second
    /// time, after everything of the first was undone.
    /// </summary>
    public abstract void Apply(TSession session);

    /// <summary>It is durable.</summary>
    public abstract void Succeed();

    /// <summary>Nothing of it was written. Does nothing after another outcome.</summary>
    public abstract void Fail(Exception why);
}

/// <summary>Work with a result.</summary>
internal class Work<TSession, T>(int weight, Func<TSession, T> write) : Work<TSession>(weight) where T : notnull
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _written;

    public Task<T> Outcome => _outcome.Task;

    public override void Apply(TSession session) => _written = write(session);

    public override void Succeed()
    {
        if (_written is not { } written) throw new InvalidOperationException("Work cannot succeed before it was applied.");
        _outcome.TrySetResult(written);
    }

    public override void Fail(Exception why) => _outcome.TrySetException(why);
}
