using Groundswell.Storage.Tests.Accounts;
using Groundswell.Storage.Tests.Comments;
using Groundswell.Storage.Tests.Ledger;
using Groundswell.Storage.Tests.Snapshots;

namespace Groundswell.Storage.Tests.Sqlite;

public sealed class SqliteLedgerConformance : LedgerConformance
{
    protected override Backend NewBackend() => new SqliteBackend();
}

public sealed class SqliteGroupCommitConformance : GroupCommitConformance
{
    protected override Backend NewBackend() => new SqliteBackend();
}

public sealed class SqliteRecentEntriesConformance : RecentEntriesConformance
{
    protected override Backend NewBackend() => new SqliteBackend();
}

public sealed class SqliteRetentionConformance : RetentionConformance
{
    protected override Backend NewBackend() => new SqliteBackend();
}

public sealed class SqliteVideoStageConformance : VideoStageConformance
{
    protected override Backend NewBackend() => new SqliteBackend();
}

public sealed class SqliteSnapshotsConformance : SnapshotsConformance
{
    protected override Backend NewBackend() => new SqliteBackend();
}

public sealed class SqlitePartedSnapshotConformance : PartedSnapshotConformance
{
    protected override Backend NewBackend() => new SqliteBackend();
}

public sealed class SqliteAccountsConformance : AccountsConformance
{
    protected override Backend NewBackend() => new SqliteBackend();
}

public sealed class SqliteCommentsConformance : CommentsConformance
{
    protected override Backend NewBackend() => new SqliteBackend();
}
