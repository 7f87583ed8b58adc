using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Groundswell.Core.Ledger;
using Groundswell.Storage;
using Groundswell.Transfer.Files;

namespace Groundswell.Transfer.Ledgers;

/// <param name="Line">Where it begins in the file, from 1: a line, or a row of a Parquet file.</param>
public sealed record BadRow(long Line, string Problem);

/// <param name="Appended">Entries that were not in the ledger before.</param>
/// <param name="Known">Entries that were.</param>
/// <param name="Bad">The first rows that are none; where there are any, nothing was appended.</param>
/// <param name="Stopped">The row that the ledger refused; everything before it is in.</param>
public sealed record ImportReport(long Rows, long Appended, long Known, long BadRows, ImmutableArray<BadRow> Bad, BadRow? Stopped)
{
    public bool Succeeded => BadRows == 0 && Stopped is null;
}

/// <summary>
/// Appends the entries of a file to a ledger. All rows are checked before the first is written. What the ledger holds
/// already is left out, so that an import that was killed, at whatever moment, is brought to its end by running it again,
/// and one that came to its end changes nothing the second time.
/// </summary>
/// <remarks>
/// A signal is known by its viewer and event id, as ever. Any other entry is known by its content: it is appended as often
/// as the file holds it more than the ledger did when the import began. Nobody else may write meanwhile, which the
/// store's lock sees to.
/// </remarks>
public static class LedgerImport
{
    private const int MostReported = 10;
    private const int ACommit = 1_000;

    /// <exception cref="UnreadableFileException">The file as a whole is not of its format.</exception>
    /// <exception cref="OperationCanceledException">Whole commits are in; running it again goes on.</exception>
    public static async Task<ImportReport> RunAsync(ILedger ledger, string source, TransferFormat format, IProgress<TransferProgress> progress, CancellationToken cancellation)
    {
        var (rows, badRows, bad) = await CheckAsync(source, format, progress, cancellation);
        if (badRows > 0) return new ImportReport(rows, 0, 0, badRows, bad, null);
        var import = new Appending(ledger, KnownEntries.Of(ledger, cancellation));
        var done = 0L;
        await foreach (var row in Read(source, format, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            if (row.Entry is not { } entry) throw new UnreadableFileException($"Line {row.Line} changed while the file was read.");
            if (await import.AddAsync(row.Line, entry) is { } refused) return import.Report(rows, refused);
            if (++done % ACommit == 0) progress.Report(new TransferProgress("writing", done, row.Share));
        }
        var last = await import.FlushAsync();
        progress.Report(new TransferProgress("writing", done, 1));
        return import.Report(rows, last);
    }

    private static IAsyncEnumerable<Row> Read(string source, TransferFormat format, CancellationToken cancellation) => format switch
    {
        TransferFormat.Ndjson => NdjsonFile.ReadAsync(source, cancellation),
        TransferFormat.Csv => CsvFile.ReadAsync(source, cancellation),
        _ => ParquetFile.ReadAsync(source, cancellation),
    };

    private static async Task<(long Rows, long BadRows, ImmutableArray<BadRow> Bad)> CheckAsync(
        string source, TransferFormat format, IProgress<TransferProgress> progress, CancellationToken cancellation)
    {
        var (rows, badRows) = (0L, 0L);
        var bad = ImmutableArray.CreateBuilder<BadRow>();
        await foreach (var row in Read(source, format, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            if (++rows % ACommit == 0) progress.Report(new TransferProgress("checking", rows, row.Share));
            if (row.Problem is not { } problem) continue;
            badRows++;
            if (bad.Count < MostReported) bad.Add(new BadRow(row.Line, problem));
        }
        progress.Report(new TransferProgress("checking", rows, 1));
        return (rows, badRows, bad.ToImmutable());
    }

    private sealed class Appending(ILedger ledger, KnownEntries known)
    {
        private readonly List<(long Line, LedgerEntry Entry)> _waiting = [];
        private long _appended, _known;

        /// <summary>Takes an entry; the row that the ledger refused, if it did.</summary>
        public async ValueTask<BadRow?> AddAsync(long line, LedgerEntry entry)
        {
            if (known.TakesOne(entry))
            {
                _known++;
                return null;
            }
            _waiting.Add((line, entry));
            return _waiting.Count < ACommit ? null : await FlushAsync();
        }

        public async ValueTask<BadRow?> FlushAsync()
        {
            if (_waiting.Count == 0) return null;
            try
            {
                Count(await ledger.AppendAsync([.. _waiting.Select(row => row.Entry)], CancellationToken.None));
                _waiting.Clear();
                return null;
            }
            catch (StaleMoveException)
            {
                return await OneByOneAsync();
            }
        }

        public ImportReport Report(long rows, BadRow? refused) => new(rows, _appended, _known, 0, [], refused);

        /// <summary>A call is refused as a whole: one by one it shows which row it was, and everything before it goes in.</summary>
        private async ValueTask<BadRow?> OneByOneAsync()
        {
            foreach (var (line, entry) in _waiting)
            {
                try
                {
                    Count(await ledger.AppendAsync([entry], CancellationToken.None));
                }
                catch (StaleMoveException stale)
                {
                    return new BadRow(line, stale.Message);
                }
            }
            _waiting.Clear();
            return null;
        }

        private void Count(Appended appended)
        {
            var skipped = appended.Positions.Count(position => position is null);
            (_appended, _known) = (_appended + appended.Positions.Length - skipped, _known + skipped);
        }
    }

    /// <summary>How often the ledger held each entry that is no signal when the import began: 16 bytes of SHA-256 of its JSON, some 50 bytes of memory each.</summary>
    private sealed class KnownEntries
    {
        private const int Chunk = 4096;
        private readonly Dictionary<UInt128, int> _held = [];

        public static KnownEntries Of(ILedger ledger, CancellationToken cancellation)
        {
            var known = new KnownEntries();
            for (var after = 0L; ledger.Read(after, Chunk) is { Count: > 0 } entries; after = entries[^1].Position)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var (_, entry) in entries)
                    if (entry is not SignalRecorded) known._held[KeyOf(entry)] = known._held.GetValueOrDefault(KeyOf(entry)) + 1;
            }
            return known;
        }

        /// <summary>Whether one more of these was there.</summary>
        public bool TakesOne(LedgerEntry entry)
        {
            if (entry is SignalRecorded || _held.Count == 0) return false;
            var key = KeyOf(entry);
            if (_held.GetValueOrDefault(key) is not (> 0 and var left)) return false;
            _held[key] = left - 1;
            return true;
        }

        private static UInt128 KeyOf(LedgerEntry entry) =>
            System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(entry, GroundswellJson.Options)));
    }
}
