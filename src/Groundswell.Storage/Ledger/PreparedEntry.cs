using System.Text.Json;
using Groundswell.Core.Ledger;

namespace Groundswell.Storage;

/// <summary>
/// An entry with everything that can be computed before it reaches the writer: callers serialise and hash on their own
/// threads, so that the one writer only binds and steps.
/// </summary>
/// <param name="Body">UTF-8 JSON in the dialect of <see cref="GroundswellJson"/>.</param>
/// <param name="EventKey">Set for signals only.</param>
internal sealed record PreparedEntry(LedgerEntry Entry, string Fact, byte[] Body, byte[]? EventKey)
{
    public static PreparedEntry Of(LedgerEntry entry) => new(
        entry,
        LedgerFacts.NameOf(entry),
        JsonSerializer.SerializeToUtf8Bytes(entry, GroundswellJson.Ledger),
        entry is SignalRecorded signal ? Storage.EventKey.Of(signal.Viewer, signal.EventId) : null);
}
