using System.Runtime.CompilerServices;
using Groundswell.Core.Ledger;
using Parquet;
using Parquet.Schema;

namespace Groundswell.Transfer.Files;

/// <summary>
/// Signals as a Parquet file. A time is a UTC timestamp in microseconds, as other programs read it, with two columns beside
/// it for what that cannot hold: <c>…_100ns</c>, the last digit, and <c>…_offset_min</c>, the offset it was reported in.
/// </summary>
internal static class ParquetFile
{
    /// <summary>Rows of one group: what is in memory at once, some 12 kB each while they are encoded or decoded.</summary>
    public const int RowsAGroup = 5_000;

    private const string Digit = "_100ns", Offset = "_offset_min";

    private static readonly ParquetSchema Schema = new(SignalColumns.All.SelectMany(Fields).ToArray<Field>());

    public static Task<ParquetWriter> CreateAsync(Stream stream, CancellationToken cancellation) =>
        ParquetWriter.CreateAsync(Schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }, append: false, cancellation);

    public static async Task WriteGroupAsync(ParquetWriter writer, IReadOnlyList<object?[]> rows, CancellationToken cancellation)
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in SignalColumns.All)
        {
            switch (column.Kind)
            {
                case ColumnKind.Text:
                    await group.WriteAsync(Field(column.Name), rows.Select(row => (string?)row[column.Index]).ToArray()!, null);
                    break;
                case ColumnKind.Whole:
                    await Write(column.Name, row => (long?)row[column.Index]);
                    break;
                case ColumnKind.Real:
                    await Write(column.Name, row => (double?)row[column.Index]);
                    break;
                case ColumnKind.Flag:
                    await Write(column.Name, row => (bool?)row[column.Index]);
                    break;
                default:
                    await Write(column.Name, row => row[column.Index] is DateTimeOffset time ? Micros(time) : (DateTime?)null);
                    await Write(column.Name + Digit, row => row[column.Index] is DateTimeOffset time ? (int)(time.UtcTicks % TimeSpan.TicksPerMicrosecond) : (int?)null);
                    await Write(column.Name + Offset, row => row[column.Index] is DateTimeOffset time ? (int)time.Offset.TotalMinutes : (int?)null);
                    break;
            }
        }
        group.CompleteValidate();

        Task Write<T>(string name, Func<object?[], T?> value) where T : struct =>
            group.WriteAsync<T>(Field(name), rows.Select(value).ToArray(), null, null, cancellation);
    }

    /// <exception cref="UnreadableFileException">It is no Parquet file, or not one of signals.</exception>
    public static async IAsyncEnumerable<Row> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        await using var reader = await Readable(() => ParquetReader.CreateAsync(file, null, true, cancellation));
        var groups = reader.RowGroupCount;
        var total = Math.Max(1, Enumerable.Range(0, groups).Sum(group => RowsOf(reader, group)));
        var fields = FieldsOf(reader.Schema);
        var line = 0L;
        for (var number = 0; number < groups; number++)
        {
            using var group = reader.OpenRowGroupReader(number);
            var rows = await Readable(() => RowsAsync(group, fields, cancellation));
            foreach (var row in rows) yield return Row.Of(++line, SignalColumns.EntryOf(row), (double)line / total);
        }
    }

    private static long RowsOf(ParquetReader reader, int number)
    {
        using var group = reader.OpenRowGroupReader(number);
        return group.RowCount;
    }

    private static async Task<object?[][]> RowsAsync(ParquetRowGroupReader group, Dictionary<string, DataField> fields, CancellationToken cancellation)
    {
        var count = (int)group.RowCount;
        var rows = Enumerable.Range(0, count).Select(_ => new object?[SignalColumns.All.Length]).ToArray();
        foreach (var column in SignalColumns.All)
        {
            if (!fields.TryGetValue(column.Name, out var field)) continue;
            switch (column.Kind)
            {
                case ColumnKind.Text:
                    var texts = new string?[count];
                    await group.ReadAsync(field, texts.AsMemory()!, null, cancellation);
                    Set(texts);
                    break;
                case ColumnKind.Whole:
                    Set((await Read<long>(field)).Select(value => (object?)value));
                    break;
                case ColumnKind.Real:
                    Set((await Read<double>(field)).Select(value => (object?)value));
                    break;
                case ColumnKind.Flag:
                    Set((await Read<bool>(field)).Select(value => (object?)value));
                    break;
                default:
                    Set(Times(await Read<DateTime>(field), await Optional(column.Name + Digit), await Optional(column.Name + Offset)));
                    break;
            }

            void Set(IEnumerable<object?> values)
            {
                foreach (var (number, value) in values.Index()) rows[number][column.Index] = value;
            }
        }
        return rows;

        async Task<T?[]> Read<T>(DataField field) where T : struct
        {
            if (field.IsNullable)
            {
                var values = new T?[count];
                await group.ReadAsync<T>(field, values.AsMemory(), null, cancellation);
                return values;
            }
            var present = new T[count];
            await group.ReadAsync<T>(field, present.AsMemory(), null, cancellation);
            return [.. present.Select(value => (T?)value)];
        }

        async Task<int?[]> Optional(string name) => fields.TryGetValue(name, out var field) ? await Read<int>(field) : new int?[count];
    }

    private static IEnumerable<object?> Times(DateTime?[] times, int?[] digits, int?[] offsets)
    {
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] is not { } time)
            {
                yield return null;
                continue;
            }
            var ticks = time.Ticks + Math.Clamp(digits[i] ?? 0, 0, (int)TimeSpan.TicksPerMicrosecond - 1);
            yield return new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(Math.Clamp(offsets[i] ?? 0, -14 * 60, 14 * 60)));
        }
    }

    private static Dictionary<string, DataField> FieldsOf(ParquetSchema schema)
    {
        var given = schema.DataFields.ToDictionary(field => field.Name);
        foreach (var column in SignalColumns.All)
        {
            if (!given.ContainsKey(column.Name))
            {
                if (column.Required) throw new UnreadableFileException($"The column {column.Name} is missing.");
                continue;
            }
            foreach (var wanted in Fields(column))
                if (given.TryGetValue(wanted.Name, out var field) && field.ClrType != wanted.ClrType)
                    throw new UnreadableFileException($"The column {field.Name} holds {field.ClrType.Name}, not {wanted.ClrType.Name}.");
        }
        if (given.Keys.Except(Schema.DataFields.Select(field => field.Name)).FirstOrDefault() is { } unknown) throw new UnreadableFileException($"There is no column '{unknown}' in a file of signals.");
        return given;
    }

    private static DataField Field(string name) => Schema.DataFields.First(field => field.Name == name);

    private static IEnumerable<DataField> Fields(Column column) => column.Kind switch
    {
        ColumnKind.Text => [new DataField(column.Name, typeof(string), true, false, null)],
        ColumnKind.Whole => [new DataField(column.Name, typeof(long), true, false, null)],
        ColumnKind.Real => [new DataField(column.Name, typeof(double), true, false, null)],
        ColumnKind.Flag => [new DataField(column.Name, typeof(bool), true, false, null)],
        _ =>
        [
            new DateTimeDataField(column.Name, DateTimeFormat.Timestamp, true, DateTimeTimeUnit.Micros, true, false, null),
            new DataField(column.Name + Digit, typeof(int), true, false, null),
            new DataField(column.Name + Offset, typeof(int), true, false, null),
        ],
    };

    private static DateTime Micros(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    private static async Task<T> Readable<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // What a library throws at broken bytes is of many types; whatever it is, the file cannot be read.
            throw new UnreadableFileException($"It is not a Parquet file that can be read: {broken.Message}", broken);
        }
    }
}
