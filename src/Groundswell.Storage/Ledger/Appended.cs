using System.Collections.Immutable;

namespace Groundswell.Storage;

/// <summary>Where the entries of one call are now.</summary>
/// <param name="Positions">
/// One for each entry, in order. Null: the signal's (viewer, event id) was already in the ledger, and it was skipped.
/// </param>
public sealed record Appended(ImmutableArray<long?> Positions)
{
    public static Appended Nothing { get; } = new([]);
}
