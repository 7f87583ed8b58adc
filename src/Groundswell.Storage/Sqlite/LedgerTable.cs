namespace Groundswell.Storage.Sqlite;

/// <summary>The ledger's rows, bound to SQLite value by value. Used by the writer only.</summary>
internal sealed class LedgerTable(Statements statements)
{
    private readonly Statement _insert = statements.Prepared(
        """
        INSERT INTO ledger (position, at, kind, viewer, video, creator, event_key, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (viewer, event_key) WHERE viewer IS NOT NULL DO NOTHING
        """);

    private readonly Statement _delete = statements.Prepared("DELETE FROM ledger WHERE position = ?1");

    /// <summary>False, and nothing is written, when the signal is known.</summary>
    public bool Insert(long position, PreparedEntry prepared)
    {
        var (entry, kind, body, eventKey) = prepared;
        _insert.Bind(1, position);
        _insert.Bind(2, entry.At.ToUnixTimeMilliseconds());
        _insert.Bind(3, kind.Name);
        _insert.Bind(4, entry.OfViewer?.Value);
        _insert.Bind(5, entry.OfVideo?.Value);
        _insert.Bind(6, entry.OfCreator?.Value);
        _insert.Bind(7, eventKey);
        _insert.Bind(8, body);
        return _insert.Run() == 1;
    }

    /// <returns>How many of them were there.</returns>
    public int Delete(IReadOnlyList<long> positions)
    {
        var deleted = 0;
        foreach (var position in positions)
        {
            _delete.Bind(1, position);
            deleted += _delete.Run();
        }
        return deleted;
    }
}
