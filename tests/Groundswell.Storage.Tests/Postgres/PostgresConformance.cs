using Groundswell.Storage.Tests.Accounts;
using Groundswell.Storage.Tests.Comments;
using Groundswell.Storage.Tests.Ledger;
using Groundswell.Storage.Tests.Snapshots;

namespace Groundswell.Storage.Tests.Postgres;

public sealed class PostgresLedgerConformance : LedgerConformance
{
    protected override Backend NewBackend() => new PostgresBackend();
}

public sealed class PostgresGroupCommitConformance : GroupCommitConformance
{
    protected override Backend NewBackend() => new PostgresBackend();
}

public sealed class PostgresRecentEntriesConformance : RecentEntriesConformance
{
    protected override Backend NewBackend() => new PostgresBackend();
}

public sealed class PostgresRetentionConformance : RetentionConformance
{
    protected override Backend NewBackend() => new PostgresBackend();
}

public sealed class PostgresVideoStageConformance : VideoStageConformance
{
    protected override Backend NewBackend() => new PostgresBackend();
}

public sealed class PostgresSnapshotsConformance : SnapshotsConformance
{
    protected override Backend NewBackend() => new PostgresBackend();
}

public sealed class PostgresPartedSnapshotConformance : PartedSnapshotConformance
{
    protected override Backend NewBackend() => new PostgresBackend();
}

public sealed class PostgresAccountsConformance : AccountsConformance
{
    protected override Backend NewBackend() => new PostgresBackend();
}

public sealed class PostgresCommentsConformance : CommentsConformance
{
    protected override Backend NewBackend() => new PostgresBackend();
}
