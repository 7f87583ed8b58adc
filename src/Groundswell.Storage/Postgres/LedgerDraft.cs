namespace Groundswell.Storage.Postgres;

/// <summary>The entries of a group that have positions and are not yet sent to the server. Not safe for concurrent use.</summary>
internal sealed class LedgerDraft
{
    private readonly List<DraftRow> _rows = [];
    private readonly HashSet<Guid> _known = [];

    public IReadOnlyList<DraftRow> Rows => _rows;

    /// <summary>False, and nothing is added, when the signal is known.</summary>
    public bool TryAdd(long position, PreparedEntry entry)
    {
        var eventKey = KeyOf(entry);
        if (eventKey is { } signal && !_known.Add(signal)) return false;
        _rows.Add(new DraftRow(position, entry, eventKey));
        return true;
    }

    /// <summary>An event key as PostgreSQL keeps 16 bytes best.</summary>
    public static Guid? KeyOf(PreparedEntry entry) => entry.EventKey is { } key ? new Guid(key, bigEndian: true) : null;

    /// <summary>These are in the ledger already.</summary>
    public void Know(IEnumerable<Guid> eventKeys) => _known.UnionWith(eventKeys);

    /// <summary>Forgets the rows, their events included.</summary>
    public void TakeBack()
    {
        foreach (var row in _rows)
        {
            if (row.EventKey is { } key) _known.Remove(key);
        }
        _rows.Clear();
    }

    /// <summary>The rows were sent; their events stay known.</summary>
    public void Sent() => _rows.Clear();

    public void Clear()
    {
        _rows.Clear();
        _known.Clear();
    }
}

internal readonly record struct DraftRow(long Position, PreparedEntry Entry, Guid? EventKey);
