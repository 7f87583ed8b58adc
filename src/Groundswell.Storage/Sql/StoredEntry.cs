using System.Text.Json;
using Groundswell.Core.Ledger;

namespace Groundswell.Storage.Sql;

/// <summary>A row of the ledger as the entry it was.</summary>
internal static class StoredEntry
{
    /// <param name="row">Position and body.</param>
    public static Recorded Read(IRow row) => new(
        row.Int64(0),
        JsonSerializer.Deserialize<LedgerEntry>(row.Blob(1), GroundswellJson.Ledger)
            ?? throw new JsonException($"The ledger holds no entry at position {row.Int64(0)}."));
}
