using System.Collections.Immutable;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;

namespace Groundswell.Storage.Sqlite;

/// <summary>Writes entries with everything that must change together with them. Used by the writer only.</summary>
internal sealed class LedgerTable(WriteSession session)
{
    private readonly VideoTable _videos = new(session.Statements);

    private readonly Statement _insert = session.Statements.Prepared(
        """
        INSERT INTO ledger (position, at, kind, viewer, video, creator, event_key, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (viewer, event_key) WHERE viewer IS NOT NULL DO NOTHING
        """);

    private readonly Statement _comment = session.Statements.Prepared(
        "INSERT INTO comments (position, video, viewer, text, at) VALUES (?1, ?2, ?3, ?4, ?5)");

    private readonly Statement _delete = session.Statements.Prepared("DELETE FROM ledger WHERE position = ?1");

    // A comment stands at its signal's position.
    private readonly Statement _deleteComment = session.Statements.Prepared(
        "DELETE FROM comments WHERE position = (SELECT position FROM ledger WHERE viewer = ?1 AND event_key = ?2)");

    /// <exception cref="StaleMoveException">A video is not where an entry says.</exception>
    public Appended Append(PreparedEntry[] entries)
    {
        var positions = ImmutableArray.CreateBuilder<long?>(entries.Length);
        foreach (var entry in entries) positions.Add(Append(entry));
        return new Appended(positions.MoveToImmutable());
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

    private long? Append(PreparedEntry prepared)
    {
        var entry = prepared.Entry;
        var position = session.Next;
        if (!Insert(position, prepared)) return null;
        session.Take(position, entry);
        switch (entry)
        {
            case VideoUploaded uploaded:
                _videos.Add(uploaded, position);
                break;
            case VideoMoved moved:
                _videos.Move(moved, position);
                break;
            case SignalRecorded { Type: SignalType.Comment, Disqualified: null, Change: not null, Text: { Length: > 0 } text } signal:
                _comment.Run(position, signal.Video.Value, signal.Viewer.Value, text, signal.At.ToUnixTimeMilliseconds());
                break;
            case SignalRecorded { TakenBack: { } comments } signal:
                foreach (var comment in comments) _deleteComment.Run(signal.Viewer.Value, EventKey.Of(signal.Viewer, comment));
                break;
        }
        return position;
    }

    private bool Insert(long position, PreparedEntry prepared)
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
}
