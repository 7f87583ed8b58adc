using System.Collections.Immutable;
using Groundswell.Core.Ledger;
using Groundswell.Storage.Sql;

namespace Groundswell.Storage.GroupCommit;

/// <summary>
/// A database's one connection that writes: one transaction at a time, and in it no work fails for another. Belongs to the
/// writer's loop; not safe for concurrent use.
/// </summary>
/// <remarks>
/// Positions are given here, in the order of commits, and a transaction begins only when the last one has ended. So whoever
/// sees a position has seen all before it: no gap is ever filled later.
/// </remarks>
internal abstract class WriteSession<TSession> : IDisposable where TSession : WriteSession<TSession>
{
    private readonly List<Recorded> _taken = [];
    private readonly EntryEffects<TSession> _effects;
    private long _given, _savedHead;

    protected WriteSession(StoreOptions options)
    {
        _effects = new EntryEffects<TSession>(this);
        Recent = new RecentEntries(options.RecentEntries, after: 0);
    }

    /// <summary>What was committed last; safe for concurrent use.</summary>
    public RecentEntries Recent { get; }

    /// <summary>The position of the last entry that is in the ledger, those of the open transaction included.</summary>
    public long LastWritten { get; private set; }

    /// <summary>Writes, in one transaction, what can be, and gives it positions; signals that are known are skipped.</summary>
    /// <exception cref="StaleMoveException">A video is not where an entry says.</exception>
    public Appended Append(PreparedEntry[] entries)
    {
        var positions = ImmutableArray.CreateBuilder<long?>(entries.Length);
        foreach (var entry in entries) positions.Add(Append(entry));
        return new Appended(positions.MoveToImmutable());
    }

    /// <summary>Runs all works in one transaction and commits it. Whatever it throws, the whole transaction was undone.</summary>
    /// <returns>For each work the exception that undid it alone, or null: it is durable.</returns>
    /// <remarks>
    /// To be able to undo one work alone costs more than the work: a savepoint makes SQLite copy every page that is changed
    /// in it (1.1 to 1.6 times the time of a single signal, measured), and a server has to be asked once more. Refusals are
    /// rare, so a group is first tried without; only when one throws is it run again with a savepoint each.
    /// </remarks>
    public Exception?[] Commit(IReadOnlyList<Work<TSession>> group)
    {
        try
        {
            return Commit(group, guarded: false);
        }
        catch (Exception refusal) when (Explain(refusal) is null)
        {
            return Commit(group, guarded: true);
        }
    }

    /// <summary>Finds out, after a failure of the store, whether it takes data again; throws while it does not.</summary>
    public abstract void Probe();

    /// <summary>The operator's sentence when the store is what failed; null when it was a statement or its work.</summary>
    public abstract StoreUnavailableException? Explain(Exception thrown);

    /// <summary>Runs one statement of the open transaction; its parameters are <c>?1</c> to <c>?n</c>.</summary>
    /// <returns>Rows changed.</returns>
    public abstract int Run(string sql, params ReadOnlySpan<object?> values);

    /// <summary>Runs one statement for many rows of values.</summary>
    public abstract void RunEach(string sql, IEnumerable<object?[]> rows);

    /// <summary>The first column of the first row; null when there is none.</summary>
    public abstract object? Scalar(string sql, params ReadOnlySpan<object?> values);

    /// <summary>Deletes entries by their positions.</summary>
    /// <returns>How many of them were there.</returns>
    public abstract int Delete(IReadOnlyList<long> positions);

    public abstract void Dispose();

    /// <summary>Reads where the ledger stands, as a connection that was just opened finds it.</summary>
    protected void ReadHead()
    {
        _savedHead = _given = (long)(Scalar("SELECT position FROM ledger_head") ?? 0L);
        LastWritten = (long)(Scalar("SELECT coalesce(max(position), 0) FROM ledger") ?? 0L);
        // The baseline is past the last row when that row was deleted: the ledger reached it all the same.
        LastWritten = Math.Max(LastWritten, (long)(Scalar("SELECT baseline FROM ledger_head") ?? 0L));
        Recent.ForgetUpTo(LastWritten);
    }

    /// <param name="asked">Whether <see cref="Insert"/> must tell what is known; else a known signal may also make <see cref="Send"/> throw.</param>
    protected abstract void Begin(IReadOnlyList<Work<TSession>> group, bool asked);

    /// <summary>False, and nothing is written, when the signal is known.</summary>
    protected abstract bool Insert(long position, PreparedEntry entry);

    /// <summary>Sends what <see cref="Insert"/> has kept back.</summary>
    protected virtual void Send()
    {
    }

    /// <summary>Forgets what <see cref="Insert"/> has kept back and <see cref="Send"/> has not sent.</summary>
    protected virtual void TakeBack()
    {
    }

    /// <summary>Ends the transaction without a trace. Must not throw where the connection is gone.</summary>
    protected abstract void RollBack();

    private long? Append(PreparedEntry prepared)
    {
        var position = _given + 1;
        if (!Insert(position, prepared)) return null;
        LastWritten = _given = position;
        _taken.Add(new Recorded(position, prepared.Entry));
        _effects.Write(prepared.Entry, position);
        return position;
    }

    private Exception?[] Commit(IReadOnlyList<Work<TSession>> group, bool guarded)
    {
        var (given, lastWritten) = (_given, LastWritten);
        var committed = false;
        try
        {
            Begin(group, asked: guarded);
            var refusals = new Exception?[group.Count];
            for (var i = 0; i < group.Count; i++)
            {
                if (guarded) refusals[i] = ApplyGuarded(group[i]);
                else group[i].Apply((TSession)this);
            }
            Send();
            if (_given != _savedHead) Run("UPDATE ledger_head SET position = ?1", _given);
            Run("COMMIT");
            committed = true;
            _savedHead = _given;
            Recent.Add(_taken);
            return refusals;
        }
        finally
        {
            _taken.Clear();
            if (!committed)
            {
                RollBack();
                (_given, LastWritten) = (given, lastWritten);
            }
        }
    }

    /// <summary>Whatever one work throws is its caller's, not its neighbours', unless the store itself failed.</summary>
    private Exception? ApplyGuarded(Work<TSession> work)
    {
        var (given, lastWritten, taken) = (_given, LastWritten, _taken.Count);
        Run("SAVEPOINT work");
        Exception? refusal = null;
        try
        {
            work.Apply((TSession)this);
            Send();
        }
        catch (Exception thrown) when (Explain(thrown) is null)
        {
            refusal = thrown;
            Run("ROLLBACK TO work");
            TakeBack();
            (_given, LastWritten) = (given, lastWritten);
            _taken.RemoveRange(taken, _taken.Count - taken);
        }
        Run("RELEASE work");
        return refusal;
    }
}
