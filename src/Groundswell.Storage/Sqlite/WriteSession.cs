using Groundswell.Core.Ledger;
using Microsoft.Data.Sqlite;

namespace Groundswell.Storage.Sqlite;

/// <summary>
/// The writer's connection: one transaction at a time, and in it no work fails for another. Belongs to the writer's
/// loop; not safe for concurrent use.
/// </summary>
internal sealed class WriteSession : IDisposable
{
    private const int ProbeBytes = 65_536;

    private readonly Statement _begin, _commit, _savepoint, _release, _rollbackTo, _saveHead;
    private readonly List<Recorded> _taken = [];
    private long _savedHead;

    public WriteSession(SqliteConnection connection, StoreOptions options)
    {
        Connection = connection;
        Statements = new Statements(connection);
        _begin = Statements.Prepared("BEGIN IMMEDIATE");
        _commit = Statements.Prepared("COMMIT");
        _savepoint = Statements.Prepared("SAVEPOINT work");
        _release = Statements.Prepared("RELEASE work");
        _rollbackTo = Statements.Prepared("ROLLBACK TO work");
        _saveHead = Statements.Prepared("UPDATE ledger_head SET position = ?1");
        _savedHead = Given = (long)(Statements.Prepared("SELECT position FROM ledger_head").Scalar() ?? 0L);
        // The baseline is past the last row when that row was deleted: the ledger reached it all the same.
        LastWritten = (long)(Statements.Prepared("SELECT max(baseline, (SELECT coalesce(max(position), 0) FROM ledger)) FROM ledger_head").Scalar() ?? 0L);
        Recent = new RecentEntries(options.RecentEntries, LastWritten);
        Ledger = new LedgerTable(this);
    }

    public SqliteConnection Connection { get; }
    public Statements Statements { get; }
    public LedgerTable Ledger { get; }

    /// <summary>What was committed last; safe for concurrent use.</summary>
    public RecentEntries Recent { get; }

    /// <summary>The highest position ever given, those of the open transaction included.</summary>
    public long Given { get; private set; }

    /// <summary>The position of the last entry that is in the ledger, those of the open transaction included.</summary>
    public long LastWritten { get; private set; }

    private bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(Connection.Handle) == 0;

    /// <summary>The position for the next entry; <see cref="Take"/> makes it given.</summary>
    public long Next => Given + 1;

    /// <summary>The entry was written at the position.</summary>
    public void Take(long position, LedgerEntry entry)
    {
        LastWritten = Given = position;
        _taken.Add(new Recorded(position, entry));
    }

    /// <summary>Runs all works in one transaction and commits it.</summary>
    /// <returns>For each work the exception that undid it alone, or null: it is durable.</returns>
    /// <exception cref="SqliteException">The store failed, and the whole transaction was undone.</exception>
    /// <remarks>
    /// A savepoint makes SQLite copy every page that is changed in it: a single signal takes 1.1 to 1.6 times as long (measured).
    /// Refusals are rare, so a group is first tried without; only when one throws is it run again with a savepoint each.
    /// </remarks>
    public Exception?[] Commit(IReadOnlyList<Work> group)
    {
        try
        {
            return Commit(group, ApplyUnguarded);
        }
        catch (Exception refusal) when (!IsStoreFailure(refusal))
        {
            return Commit(group, ApplyGuarded);
        }
    }

    /// <summary>Writes something as large as many entries and takes it away again.</summary>
    /// <exception cref="SqliteException">The store still cannot write.</exception>
    public void Probe()
    {
        Statements.Prepared($"INSERT INTO probe VALUES (zeroblob({ProbeBytes}))").Run();
        Statements.Prepared("DELETE FROM probe").Run();
    }

    public void Dispose()
    {
        Statements.Dispose();
        Connection.Dispose();
    }

    private Exception?[] Commit(IReadOnlyList<Work> group, Func<Work, Exception?> apply)
    {
        var (given, lastWritten) = (Given, LastWritten);
        var committed = false;
        try
        {
            _begin.Run();
            var refusals = new Exception?[group.Count];
            for (var i = 0; i < group.Count; i++) refusals[i] = apply(group[i]);
            if (Given != _savedHead) _saveHead.Run(Given);
            _commit.Run();
            committed = true;
            _savedHead = Given;
            Recent.Add(_taken);
            return refusals;
        }
        finally
        {
            _taken.Clear();
            if (!committed)
            {
                // A full disk makes SQLite roll back by itself.
                if (InTransaction) Statements.Prepared("ROLLBACK").Run();
                (Given, LastWritten) = (given, lastWritten);
            }
        }
    }

    private Exception? ApplyUnguarded(Work work)
    {
        work.Apply(this);
        return null;
    }

    /// <summary>Whatever one work throws is its caller's, not its neighbours', unless the store itself failed.</summary>
    private Exception? ApplyGuarded(Work work)
    {
        var (given, lastWritten, taken) = (Given, LastWritten, _taken.Count);
        _savepoint.Run();
        Exception? refusal = null;
        try
        {
            work.Apply(this);
        }
        catch (Exception thrown) when (!IsStoreFailure(thrown))
        {
            refusal = thrown;
            _rollbackTo.Run();
            (Given, LastWritten) = (given, lastWritten);
            _taken.RemoveRange(taken, _taken.Count - taken);
        }
        _release.Run();
        return refusal;
    }

    private static bool IsStoreFailure(Exception thrown) => thrown is SqliteException failure && SqliteFailure.Explain(failure) is not null;
}
