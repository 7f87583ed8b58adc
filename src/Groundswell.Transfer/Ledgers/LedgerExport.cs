using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Storage;
using Groundswell.Transfer.Files;

namespace Groundswell.Transfer.Ledgers;

/// <param name="Types">Of signals only these; empty for all. Other facts stay as they are selected.</param>
/// <param name="FirstPosition">Entries before it are left out.</param>
/// <param name="LastPosition">Entries after it are left out; null for the head at the start of the export.</param>
public sealed record ExportRequest(
    string Target, TransferFormat Format, LedgerSelection Selection, ImmutableArray<SignalType> Types, long FirstPosition = 1, long? LastPosition = null);

/// <param name="Resumed">Whether it went on where an earlier one had broken off.</param>
public sealed record ExportReport(long Rows, long Bytes, bool Resumed);

/// <summary>
/// Writes a ledger's entries into a file, which gets its name when it is whole; until then it is <c>….part</c>. NDJSON goes
/// on at its last whole line when an earlier export of the same selection broke off; the tables begin anew.
/// </summary>
public static class LedgerExport
{
    private const int RowsBetweenReports = 1_000;

    /// <exception cref="OperationCanceledException">The target was not touched.</exception>
    public static async Task<ExportReport> RunAsync(ReadOnlyStore store, ExportRequest request, IProgress<TransferProgress> progress, CancellationToken cancellation)
    {
        if (request.Format != TransferFormat.Ndjson) request = request with { Selection = request.Selection with { Facts = ["signal"] } };
        var part = new Part(request.Target);
        var last = request.LastPosition ?? store.Head;
        var started = await part.BeginAsync(request, last, cancellation);
        last = started.Last;
        var entries = Counted(Wanted(store.Read(request.Selection, Math.Max(started.After, request.FirstPosition - 1), last), request), started.After, last, progress, cancellation);
        try
        {
            var rows = request.Format switch
            {
                TransferFormat.Ndjson => await NdjsonAsync(part.File, entries, cancellation),
                TransferFormat.Csv => await CsvAsync(part.File, entries, cancellation),
                _ => await ParquetAsync(part.File, entries, cancellation),
            };
            var report = new ExportReport(rows, part.File.Length, started.After > 0);
            await part.CompleteAsync(cancellation);
            return report;
        }
        catch when (request.Format != TransferFormat.Ndjson)
        {
            await part.AbandonAsync();
            throw;
        }
        finally
        {
            await part.DisposeAsync();
        }
    }

    private static IEnumerable<Recorded> Wanted(IEnumerable<Recorded> entries, ExportRequest request) => request.Types.IsEmpty
        ? entries
        : entries.Where(recorded => recorded.Entry is not SignalRecorded signal || request.Types.Contains(signal.Type));

    private static IEnumerable<Recorded> Counted(IEnumerable<Recorded> entries, long after, long last, IProgress<TransferProgress> progress, CancellationToken cancellation)
    {
        var rows = 0L;
        foreach (var recorded in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return recorded;
            if (++rows % RowsBetweenReports == 0) progress.Report(new TransferProgress("writing", rows, last <= after ? 1 : (double)(recorded.Position - after) / (last - after)));
        }
        progress.Report(new TransferProgress("writing", rows, 1));
    }

    private static async Task<long> NdjsonAsync(FileStream file, IEnumerable<Recorded> entries, CancellationToken cancellation)
    {
        var rows = 0L;
        foreach (var recorded in entries)
        {
            await NdjsonFile.WriteAsync(file, recorded, cancellation);
            rows++;
        }
        return rows;
    }

    private static async Task<long> CsvAsync(FileStream file, IEnumerable<Recorded> entries, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(file, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        await CsvFile.WriteHeaderAsync(writer);
        var rows = 0L;
        foreach (var (position, entry) in entries)
        {
            if (entry is not SignalRecorded signal) continue;
            await CsvFile.WriteAsync(writer, position, signal);
            rows++;
        }
        await writer.FlushAsync(cancellation);
        return rows;
    }

    private static async Task<long> ParquetAsync(FileStream file, IEnumerable<Recorded> entries, CancellationToken cancellation)
    {
        await using var writer = await ParquetFile.CreateAsync(file, cancellation);
        var rows = 0L;
        foreach (var group in entries.Select(recorded => SignalColumns.RowOf(recorded.Position, (SignalRecorded)recorded.Entry)).Chunk(ParquetFile.RowsAGroup))
        {
            await ParquetFile.WriteGroupAsync(writer, group, cancellation);
            rows += group.Length;
        }
        return rows;
    }

    /// <summary>The unfinished file, and beside it what it was begun for.</summary>
    private sealed class Part(string target) : IAsyncDisposable
    {
        private readonly string _path = $"{target}.part";
        private readonly string _plan = $"{target}.part.json";
        private FileStream? _file;

        public FileStream File => _file ?? throw new InvalidOperationException("The part was not begun.");

        /// <returns>The position up to which the part is written already, and the last one that it shall hold.</returns>
        public async Task<(long After, long Last)> BeginAsync(ExportRequest request, long last, CancellationToken cancellation)
        {
            _file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16, useAsync: true);
            if (request.Format == TransferFormat.Ndjson && await PlanAsync(cancellation) is { } plan && plan.Wanted == Wanted(request))
            {
                var (length, position) = await NdjsonFile.LastWholeLineAsync(_file, cancellation);
                _file.SetLength(length);
                _file.Seek(0, SeekOrigin.End);
                return (position, plan.Last);
            }
            _file.SetLength(0);
            await System.IO.File.WriteAllTextAsync(_plan, JsonSerializer.Serialize(new Plan(Wanted(request), last), GroundswellJson.Options), cancellation);
            return (0, last);
        }

        public async Task CompleteAsync(CancellationToken cancellation)
        {
            await File.FlushAsync(cancellation);
            File.Flush(flushToDisk: true);
            await File.DisposeAsync();
            System.IO.File.Move(_path, target, overwrite: true);
            System.IO.File.Delete(_plan);
        }

        public async Task AbandonAsync()
        {
            await File.DisposeAsync();
            System.IO.File.Delete(_path);
            System.IO.File.Delete(_plan);
        }

        public ValueTask DisposeAsync() => File.DisposeAsync();

        /// <summary>The request as text: an array in a record is only equal to itself.</summary>
        private static string Wanted(ExportRequest request) => JsonSerializer.Serialize(request, GroundswellJson.Options);

        private async Task<Plan?> PlanAsync(CancellationToken cancellation)
        {
            try
            {
                return JsonSerializer.Deserialize<Plan>(await System.IO.File.ReadAllTextAsync(_plan, cancellation), GroundswellJson.Options);
            }
            catch (Exception none) when (none is FileNotFoundException or JsonException)
            {
                return null; // nothing was begun, or not even its plan was written whole
            }
        }

        private sealed record Plan(string Wanted, long Last);
    }
}
