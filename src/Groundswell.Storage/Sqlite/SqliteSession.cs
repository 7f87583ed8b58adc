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

    private bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(Connection.Handle) == 0;

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
        if (InTransaction) Run("ROLLBACK");
    }
}
