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
        INSERT INTO ledger (position, at, fact, viewer, video, creator, event_key, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (event_key) WHERE event_key IS NOT NULL DO NOTHING
        """,
        8);

    private readonly Statement _comment = session.Statements.Prepared(
        "INSERT INTO comments (position, video, viewer, text, at) VALUES (?1, ?2, ?3, ?4, ?5)", 5);

    // A comment stands at its signal's position.
    private readonly Statement _deleteComment = session.Statements.Prepared(
        "DELETE FROM comments WHERE position = (SELECT position FROM ledger WHERE event_key = ?1)", 1);

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
                foreach (var comment in comments) _deleteComment.Run(EventKey.Of(signal.Viewer, comment));
                break;
        }
        return position;
    }
}
