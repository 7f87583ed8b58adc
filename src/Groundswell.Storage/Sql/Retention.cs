using Groundswell.Storage.GroupCommit;

namespace Groundswell.Storage.Sql;

/// <summary>
/// The baseline and what may go below it. What goes is found by a reader, since entries never change: the writer only
/// deletes rows by position.
/// </summary>
internal abstract class Retention<TSession>(
    GroupWriter<TSession> writer, RecentEntries recent, IReaders readers, StoreOptions options, TimeProvider time)
    where TSession : WriteSession<TSession>
{
    public long Baseline => readers.Read("SELECT baseline FROM ledger_head", row => row.Int64(0)).Single();

    public Task SetBaselineAsync(long position, CancellationToken cancellation) => writer.WriteAsync(
        new Work<TSession, long>(1, session =>
        {
            if (position > session.LastWritten)
                throw new ArgumentOutOfRangeException(nameof(position), position, $"The ledger ends at {session.LastWritten}.");
            if (session.Run("UPDATE ledger_head SET baseline = ?1 WHERE baseline <= ?1", position) == 0)
                throw new ArgumentOutOfRangeException(nameof(position), position, "A baseline is never lowered.");
            return position;
        }),
        cancellation);

    public async Task<Deleted> DeleteAsync(Deletion deletion, long after, int most, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, options.MostPerCommit);
        deletion.Check(Baseline, time.GetUtcNow());
        var next = Next(deletion, after, most);
        var finished = next.Count < most;
        var lookedUpTo = finished ? deletion.UpTo : next[^1].Position;
        long[] going = [.. next.Where(row => row.Goes).Select(row => row.Position)];
        if (going.Length == 0) return new Deleted(0, lookedUpTo, finished);
        var deleted = await writer.WriteAsync(new Work<TSession, int>(going.Length, session => session.Delete(going)), cancellation);
        recent.ForgetUpTo(going[^1]);
        return new Deleted(deleted, lookedUpTo, finished);
    }

    /// <summary>The next entries after a position, as far as the deletion reaches, and which of them it means.</summary>
    protected abstract List<(long Position, bool Goes)> Next(Deletion deletion, long after, int most);
}
