using Groundswell.Core.Ledger;

namespace Groundswell.Transfer.Files;

/// <summary>One row of a file: an entry, or the sentence that says why it is none.</summary>
/// <param name="Line">Where it begins: a line of a text file, the row's number in a Parquet file; both from 1.</param>
/// <param name="Share">How much of the file is read with it, in [0, 1].</param>
internal readonly record struct Row(long Line, LedgerEntry? Entry, string? Problem, double Share)
{
    public static Row Of(long line, (LedgerEntry? Entry, string? Problem) read, double share) => new(line, read.Entry, read.Problem, share);
}

/// <summary>A file whose form as a whole is not what its format asks for. The message is a sentence for the operator.</summary>
public sealed class UnreadableFileException(string message, Exception? inner = null) : Exception(message, inner);
