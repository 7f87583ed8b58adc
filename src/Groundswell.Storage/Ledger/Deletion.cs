using System.Collections.Immutable;

namespace Groundswell.Storage;

/// <summary>
/// Entries that are to go. Whatever is folded from the ledger must not need them any more, so they lie at or below
/// <see cref="ILedger.Baseline"/>; a video's journal never goes; and an event id stays known for
/// <see cref="EventIdsKnownFor"/>, so that a late retry still changes nothing.
/// </summary>
/// <param name="UpTo">The last position that may go.</param>
/// <param name="RecordedBefore">Entries recorded at this moment or later stay.</param>
public sealed record Deletion(ImmutableArray<EntryKind> Kinds, long UpTo, DateTimeOffset RecordedBefore)
{
    /// <summary>What the event contract promises to devices.</summary>
    public static readonly TimeSpan EventIdsKnownFor = TimeSpan.FromDays(7);

    /// <exception cref="ArgumentException">It would delete what must stay.</exception>
    internal void Check(long baseline, DateTimeOffset now)
    {
        if (Kinds.IsDefaultOrEmpty) throw new ArgumentException("No kind of entry is to be deleted.");
        foreach (var kind in Kinds)
            if (kind.IsJournal) throw new ArgumentException($"A video's journal is never deleted, {kind} entries neither.");
        if (UpTo > baseline) throw new ArgumentException($"Position {UpTo} is above the baseline {baseline}: projections still need it.");
        if (RecordedBefore > now - EventIdsKnownFor)
            throw new ArgumentException($"An event id stays known for {EventIdsKnownFor.TotalDays} days: only what was recorded before {now - EventIdsKnownFor:O} may go.");
    }
}

/// <summary>What one call deleted.</summary>
/// <param name="LookedUpTo">Where the next call goes on.</param>
/// <param name="Finished">There is nothing left to look at.</param>
public sealed record Deleted(int Entries, long LookedUpTo, bool Finished);
