using Groundswell.Storage.GroupCommit;

namespace Groundswell.Storage.Sql;

internal sealed class StoredSnapshots<TSession>(GroupWriter<TSession> writer, IReaders readers, StoreOptions options) : ISnapshots
    where TSession : WriteSession<TSession>
{
    public Snapshot? Load(string kind, long id) =>
        readers.Read("SELECT id, watermark, body FROM snapshots WHERE kind = ?1 AND id = ?2", Row, kind, id).FirstOrDefault();

    public long Count(string kind) => readers.Read("SELECT count(*) FROM snapshots WHERE kind = ?1", row => row.Int64(0), kind).Single();

    public IEnumerable<Snapshot> LoadAll(string kind) =>
        readers.Stream("SELECT id, watermark, body FROM snapshots WHERE kind = ?1 ORDER BY id", Row, kind);

    public Task SaveAsync(string kind, IReadOnlyCollection<Snapshot> changed, long watermark, CancellationToken cancellation) =>
        writer.WriteAsync(new Work<TSession, int>(WeightOf(changed.Count), session => Save(session, kind, changed, watermark)), cancellation);

    public long Watermark(string kind) =>
        readers.Read("SELECT watermark FROM snapshot_watermarks WHERE kind = ?1", row => row.Int64(0), kind).FirstOrDefault();

    public Task DeleteAsync(string kind, CancellationToken cancellation) =>
        writer.WriteAsync(new Work<TSession, int>(1, session => Delete(session, kind)), cancellation);

    private static int Save(TSession session, string kind, IReadOnlyCollection<Snapshot> changed, long watermark)
    {
        session.RunEach(
            """
            INSERT INTO snapshots (kind, id, watermark, body) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (kind, id) DO UPDATE SET watermark = excluded.watermark, body = excluded.body
            """,
            changed.Select(row => (object?[])[kind, row.Id, row.Watermark, row.Body]));
        session.Run(
            """
            INSERT INTO snapshot_watermarks (kind, watermark) VALUES (?1, ?2)
            ON CONFLICT (kind) DO UPDATE SET watermark = excluded.watermark
            """,
            kind, watermark);
        return changed.Count;
    }

    private static int Delete(TSession session, string kind) =>
        session.Run("DELETE FROM snapshots WHERE kind = ?1", kind) + session.Run("DELETE FROM snapshot_watermarks WHERE kind = ?1", kind);

    /// <summary>However many rows, it fits into the queue: its rows are the caller's memory already.</summary>
    private int WeightOf(int rows) => Math.Clamp(rows, 1, options.MostPerCommit);

    private static Snapshot Row(IRow row) => new(row.Int64(0), row.Int64(1), row.Blob(2).ToArray());
}
