using System.Collections.Immutable;
using Groundswell.Storage.Sql;

namespace Groundswell.Storage.Sqlite;

/// <summary>Writes entries with everything that must change together with them. Used by the writer only.</summary>
internal sealed class LedgerTable(WriteSession session)
{
    private readonly EntryEffects<WriteSession> _effects = new(session);

    private readonly Statement _insert = session.Statements.Prepared(
        """
        INSERT INTO ledger (position, at, fact, viewer, video, creator, event_key, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (event_key) WHERE event_key IS NOT NULL DO NOTHING
        """,
        8);

    /// <exception cref="StaleMoveException">A video is not where an entry says.</exception>
    public Appended Append(IReadOnlyList<PreparedEntry> entries)
    {
        var positions = ImmutableArray.CreateBuilder<long?>(entries.Count);
        foreach (var entry in entries) positions.Add(Append(entry));
        return new Appended(positions.MoveToImmutable());
    }

    private long? Append(PreparedEntry prepared)
    {
        var (entry, fact, body, eventKey) = prepared;
        var position = session.Next;
        var inserted = _insert.Run(
            position, entry.At.ToUnixTimeMilliseconds(), fact, entry.OfViewer?.Value, entry.OfVideo?.Value, entry.OfCreator?.Value, eventKey, body);
        if (inserted == 0) return null;
        session.Take(position);
        _effects.Write(entry, position);
        return position;
    }
}
