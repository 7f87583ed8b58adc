using Groundswell.Core;
using Groundswell.Storage.GroupCommit;
using Microsoft.Data.Sqlite;

namespace Groundswell.Storage.Sqlite;

/// <summary>The writer's connection to the file.</summary>
internal sealed class SqliteSession : WriteSession<SqliteSession>
{
    private const int ProbeBytes = 65_536;

    private readonly LedgerTable _ledger;

    public SqliteSession(SqliteConnection connection, StoreOptions options) : base(options)
    {
        Connection = connection;
        Statements = new Statements(connection);
        _ledger = new LedgerTable(Statements);
        ReadHead();
    }

    public SqliteConnection Connection { get; }
    public Statements Statements { get; }

    /// <summary>Writes something as large as many entries and takes it away again.</summary>
    /// <exception cref="SqliteException">The store still cannot write.</exception>
    public override void Probe()
    {
        Run($"INSERT INTO probe VALUES (zeroblob({ProbeBytes}))");
        Run("DELETE FROM probe");
    }

    public override StoreUnavailableException? Explain(Exception thrown) => thrown is SqliteException failure ? SqliteFailure.Explain(failure) : null;

    public override int Run(string sql, params ReadOnlySpan<object?> values) => Statements.Prepared(sql).Run(values);

    public override void RunEach(string sql, IEnumerable<object?[]> rows)
    {
        var statement = Statements.Prepared(sql);
        foreach (var row in rows) statement.Run(row);
    }

    public override object? Scalar(string sql, params ReadOnlySpan<object?> values) => Statements.Prepared(sql).Scalar(values);

    public override long? PositionOf(ViewerId viewer, string eventId) =>
        (long?)Scalar("SELECT position FROM ledger WHERE viewer = ?1 AND event_key = ?2", viewer.Value, EventKey.Of(viewer, eventId));

    public override int Delete(IReadOnlyList<long> positions) => _ledger.Delete(positions);

    public override void Dispose()
    {
        Statements.Dispose();
        Connection.Dispose();
    }

    protected override void Begin(IReadOnlyList<Work<SqliteSession>> group, bool asked) => Run("BEGIN IMMEDIATE");

    protected override bool Insert(long position, PreparedEntry entry) => _ledger.Insert(position, entry);

    /// <summary>A full disk makes SQLite roll back by itself.</summary>
    protected override void RollBack()
    {
        if (Statements.InTransaction) Run("ROLLBACK");
    }
}
