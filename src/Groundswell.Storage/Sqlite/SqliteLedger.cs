using System.Text.Json;
using Groundswell.Core;
using Groundswell.Core.Ledger;

namespace Groundswell.Storage.Sqlite;

internal sealed class SqliteLedger(SqliteWriter writer, RecentEntries recent, Readers readers, StoreOptions options, TimeProvider time) : ILedger
{
    /// <summary>The rows of <c>ledger_journal</c> and of <c>ledger_engagement</c>, word for word as the schema says it: SQLite compares no meanings.</summary>
    private const string Journal = "(kind = 'video_uploaded' OR kind = 'video_processed' OR kind = 'video_moved')";
    private const string Engagement = "(kind = 'play_end' OR kind = 'like' OR kind = 'unlike' OR kind = 'comment' OR kind = 'delete_comment' OR kind = 'share' OR kind = 'signal')";

    private readonly SqliteRetention _retention = new(writer, recent, readers, options, time);

    public long Head => writer.Head.Position;

    public long Baseline => _retention.Baseline;

    public async ValueTask<Appended> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0) return Appended.Nothing;
        if (entries.Count > options.MostPerCommit)
            throw new ArgumentException($"{entries.Count} entries in one call: at most {options.MostPerCommit}.", nameof(entries));
        return await AppendAsync(PreparedEntry.Of(entries), cancellation);
    }

    public Task<Appended> AppendAsync(PreparedEntry[] entries, CancellationToken cancellation) => writer.WriteAsync(Append(entries), cancellation);

    public bool TryAppendLater(LedgerEntry entry)
    {
        if (!LedgerFacts.MayBeLost(entry))
            throw new ArgumentException($"{LedgerFacts.NameOf(entry)} must be durable before it is acknowledged.", nameof(entry));
        return writer.TryWriteLater(Append([PreparedEntry.Of(entry)]));
    }

    public IReadOnlyList<Recorded> Read(long after, int most)
    {
        readers.ThrowIfClosed();
        return recent.Read(after, most)
            ?? readers.Read("SELECT position, body FROM ledger WHERE position > ?1 ORDER BY position LIMIT ?2", Entry, after, most);
    }

    /// <summary>Positions first: a viewer's entries come out of the index by event key, and sorting them must not read their bodies.</summary>
    public IReadOnlyList<Recorded> ReadViewer(ViewerId viewer, long after, int most) =>
        readers.Read(
            """
            SELECT position, body FROM ledger WHERE position IN (
              SELECT position FROM ledger INDEXED BY ledger_by_viewer WHERE viewer = ?1 AND position > ?2 ORDER BY position LIMIT ?3)
            ORDER BY position
            """,
            Entry, viewer.Value, after, most);

    /// <summary>Signals of schema 1 do not say their type in <c>kind</c>; their bodies do.</summary>
    public IReadOnlyList<Recorded> ReadEngagement(VideoId video, long after, int most) =>
        readers.Read(
            $"""
            SELECT position, body FROM ledger INDEXED BY ledger_engagement
            WHERE video = ?1 AND position > ?2 AND {Engagement}
              AND (kind <> 'signal' OR json_extract(CAST(body AS TEXT), '$.type') IN ('play_end', 'like', 'unlike', 'comment', 'delete_comment', 'share'))
            ORDER BY position LIMIT ?3
            """,
            Entry, video.Value, after, most);

    public IReadOnlyList<Recorded> ReadJournal(VideoId video) =>
        readers.Read(
            $"SELECT position, body FROM ledger INDEXED BY ledger_journal WHERE video = ?1 AND {Journal} ORDER BY position",
            Entry, video.Value);

    public IReadOnlySet<string> KnownEvents(ViewerId viewer, IReadOnlyCollection<string> eventIds) => readers.AtOneMoment(statements =>
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

    public Task SetBaselineAsync(long position, CancellationToken cancellation) => _retention.SetBaselineAsync(position, cancellation);

    public Task<Deleted> DeleteAsync(Deletion deletion, long after, int most, CancellationToken cancellation) =>
        _retention.DeleteAsync(deletion, after, most, cancellation);

    public ValueTask WaitPastAsync(long position, CancellationToken cancellation) => writer.Head.WaitPastAsync(position, cancellation);

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private static Work<Appended> Append(PreparedEntry[] entries) => new(entries.Length, session => session.Ledger.Append(entries));

    private static Recorded Entry(Statement row) => new(
        row.Int64(0),
        JsonSerializer.Deserialize<LedgerEntry>(row.Blob(1), GroundswellJson.Ledger)
            ?? throw new JsonException($"The ledger holds no entry at position {row.Int64(0)}."));
}
