using System.Text.Json;

namespace Groundswell.Storage.Sqlite;

/// <summary>
/// The baseline and what may go below it. What goes is found by a reader, since entries never change: the writer only
/// deletes rows by position.
/// </summary>
internal sealed class SqliteRetention(SqliteWriter writer, RecentEntries recent, Readers readers, StoreOptions options, TimeProvider time)
{
    /// <summary>Signals of schema 1 do not say their type in <c>kind</c>; their bodies do.</summary>
    private const string Next =
        """
        SELECT position, at < ?4
          AND CASE kind WHEN 'signal' THEN json_extract(CAST(body AS TEXT), '$.type') ELSE kind END IN (SELECT value FROM json_each(?3))
        FROM ledger WHERE position > ?1 AND position <= ?2 ORDER BY position LIMIT ?5
        """;

    public long Baseline => readers.Read("SELECT baseline FROM ledger_head", row => row.Int64(0)).Single();

    public Task SetBaselineAsync(long position, CancellationToken cancellation) => writer.WriteAsync(
        new Work<long>(1, session =>
        {
            if (position > session.LastWritten)
                throw new ArgumentOutOfRangeException(nameof(position), position, $"The ledger ends at {session.LastWritten}.");
            if (session.Statements.Prepared("UPDATE ledger_head SET baseline = ?1 WHERE baseline <= ?1").Run(position) == 0)
                throw new ArgumentOutOfRangeException(nameof(position), position, "A baseline is never lowered.");
            return position;
        }),
        cancellation);

    public async Task<Deleted> DeleteAsync(Deletion deletion, long after, int most, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, options.MostPerCommit);
        deletion.Check(Baseline, time.GetUtcNow());
        var next = readers.Read(
            Next, row => (Position: row.Int64(0), Goes: row.Int64(1) != 0),
            after, deletion.UpTo, JsonSerializer.Serialize(deletion.Kinds.Select(kind => kind.Name)), deletion.RecordedBefore.ToUnixTimeMilliseconds(), most);
        var finished = next.Count < most;
        var lookedUpTo = finished ? deletion.UpTo : next[^1].Position;
        long[] going = [.. next.Where(row => row.Goes).Select(row => row.Position)];
        if (going.Length == 0) return new Deleted(0, lookedUpTo, finished);
        var deleted = await writer.WriteAsync(new Work<int>(going.Length, session => session.Ledger.Delete(going)), cancellation);
        recent.ForgetUpTo(going[^1]);
        return new Deleted(deleted, lookedUpTo, finished);
    }
}
