using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Groundswell.Core.Ledger;

namespace Groundswell.Transfer.Files;

/// <summary>
/// Signals as comma-separated values (RFC 4180, UTF-8, first line the names): times in ISO 8601 with their offset, a point
/// as the decimal sign, nothing for null, and an empty text as two quotes.
/// </summary>
internal static class CsvFile
{
    private const int LongestField = 1 << 20;

    public static Task WriteHeaderAsync(TextWriter writer) => writer.WriteLineAsync(string.Join(',', SignalColumns.All.Select(column => column.Name)));

    public static Task WriteAsync(TextWriter writer, long position, SignalRecorded signal) =>
        writer.WriteLineAsync(string.Join(',', SignalColumns.RowOf(position, signal).Select(Field)));

    public static async IAsyncEnumerable<Row> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var records = RecordsAsync(reader, cancellation).GetAsyncEnumerator(cancellation);
        await using var _ = records;
        if (!await records.MoveNextAsync()) throw new UnreadableFileException("The file is empty: its first line must name the columns.");
        var header = Header(records.Current.Fields);
        while (await records.MoveNextAsync())
        {
            var (line, fields) = records.Current;
            if (fields is [null]) continue;
            yield return Row.Of(line, EntryOf(header, fields), file.Length == 0 ? 1 : (double)file.Position / file.Length);
        }
    }

    private static Column[] Header(IReadOnlyList<string?> names)
    {
        var columns = names.Select(name => SignalColumns.Named(name ?? "")
            ?? throw new UnreadableFileException($"There is no column '{name}': there are {string.Join(", ", SignalColumns.All.Select(column => column.Name))}.")).ToArray();
        if (columns.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1) is { Key: var twice }) throw new UnreadableFileException($"The column {twice} is there twice.");
        if (SignalColumns.All.FirstOrDefault(column => column.Required && !columns.Contains(column)) is { } missing) throw new UnreadableFileException($"The column {missing.Name} is missing.");
        return columns;
    }

    private static (LedgerEntry? Entry, string? Problem) EntryOf(Column[] header, IReadOnlyList<string?> fields)
    {
        if (fields.Count != header.Length) return (null, $"The line has {fields.Count} fields, and the first line names {header.Length}.");
        var row = new object?[SignalColumns.All.Length];
        for (var i = 0; i < header.Length; i++)
        {
            if (fields[i] is not { } text) continue;
            if (Value(header[i].Kind, text) is not { } value) return (null, $"{header[i].Name} is not of the expected form.");
            row[header[i].Index] = value;
        }
        return SignalColumns.EntryOf(row);
    }

    private static object? Value(ColumnKind kind, string text) => kind switch
    {
        ColumnKind.Text => text,
        ColumnKind.Whole => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null,
        ColumnKind.Real => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null,
        ColumnKind.Flag => text switch { "true" => true, "false" => false, _ => null },
        _ => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null,
    };

    private static string Field(object? value) => value switch
    {
        null => "",
        string text => Quoted(text),
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A {value.GetType().Name} has no place in a file.", nameof(value)),
    };

    private static string Quoted(string text) =>
        text.Length > 0 && text.AsSpan().IndexOfAny(",\"\r\n") < 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1])
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Each record with the line it begins on; a field that is empty and not quoted is null.</summary>
    private static async IAsyncEnumerable<(long Line, IReadOnlyList<string?> Fields)> RecordsAsync(StreamReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (line, first) = (1L, 1L);
        var parser = new RecordParser();
        var buffer = new char[1 << 14];
        while (await Fill() is var count and > 0)
        {
            for (var i = 0; i < count; i++)
            {
                if (parser.Take(buffer[i]) is { } fields)
                {
                    yield return (first, fields);
                    first = line + 1;
                }
                if (buffer[i] == '\n') line++;
                if (parser.Length > LongestField) throw new UnreadableFileException($"Line {first} has a field longer than {LongestField} characters: is a quote missing?");
            }
        }
        if (parser.IsQuoted) throw new UnreadableFileException($"Line {first} opens a quote that nothing closes.");
        if (parser.Finish() is { } last) yield return (first, last);

        async Task<int> Fill()
        {
            try
            {
                return await reader.ReadAsync(buffer, cancellation);
            }
            catch (DecoderFallbackException wrong)
            {
                throw new UnreadableFileException($"After line {line} come bytes that are not UTF-8.", wrong);
            }
        }
    }

    private sealed class RecordParser
    {
        private readonly StringBuilder _field = new();
        private List<string?> _fields = [];
        private bool _quoted, _hadQuotes, _quoteSeen;

        public bool IsQuoted => _quoted && !_quoteSeen;

        public int Length => _field.Length;

        /// <summary>The record that this character ends, if it ends one.</summary>
        public IReadOnlyList<string?>? Take(char c)
        {
            if (IsQuoted)
            {
                if (c == '"') _quoteSeen = true;
                else _field.Append(c);
                return null;
            }
            if (_quoteSeen && c == '"')
            {
                _field.Append('"');
                _quoteSeen = false;
                return null;
            }
            (_quoted, _quoteSeen) = (false, false);
            switch (c)
            {
                case '"' when _field.Length == 0 && !_hadQuotes:
                    _quoted = _hadQuotes = true;
                    return null;
                case ',':
                    EndField();
                    return null;
                case '\r':
                    return null;
                case '\n':
                    return EndRecord();
                default:
                    _field.Append(c);
                    return null;
            }
        }

        public IReadOnlyList<string?>? Finish() => _field.Length == 0 && !_hadQuotes && _fields.Count == 0 ? null : EndRecord();

        private List<string?> EndRecord()
        {
            EndField();
            var ended = _fields;
            _fields = [];
            return ended;
        }

        private void EndField()
        {
            _fields.Add(_field.Length == 0 && !_hadQuotes ? null : _field.ToString());
            _field.Clear();
            _hadQuotes = false;
        }
    }
}
