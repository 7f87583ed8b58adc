using System.Collections.Immutable;
using Groundswell.Cluster.Follow;
using Groundswell.Storage;

namespace Groundswell.Cluster.Retention;

/// <summary>
/// Deletes what the rules no longer keep, after everything that was folded from it is saved: see <see cref="Baseline"/>. May
/// be stopped or killed at any moment; the next run does what is left. One at a time for a store.
/// </summary>
/// <param name="pause">Between two deletions, so that appends find the writer free.</param>
public sealed class Compaction(Engine engine, RetentionRules rules, TimeSpan pause, IProgress<LedgerProgress>? progress = null)
{
    /// <summary>Beside a server: a deletion holds appends up by some 20 ms on a slow machine, so they have two thirds of the time.</summary>
    public static readonly TimeSpan BesideAppends = TimeSpan.FromMilliseconds(50);

    /// <summary>Entries looked at in one deletion.</summary>
    private const int Chunk = 1000;
    private const int ReadAtOnce = 4096;

    private readonly RetentionRules _rules = rules.Checked();

    /// <summary>What would go now, by the kind's name; writes nothing.</summary>
    public ImmutableSortedDictionary<string, long> Count(CancellationToken cancellation)
    {
        var counts = _rules.Ends().ToDictionary(end => end.Kind, _ => 0L);
        foreach (var going in Going(engine.Ledger.Head))
        {
            for (var after = going.After; after < going.UpTo && engine.Ledger.Read(after, ReadAtOnce) is { Count: > 0 } entries; after = entries[^1].Position)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var (position, entry) in entries)
                    if (position <= going.UpTo && entry.At < going.RecordedBefore && EntryKind.Of(entry) is var kind && going.Kinds.Contains(kind)) counts[kind]++;
                progress?.Report(new("counting", Math.Min(entries[^1].Position, going.UpTo), going.UpTo));
            }
        }
        return counts.ToImmutableSortedDictionary(count => count.Key.Name, count => count.Value);
    }

    /// <summary>Compacts a store that no server follows: brings the saved catalogue up to the ledger's head first.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot write now; run it again.</exception>
    public async Task<LastCompaction> RunAloneAsync(CancellationToken cancellation)
    {
        var snapshots = new CatalogueSnapshots(engine);
        snapshots.Restore();
        Projections.Of(engine).CatchUp(engine.Ledger, "bringing what was saved up to date", progress, cancellation);
        if (snapshots.Take() is { } moment) await snapshots.SaveAsync(moment, cancellation);
        return await RunAsync(cancellation);
    }

    /// <summary>Compacts up to what the follower of this store has saved.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot write now; run it again.</exception>
    public async Task<LastCompaction> RunAsync(CancellationToken cancellation)
    {
        var now = engine.Now;
        var viewers = await new Baseline(engine, progress).RaiseAsync(cancellation);
        var baseline = engine.Ledger.Baseline;
        var cleared = LastCompaction.Of(engine.Store)?.Cleared ?? ImmutableSortedDictionary<string, long>.Empty;
        var entries = 0L;
        foreach (var going in Going(baseline))
        {
            entries += await DeleteAsync(going, cancellation);
            cleared = cleared.SetItems(going.Kinds.Select(kind => KeyValuePair.Create(kind.Name, going.UpTo)));
        }
        var last = new LastCompaction(now, baseline, viewers, entries, cleared);
        await last.SaveAsync(engine.Store, cancellation);
        return last;
    }

    private async Task<long> DeleteAsync(Going going, CancellationToken cancellation)
    {
        var deletion = new Deletion(going.Kinds, going.UpTo, going.RecordedBefore);
        var entries = 0L;
        var after = going.After;
        while (after < going.UpTo)
        {
            var deleted = await engine.Ledger.DeleteAsync(deletion, after, Chunk, cancellation);
            entries += deleted.Entries;
            after = deleted.LookedUpTo;
            progress?.Report(new("deleting", after, going.UpTo));
            if (deleted.Entries > 0 && pause > TimeSpan.Zero) await Task.Delay(pause, engine.Clock, cancellation);
        }
        return entries;
    }

    /// <summary>Kinds that are kept for the same time go together, so that the ledger is looked through once for all of them.</summary>
    private List<Going> Going(long baseline)
    {
        var cleared = LastCompaction.Of(engine.Store)?.Cleared ?? ImmutableSortedDictionary<string, long>.Empty;
        var now = engine.Now;
        return
        [
            .. from end in _rules.Ends()
               group end.Kind by end.Kept into together
               let before = now - together.Key
               let after = together.Min(kind => cleared.GetValueOrDefault(kind.Name))
               // Where the rules now keep for longer than they did, nothing is left to do.
               select new Going([.. together], after, Math.Max(after, LastBefore(before, baseline)), before),
        ];
    }

    /// <summary>
    /// The last position up to which everything was recorded before a moment, by bisection: the clock rises with the
    /// positions. Where it was once set back, some entries stay that might have gone; none goes that must stay.
    /// </summary>
    private long LastBefore(DateTimeOffset moment, long most)
    {
        var (before, end) = (0L, most);
        while (before < end)
        {
            var middle = before + ((end - before) / 2);
            if (engine.Ledger.Read(middle, 1) is [var next] && next.Position <= end && next.Entry.At < moment) before = next.Position;
            else end = middle;
        }
        return before;
    }
}

/// <summary>Entries of some kinds, after one position and up to another, recorded before a moment.</summary>
internal sealed record Going(ImmutableArray<EntryKind> Kinds, long After, long UpTo, DateTimeOffset RecordedBefore);
