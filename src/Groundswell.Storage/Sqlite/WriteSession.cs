using Groundswell.Storage.GroupCommit;
using Microsoft.Data.Sqlite;

namespace Groundswell.Storage.Sqlite;

/// <summary>
/// The writer's connection: one transaction at a time, and in it no work fails for another. Belongs to the writer's
/// loop; not safe for concurrent use.
/// </summary>
internal sealed class WriteSession : IWriteSession<WriteSession>, IDisposable
{
    private const int ProbeBytes = 65_536;

    private readonly Statement _begin, _commit, _savepoint, _release, _rollbackTo, _saveHead;
    private long _savedHead;

    public WriteSession(SqliteConnection connection)
    {
        Connection = connection;
        Statements = new Statements(connection);
        _begin = Statements.Prepared("BEGIN IMMEDIATE");
        _commit = Statements.Prepared("COMMIT");
        _savepoint = Statements.Prepared("SAVEPOINT work");
        _release = Statements.Prepared("RELEASE work");
        _rollbackTo = Statements.Prepared("ROLLBACK TO work");
        _saveHead = Statements.Prepared("UPDATE ledger_head SET position = ?1", 1);
        _savedHead = Given = (long)(Statements.Prepared("SELECT position FROM ledger_head").Scalar() ?? 0L);
        LastWritten = (long)(Statements.Prepared("SELECT coalesce(max(position), 0) FROM ledger").Scalar() ?? 0L);
        Ledger = new LedgerTable(this);
    }

    public SqliteConnection Connection { get; }
    public Statements Statements { get; }
    public LedgerTable Ledger { get; }

    /// <summary>The highest position ever given, those of the open transaction included.</summary>
    public long Given { get; private set; }

    /// <summary>The position of the last entry that is in the ledger, those of the open transaction included.</summary>
    public long LastWritten { get; private set; }

    private bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(Connection.Handle) == 0;

    /// <summary>The position for the next entry; <see cref="Take"/> makes it given.</summary>
    public long Next => Given + 1;

    public void Take(long position) => LastWritten = Given = position;

    /// <summary>Runs all works in one transaction and commits it.</summary>
    /// <returns>For each work the exception that undid it alone, or null: it is durable.</returns>
    /// <exception cref="SqliteException">The store failed, and the whole transaction was undone.</exception>
    /// <remarks>
    /// A savepoint makes SQLite copy every page that is changed in it: a single signal takes 1.1 to 1.6 times as long (measured).
    /// Refusals are rare, so a group is first tried without; only when one throws is it run again with a savepoint each.
    /// </remarks>
    public Exception?[] Commit(IReadOnlyList<Work<WriteSession>> group)
    {
        try
        {
            return Commit(group, ApplyUnguarded);
        }
        catch (Exception refusal) when (Explain(refusal) is null)
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

    public StoreUnavailableException? Explain(Exception thrown) => thrown is SqliteException failure ? SqliteFailure.Explain(failure) : null;

    public int Run(string sql, params ReadOnlySpan<object?> values) => Statements.Prepared(sql, values.Length).Run(values);

    public object? Scalar(string sql, params ReadOnlySpan<object?> values) => Statements.Prepared(sql, values.Length).Scalar(values);

    public void Dispose()
    {
        Statements.Dispose();
        Connection.Dispose();
    }

    private Exception?[] Commit(IReadOnlyList<Work<WriteSession>> group, Func<Work<WriteSession>, Exception?> apply)
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
            return refusals;
        }
        finally
        {
            if (!committed)
            {
                // A full disk makes SQLite roll back by itself.
                if (InTransaction) Statements.Prepared("ROLLBACK").Run();
                (Given, LastWritten) = (given, lastWritten);
            }
        }
    }

    private Exception? ApplyUnguarded(Work<WriteSession> work)
    {
        work.Apply(this);
        return null;
    }

    /// <summary>Whatever one work throws is its caller's, not its neighbours', unless the store itself failed.</summary>
    private Exception? ApplyGuarded(Work<WriteSession> work)
    {
        var (given, lastWritten) = (Given, LastWritten);
        _savepoint.Run();
        Exception? refusal = null;
        try
        {
            work.Apply(this);
        }
        catch (Exception thrown) when (Explain(thrown) is null)
        {
            refusal = thrown;
            _rollbackTo.Run();
            (Given, LastWritten) = (given, lastWritten);
        }
        _release.Run();
        return refusal;
    }
}
