using System.Text.Json;
using Groundswell.Core.Ledger;

namespace Groundswell.Storage;

/// <summary>
/// An entry with everything that can be computed before it reaches the writer: callers serialise and hash on their own
/// threads, so that the one writer only binds and steps.
/// </summary>
/// <param name="Body">UTF-8 JSON in the dialect of <see cref="GroundswellJson"/>.</param>
/// <param name="EventKey">Set for signals only.</param>
internal sealed record PreparedEntry(LedgerEntry Entry, EntryKind Kind, byte[] Body, byte[]? EventKey)
{
    public static PreparedEntry Of(LedgerEntry entry) => new(
        entry,
        EntryKind.Of(entry),
        JsonSerializer.SerializeToUtf8Bytes(entry, GroundswellJson.Ledger),
        entry is SignalRecorded signal ? Storage.EventKey.Of(signal.Viewer, signal.EventId) : null);

    public static PreparedEntry[] Of(IReadOnlyList<LedgerEntry> entries)
    {
        var prepared = new PreparedEntry[entries.Count];
        for (var i = 0; i < prepared.Length; i++) prepared[i] = Of(entries[i]);
        return prepared;
    }
}
