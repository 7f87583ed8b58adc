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
        var eventKey = entry.EventKey is { } key ? new Guid(key, bigEndian: true) : (Guid?)null;
        if (eventKey is { } signal && !_known.Add(signal)) return false;
        _rows.Add(new DraftRow(position, entry, eventKey));
        return true;
    }

    /// <summary>These are in the ledger already.</summary>
    public void Know(IEnumerable<Guid> eventKeys) => _known.UnionWith(eventKeys);

    /// <summary>Forgets the rows from a number on, their events included.</summary>
    public void TakeBack(int first)
    {
        foreach (var row in _rows.Skip(first))
        {
            if (row.EventKey is { } key) _known.Remove(key);
        }
        _rows.RemoveRange(first, _rows.Count - first);
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
