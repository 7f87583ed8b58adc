using System.Text.Json;
using Groundswell.Storage.GroupCommit;
using Groundswell.Storage.Sql;

namespace Groundswell.Storage.Sqlite;

internal sealed class SqliteRetention(GroupWriter<SqliteSession> writer, RecentEntries recent, Readers readers, StoreOptions options, TimeProvider time)
    : Retention<SqliteSession>(writer, recent, readers, options, time)
{
    private readonly Readers _readers = readers;

    /// <summary>Signals of schema 1 do not say their type in <c>kind</c>; their bodies do.</summary>
    protected override List<(long Position, bool Goes)> Next(Deletion deletion, long after, int most) => _readers.Read(
        """
        SELECT position, at < ?4
          AND CASE kind WHEN 'signal' THEN json_extract(CAST(body AS TEXT), '$.type') ELSE kind END IN (SELECT value FROM json_each(?3))
        FROM ledger WHERE position > ?1 AND position <= ?2 ORDER BY position LIMIT ?5
        """,
        row => (row.Int64(0), row.Int64(1) != 0),
        after, deletion.UpTo, JsonSerializer.Serialize(deletion.Kinds.Select(kind => kind.Name)), deletion.RecordedBefore.ToUnixTimeMilliseconds(), most);
}
