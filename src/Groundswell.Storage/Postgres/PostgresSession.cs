using System.Data;
using Groundswell.Storage.GroupCommit;
using Npgsql;

namespace Groundswell.Storage.Postgres;

/// <summary>The writer's connection to the server, opened again when it is lost.</summary>
/// <remarks>
/// Entries are sent together at the end, and without asking which signals are known: callers have looked before they
/// append, so there hardly ever is one, and the unique index refuses it. Only then is the group asked about.
/// </remarks>
internal sealed class PostgresSession : WriteSession<PostgresSession>
{
    private const int ProbeBytes = 65_536;
    private const int StatementsAtOnce = 500;

    private readonly WriterLogin _login;
    private readonly LedgerDraft _draft = new();
    private readonly long _epoch;
    private NpgsqlConnection _connection;

    /// <param name="connection">From the login, its schema up to date; the session owns it from now on.</param>
    public PostgresSession(WriterLogin login, NpgsqlConnection connection, StoreOptions options) : base(options)
    {
        (_login, _connection) = (login, connection);
        _epoch = (long)(Scalar("UPDATE ledger_head SET epoch = epoch + 1 RETURNING epoch") ?? 0L);
        ReadHead();
    }

    /// <summary>Connects again if need be, writes something as large as many entries, and takes it away again.</summary>
    /// <exception cref="StoreUnavailableException">Another process writes this store, or has opened it meanwhile.</exception>
    /// <exception cref="NpgsqlException">The server still fails.</exception>
    public override void Probe()
    {
        if (_connection.FullState != ConnectionState.Open) Reconnect();
        Run("INSERT INTO probe VALUES (?1)", new byte[ProbeBytes]);
        Run("DELETE FROM probe");
    }

    public override StoreUnavailableException? Explain(Exception thrown) => PostgresFailure.Explain(thrown);

    public override int Run(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Sent together: to wait for each answer would hold everybody up by the length of the wire, each time.</summary>
    public override void RunEach(string sql, IEnumerable<object?[]> rows)
    {
        foreach (var chunk in rows.Chunk(StatementsAtOnce))
        {
            using var batch = new NpgsqlBatch(_connection);
            foreach (var row in chunk)
            {
                var command = new NpgsqlBatchCommand(PostgresSql.Numbered(sql));
                foreach (var value in row) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
                batch.BatchCommands.Add(command);
            }
            batch.ExecuteNonQuery();
        }
    }

    public override object? Scalar(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public override int Delete(IReadOnlyList<long> positions) => Run("DELETE FROM ledger WHERE position = ANY (?1)", positions.ToArray());

    public override void Dispose() => _connection.Dispose();

    /// <summary>The head's row stays locked until the end, so that two who both believe to be the writer cannot write by turns.</summary>
    protected override void Begin(IReadOnlyList<Work<PostgresSession>> group, bool asked)
    {
        _draft.Clear();
        if (_connection.FullState != ConnectionState.Open) throw new StoreUnavailableException("The connection to the database server was lost.");
        Run("BEGIN");
        if (Scalar("SELECT position FROM ledger_head WHERE epoch = ?1 FOR UPDATE", _epoch) is null) throw Superseded();
        if (asked) _draft.Know(KnownOf(group));
    }

    protected override bool Insert(long position, PreparedEntry entry) => _draft.TryAdd(position, entry);

    protected override void Send()
    {
        if (_draft.Rows.Count > 0) LedgerCopy.Write(_connection, _draft.Rows);
        _draft.Sent();
    }

    protected override void TakeBack() => _draft.TakeBack();

    /// <summary>After a broken connection there is nothing to undo here: the server does it, or has committed already.</summary>
    protected override void RollBack()
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

    private List<Guid> KnownOf(IReadOnlyList<Work<PostgresSession>> group)
    {
        var signals = group.OfType<AppendWork<PostgresSession>>().SelectMany(work => work.Entries).Where(entry => entry.EventKey is not null).ToArray();
        using var command = Command(
            "SELECT event_key FROM unnest(?1, ?2) AS sent (viewer, event_key) JOIN ledger USING (viewer, event_key)",
            signals.Select(signal => signal.Entry.OfViewer?.Value ?? 0).ToArray(),
            signals.Select(signal => LedgerDraft.KeyOf(signal)).OfType<Guid>().ToArray());
        using var rows = command.ExecuteReader();
        var known = new List<Guid>();
        while (rows.Read()) known.Add(rows.GetGuid(0));
        return known;
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
