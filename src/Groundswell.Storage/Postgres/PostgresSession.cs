using System.Collections.Immutable;
using System.Data;
using Groundswell.Storage.GroupCommit;
using Groundswell.Storage.Sql;
using Npgsql;

namespace Groundswell.Storage.Postgres;

/// <summary>
/// The writer's connection: one transaction at a time, and in it no work fails for another. Belongs to the writer's
/// loop; not safe for concurrent use.
/// </summary>
/// <remarks>
/// Positions are given here, in the order of commits, and the next transaction begins only when the last one has ended.
/// So whoever sees a position has seen all before it: no gap is ever filled later.
/// </remarks>
internal sealed class PostgresSession : IWriteSession<PostgresSession>, IDisposable
{
    private const int ProbeBytes = 65_536;

    private readonly WriterLogin _login;
    private readonly LedgerDraft _draft = new();
    private readonly EntryEffects<PostgresSession> _effects;
    private readonly long _epoch;
    private NpgsqlConnection _connection;
    private long _given, _savedHead;

    /// <param name="connection">From the login, its schema up to date; the session owns it from now on.</param>
    public PostgresSession(WriterLogin login, NpgsqlConnection connection)
    {
        (_login, _connection) = (login, connection);
        _effects = new EntryEffects<PostgresSession>(this);
        _epoch = (long)(Scalar("UPDATE ledger_head SET epoch = epoch + 1 RETURNING epoch") ?? 0L);
        ReadHead();
    }

    /// <summary>The position of the last entry that is in the ledger, those of the open transaction included.</summary>
    public long LastWritten { get; private set; }

    /// <summary>Runs all works in one transaction and commits it.</summary>
    /// <returns>For each work the exception that undid it alone, or null: it is durable.</returns>
    /// <exception cref="NpgsqlException">The server failed, or the connection; the transaction was undone, or will be found after reconnecting.</exception>
    /// <remarks>
    /// Callers look for known events before they append, so a group hardly ever has one: it is first sent without asking,
    /// and the unique index refuses it when that was wrong. Only then is it asked which are known, and each work guarded.
    /// </remarks>
    public Exception?[] Commit(IReadOnlyList<Work<PostgresSession>> group)
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

    /// <summary>Skips the signals that are known; the rest gets positions, and is sent with its group.</summary>
    /// <exception cref="StaleMoveException">A video is not where an entry says.</exception>
    public Appended Append(IReadOnlyList<PreparedEntry> entries)
    {
        var positions = ImmutableArray.CreateBuilder<long?>(entries.Count);
        foreach (var entry in entries)
        {
            var position = _given + 1;
            if (!_draft.TryAdd(position, entry))
            {
                positions.Add(null);
                continue;
            }
            LastWritten = _given = position;
            _effects.Write(entry.Entry, position);
            positions.Add(position);
        }
        return new Appended(positions.MoveToImmutable());
    }

    /// <summary>Connects again if need be, and writes something as large as many entries.</summary>
    /// <exception cref="StoreUnavailableException">Another process writes this store, or has written it meanwhile.</exception>
    /// <exception cref="NpgsqlException">The server still fails.</exception>
    public void Probe()
    {
        if (_connection.FullState != ConnectionState.Open) Reconnect();
        Run("INSERT INTO probe VALUES (?1)", new byte[ProbeBytes]);
        Run("DELETE FROM probe");
    }

    public StoreUnavailableException? Explain(Exception thrown) => PostgresFailure.Explain(thrown);

    public int Run(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public object? Scalar(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public void Dispose() => _connection.Dispose();

    private Exception?[] Commit(IReadOnlyList<Work<PostgresSession>> group, Func<Work<PostgresSession>, Exception?> apply)
    {
        var (given, lastWritten) = (_given, LastWritten);
        var committed = false;
        try
        {
            Begin();
            if (apply == ApplyGuarded) _draft.Know(KnownOf(group));
            var refusals = new Exception?[group.Count];
            for (var i = 0; i < group.Count; i++) refusals[i] = apply(group[i]);
            Send();
            if (_given != _savedHead) Run("UPDATE ledger_head SET position = ?1", _given);
            Run("COMMIT");
            committed = true;
            _savedHead = _given;
            return refusals;
        }
        finally
        {
            _draft.Clear();
            if (!committed)
            {
                RollBack();
                (_given, LastWritten) = (given, lastWritten);
            }
        }
    }

    /// <summary>The row stays locked until the end, so that two who both believe to be the writer cannot write by turns.</summary>
    private void Begin()
    {
        Run("BEGIN");
        if (Scalar("SELECT position FROM ledger_head WHERE epoch = ?1 FOR UPDATE", _epoch) is null) throw Superseded();
    }

    private Exception? ApplyUnguarded(Work<PostgresSession> work)
    {
        work.Apply(this);
        return null;
    }

    /// <summary>Whatever one work throws is its caller's, not its neighbours', unless the server itself failed.</summary>
    private Exception? ApplyGuarded(Work<PostgresSession> work)
    {
        var (given, lastWritten) = (_given, LastWritten);
        Run("SAVEPOINT work");
        Exception? refusal = null;
        try
        {
            work.Apply(this);
            Send();
        }
        catch (Exception thrown) when (Explain(thrown) is null)
        {
            refusal = thrown;
            Run("ROLLBACK TO work");
            _draft.TakeBack(0);
            (_given, LastWritten) = (given, lastWritten);
        }
        Run("RELEASE work");
        return refusal;
    }

    private void Send()
    {
        if (_draft.Rows.Count > 0) LedgerCopy.Write(_connection, _draft.Rows);
        _draft.Sent();
    }

    private List<Guid> KnownOf(IReadOnlyList<Work<PostgresSession>> group)
    {
        var signals = group.OfType<AppendWork>().SelectMany(work => work.Entries).Where(entry => entry.EventKey is not null).ToArray();
        using var command = Command(
            "SELECT event_key FROM unnest(?1, ?2) AS sent (viewer, event_key) JOIN ledger USING (viewer, event_key)",
            signals.Select(signal => signal.Entry.OfViewer?.Value ?? 0).ToArray(),
            signals.Select(signal => new Guid(signal.EventKey, bigEndian: true)).ToArray());
        using var rows = command.ExecuteReader();
        var known = new List<Guid>();
        while (rows.Read()) known.Add(rows.GetGuid(0));
        return known;
    }

    /// <summary>After a broken connection there is nothing to undo here: the server does it, or has committed already.</summary>
    private void RollBack()
    {
        try
        {
            if (_connection.FullState == ConnectionState.Open) Run("ROLLBACK");
        }
        catch (NpgsqlException)
        {
            _connection.Close();
        }
    }

    /// <summary>The lock again, and where the ledger stands now: the last commit may have reached the disk before the connection broke.</summary>
    private void Reconnect()
    {
        _connection.Dispose();
        _connection = _login.Open(patience: TimeSpan.Zero);
        if (Scalar("SELECT epoch FROM ledger_head WHERE epoch = ?1", _epoch) is null)
        {
            _connection.Close();
            throw Superseded();
        }
        ReadHead();
    }

    private void ReadHead()
    {
        _savedHead = _given = (long)(Scalar("SELECT position FROM ledger_head") ?? 0L);
        LastWritten = (long)(Scalar("SELECT coalesce(max(position), 0) FROM ledger") ?? 0L);
    }

    private StoreUnavailableException Superseded() => new(
        $"Another process has opened the store in {_login.Name} since the connection was lost: what this one remembers may be out of date, restart it.");

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(PostgresSql.Numbered(sql), _connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }
}
