namespace Groundswell.Transfer.Files;

/// <summary>What a file of ledger entries is written as. NDJSON holds every fact; the tables hold signals.</summary>
public enum TransferFormat
{
    Ndjson,
    Csv,
    Parquet,
}

public static class TransferFormats
{
    /// <summary>The format that a file's ending names; null when it names none.</summary>
    public static TransferFormat? OfFile(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".ndjson" or ".jsonl" => TransferFormat.Ndjson,
        ".csv" => TransferFormat.Csv,
        ".parquet" => TransferFormat.Parquet,
        _ => null,
    };
}
