using Groundswell.Storage.GroupCommit;
using Groundswell.Storage.Sql;

namespace Groundswell.Storage.Postgres;

internal sealed class PostgresRetention(
    GroupWriter<PostgresSession> writer, RecentEntries recent, PostgresReaders readers, StoreOptions options, TimeProvider time)
    : Retention<PostgresSession>(writer, recent, readers, options, time)
{
    private readonly PostgresReaders _readers = readers;

    protected override List<(long Position, bool Goes)> Next(Deletion deletion, long after, int most) => _readers.Read(
        """
        SELECT position, (at < ?4 AND kind = ANY (?3))::int::bigint
        FROM ledger WHERE position > ?1 AND position <= ?2 ORDER BY position LIMIT ?5
        """,
        row => (row.Int64(0), row.Int64(1) != 0),
        after, deletion.UpTo, deletion.Kinds.Select(kind => kind.Name).ToArray(), deletion.RecordedBefore.ToUnixTimeMilliseconds(), most);
}
