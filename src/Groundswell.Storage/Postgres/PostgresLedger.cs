using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Storage.GroupCommit;
using Groundswell.Storage.Sql;

namespace Groundswell.Storage.Postgres;

internal sealed class PostgresLedger(
    GroupWriter<PostgresSession> writer, RecentEntries recent, PostgresReaders readers, StoreOptions options, TimeProvider time)
    : StoredLedger<PostgresSession>(writer, recent, readers, new PostgresRetention(writer, recent, readers, options, time), options)
{
    private readonly PostgresReaders _readers = readers;

    /// <summary>
    /// Positions first: a viewer's entries come out of the index by event key, and sorting them must not read their bodies.
    /// Sorted by a sum, or the server would think of walking through the whole ledger in order instead.
    /// </summary>
    public override IReadOnlyList<Recorded> ReadViewer(ViewerId viewer, long after, int most) => _readers.Read(
        """
        SELECT position, body FROM ledger WHERE position IN (
          SELECT position FROM ledger WHERE viewer = ?1 AND position > ?2 ORDER BY position + 0 LIMIT ?3)
        ORDER BY position
        """,
        Entry, viewer.Value, after, most);

    public override IReadOnlyList<Recorded> ReadEngagement(VideoId video, long after, int most) => _readers.Read(
        """
        SELECT position, body FROM ledger
        WHERE video = ?1 AND position > ?2 AND kind IN ('play_end', 'like', 'unlike', 'comment', 'delete_comment', 'share') ORDER BY position LIMIT ?3
        """,
        Entry, video.Value, after, most);

    public override IReadOnlyList<Recorded> ReadJournal(VideoId video) => _readers.Read(
        """
        SELECT position, body FROM ledger
        WHERE video = ?1 AND kind IN ('video_uploaded', 'video_processed', 'video_moved') ORDER BY position
        """,
        Entry, video.Value);

    public override IReadOnlySet<string> KnownEvents(ViewerId viewer, IReadOnlyCollection<string> eventIds)
    {
        var keys = eventIds.Distinct(StringComparer.Ordinal).ToDictionary(eventId => new Guid(EventKey.Of(viewer, eventId), bigEndian: true));
        return _readers.Read(
                "SELECT uuid_send(event_key) FROM ledger WHERE viewer = ?1 AND event_key = ANY (?2)",
                row => new Guid(row.Blob(0), bigEndian: true), viewer.Value, keys.Keys.ToArray())
            .Select(key => keys[key]).ToHashSet(StringComparer.Ordinal);
    }
}
