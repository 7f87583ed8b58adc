using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Storage.GroupCommit;
using Groundswell.Storage.Sql;

namespace Groundswell.Storage.Sqlite;

internal sealed class SqliteLedger(GroupWriter<SqliteSession> writer, RecentEntries recent, Readers readers, StoreOptions options, TimeProvider time)
    : StoredLedger<SqliteSession>(writer, recent, readers, new SqliteRetention(writer, recent, readers, options, time), options)
{
    /// <summary>The rows of <c>ledger_journal</c> and of <c>ledger_engagement</c>, word for word as the schema says it: SQLite compares no meanings.</summary>
    private const string Journal = "(kind = 'video_uploaded' OR kind = 'video_processed' OR kind = 'video_moved')";
    private const string Engagement = "(kind = 'play_end' OR kind = 'like' OR kind = 'unlike' OR kind = 'comment' OR kind = 'delete_comment' OR kind = 'share' OR kind = 'signal')";

    private readonly Readers _readers = readers;

    /// <summary>Positions first: a viewer's entries come out of the index by event key, and sorting them must not read their bodies.</summary>
    public override IReadOnlyList<Recorded> ReadViewer(ViewerId viewer, long after, int most) =>
        _readers.Read(
            """
            SELECT position, body FROM ledger WHERE position IN (
              SELECT position FROM ledger INDEXED BY ledger_by_viewer WHERE viewer = ?1 AND position > ?2 ORDER BY position LIMIT ?3)
            ORDER BY position
            """,
            Entry, viewer.Value, after, most);

    /// <summary>Signals of schema 1 do not say their type in <c>kind</c>; their bodies do.</summary>
    public override IReadOnlyList<Recorded> ReadEngagement(VideoId video, long after, int most) =>
        _readers.Read(
            $"""
            SELECT position, body FROM ledger INDEXED BY ledger_engagement
            WHERE video = ?1 AND position > ?2 AND {Engagement}
              AND (kind <> 'signal' OR json_extract(CAST(body AS TEXT), '$.type') IN ('play_end', 'like', 'unlike', 'comment', 'delete_comment', 'share'))
            ORDER BY position LIMIT ?3
            """,
            Entry, video.Value, after, most);

    public override IReadOnlyList<Recorded> ReadJournal(VideoId video) =>
        _readers.Read(
            $"SELECT position, body FROM ledger INDEXED BY ledger_journal WHERE video = ?1 AND {Journal} ORDER BY position",
            Entry, video.Value);

    public override IReadOnlySet<string> KnownEvents(ViewerId viewer, IReadOnlyCollection<string> eventIds) => _readers.AtOneMoment(statements =>
    {
        var holds = statements.Prepared("SELECT 1 FROM ledger INDEXED BY ledger_by_viewer WHERE viewer = ?1 AND event_key = ?2");
        holds.Bind(1, viewer.Value);
        var known = new HashSet<string>(StringComparer.Ordinal);
        Span<byte> key = stackalloc byte[EventKey.Length];
        foreach (var eventId in eventIds)
        {
            EventKey.Write(viewer, eventId, key);
            holds.Bind(2, key);
            if (holds.Step()) known.Add(eventId);
            holds.Reset();
        }
        return known;
    });
}
