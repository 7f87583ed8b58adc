namespace Groundswell.Storage.Sqlite;

internal sealed class SqliteSnapshots(SqliteWriter writer, Readers readers, StoreOptions options) : ISnapshots
{
    public Snapshot? Load(string kind, long id) =>
        readers.Read("SELECT id, watermark, body FROM snapshots WHERE kind = ?1 AND id = ?2", Row, kind, id).FirstOrDefault();

    public IEnumerable<Snapshot> LoadAll(string kind) =>
        readers.Stream("SELECT id, watermark, body FROM snapshots WHERE kind = ?1 ORDER BY id", Row, kind);

    public Task SaveAsync(string kind, IReadOnlyCollection<Snapshot> changed, long watermark, CancellationToken cancellation) =>
        writer.WriteAsync(new Work<int>(WeightOf(changed.Count), session => Save(session, kind, changed, watermark)), cancellation);

    public long Watermark(string kind) =>
        readers.Read("SELECT watermark FROM snapshot_watermarks WHERE kind = ?1", row => row.Int64(0), kind).FirstOrDefault();

    public Task DeleteAsync(string kind, CancellationToken cancellation) =>
        writer.WriteAsync(new Work<int>(1, session => Delete(session, kind)), cancellation);

    private static int Save(WriteSession session, string kind, IReadOnlyCollection<Snapshot> changed, long watermark)
    {
        var save = session.Statements.Prepared(
            """
            INSERT INTO snapshots (kind, id, watermark, body) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (kind, id) DO UPDATE SET watermark = excluded.watermark, body = excluded.body
            """);
        foreach (var (id, rowWatermark, body) in changed) save.Run(kind, id, rowWatermark, body);
        session.Statements.Prepared("INSERT OR REPLACE INTO snapshot_watermarks (kind, watermark) VALUES (?1, ?2)").Run(kind, watermark);
        return changed.Count;
    }

    private static int Delete(WriteSession session, string kind) =>
        session.Statements.Prepared("DELETE FROM snapshots WHERE kind = ?1").Run(kind)
        + session.Statements.Prepared("DELETE FROM snapshot_watermarks WHERE kind = ?1").Run(kind);

    /// <summary>However many rows, it fits into the queue: its rows are the caller's memory already.</summary>
    private int WeightOf(int rows) => Math.Clamp(rows, 1, options.MostPerCommit);

    private static Snapshot Row(Statement row) => new(row.Int64(0), row.Int64(1), row.Blob(2).ToArray());
}
