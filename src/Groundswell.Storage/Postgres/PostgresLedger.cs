using System.Data.Common;
using System.Text.Json;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Storage.GroupCommit;

namespace Groundswell.Storage.Postgres;

internal sealed class PostgresLedger(GroupWriter<PostgresSession> writer, PostgresReaders readers, StoreOptions options) : ILedger
{
    public long Head => writer.Head.Position;

    public async ValueTask<Appended> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0) return Appended.Nothing;
        if (entries.Count > options.MostPerCommit)
            throw new ArgumentException($"{entries.Count} entries in one call: at most {options.MostPerCommit}.", nameof(entries));
        return await writer.WriteAsync(new AppendWork([.. entries.Select(PreparedEntry.Of)]), cancellation);
    }

    public bool TryAppendLater(LedgerEntry entry)
    {
        if (!LedgerFacts.MayBeLost(entry))
            throw new ArgumentException($"{LedgerFacts.NameOf(entry)} must be durable before it is acknowledged.", nameof(entry));
        return writer.TryWriteLater(new AppendWork([PreparedEntry.Of(entry)]));
    }

    public IReadOnlyList<Recorded> Read(long after, int most) =>
        readers.Read("SELECT position, body FROM ledger WHERE position > ?1 ORDER BY position LIMIT ?2", Entry, after, most);

    /// <summary>Sorted by a sum, so that the server takes the viewer's index: it would else think of walking through the whole ledger in order.</summary>
    public IReadOnlyList<Recorded> ReadViewer(ViewerId viewer, long after, int most) =>
        readers.Read(
            "SELECT position, body FROM ledger WHERE viewer = ?1 AND position > ?2 ORDER BY position + 0 LIMIT ?3",
            Entry, viewer.Value, after, most);

    public IReadOnlyList<Recorded> ReadVideo(VideoId video, long after, int most) =>
        readers.Read(
            "SELECT position, body FROM ledger WHERE video = ?1 AND position > ?2 ORDER BY position LIMIT ?3",
            Entry, video.Value, after, most);

    public IReadOnlyList<Recorded> ReadJournal(VideoId video) =>
        readers.Read(
            """
            SELECT position, body FROM ledger
            WHERE video = ?1 AND fact IN ('video_uploaded', 'video_processed', 'video_moved') ORDER BY position
            """,
            Entry, video.Value);

    public IReadOnlySet<string> KnownEvents(ViewerId viewer, IReadOnlyCollection<string> eventIds)
    {
        var keys = eventIds.Distinct(StringComparer.Ordinal).ToDictionary(eventId => new Guid(EventKey.Of(viewer, eventId), bigEndian: true));
        return readers.Read("SELECT event_key FROM ledger WHERE viewer = ?1 AND event_key = ANY (?2)", row => row.GetGuid(0), viewer.Value, keys.Keys.ToArray())
            .Select(key => keys[key]).ToHashSet(StringComparer.Ordinal);
    }

    public ValueTask WaitPastAsync(long position, CancellationToken cancellation) => writer.Head.WaitPastAsync(position, cancellation);

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private static Recorded Entry(DbDataReader row) => new(
        row.GetInt64(0),
        JsonSerializer.Deserialize<LedgerEntry>(row.GetFieldValue<byte[]>(1), GroundswellJson.Options)
            ?? throw new JsonException($"The ledger holds no entry at position {row.GetInt64(0)}."));
}
