using System.Data.Common;
using System.Text.Json;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Storage.GroupCommit;

namespace Groundswell.Storage.Sqlite;

internal sealed class SqliteLedger(GroupWriter<WriteSession> writer, Readers readers, StoreOptions options) : ILedger
{
    public long Head => writer.Head.Position;

    public async ValueTask<Appended> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0) return Appended.Nothing;
        if (entries.Count > options.MostPerCommit)
            throw new ArgumentException($"{entries.Count} entries in one call: at most {options.MostPerCommit}.", nameof(entries));
        return await writer.WriteAsync(Append([.. entries.Select(PreparedEntry.Of)]), cancellation);
    }

    public bool TryAppendLater(LedgerEntry entry)
    {
        if (!LedgerFacts.MayBeLost(entry))
            throw new ArgumentException($"{LedgerFacts.NameOf(entry)} must be durable before it is acknowledged.", nameof(entry));
        return writer.TryWriteLater(Append([PreparedEntry.Of(entry)]));
    }

    public IReadOnlyList<Recorded> Read(long after, int most) =>
        readers.Read("SELECT position, body FROM ledger WHERE position > ?1 ORDER BY position LIMIT ?2", Entry, after, most);

    public IReadOnlyList<Recorded> ReadViewer(ViewerId viewer, long after, int most) =>
        readers.Read(
            "SELECT position, body FROM ledger WHERE viewer = ?1 AND position > ?2 ORDER BY position LIMIT ?3",
            Entry, viewer.Value, after, most);

    public IReadOnlyList<Recorded> ReadVideo(VideoId video, long after, int most) =>
        readers.Read(
            "SELECT position, body FROM ledger WHERE video = ?1 AND position > ?2 ORDER BY position LIMIT ?3",
            Entry, video.Value, after, most);

    public IReadOnlyList<Recorded> ReadJournal(VideoId video) =>
        readers.Read(
            """
            SELECT position, body FROM ledger INDEXED BY ledger_journal
            WHERE video = ?1 AND fact IN ('video_uploaded', 'video_processed', 'video_moved') ORDER BY position
            """,
            Entry, video.Value);

    public IReadOnlySet<string> KnownEvents(ViewerId viewer, IReadOnlyCollection<string> eventIds) =>
        eventIds.Where(eventId => IsKnown(EventKey.Of(viewer, eventId))).ToHashSet(StringComparer.Ordinal);

    public ValueTask WaitPastAsync(long position, CancellationToken cancellation) => writer.Head.WaitPastAsync(position, cancellation);

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private static Work<WriteSession, Appended> Append(PreparedEntry[] entries) => new(entries.Length, session => session.Ledger.Append(entries));

    private bool IsKnown(byte[] eventKey) =>
        readers.Read("SELECT position FROM ledger WHERE event_key = ?1", row => row.GetInt64(0), eventKey).Count > 0;

    private static Recorded Entry(DbDataReader row) => new(
        row.GetInt64(0),
        JsonSerializer.Deserialize<LedgerEntry>(row.GetFieldValue<byte[]>(1), GroundswellJson.Options)
            ?? throw new JsonException($"The ledger holds no entry at position {row.GetInt64(0)}."));
}
