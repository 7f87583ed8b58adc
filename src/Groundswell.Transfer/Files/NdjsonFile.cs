using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Groundswell.Core.Ledger;

namespace Groundswell.Transfer.Files;

/// <summary>One entry a line, <c>{"position": …, "entry": { … }}</c>, the entry as the ledger keeps it: nothing is lost.</summary>
internal static class NdjsonFile
{
    private static readonly byte[] Position = "{\"position\":"u8.ToArray(), Entry = ",\"entry\":"u8.ToArray(), End = "}\n"u8.ToArray();

    /// <summary>Longest line that is read; the longest entry, a page of fifty slots, has some 10 kB.</summary>
    private const int LongestLine = 1 << 20;

    public static async Task WriteAsync(Stream stream, Recorded recorded, CancellationToken cancellation)
    {
        await stream.WriteAsync(Position, cancellation);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(recorded.Position.ToString()), cancellation);
        await stream.WriteAsync(Entry, cancellation);
        await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(recorded.Entry, GroundswellJson.Options), cancellation);
        await stream.WriteAsync(End, cancellation);
    }

    public static async IAsyncEnumerable<Row> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        var length = Math.Max(1, file.Length);
        var number = 0L;
        var read = 0L;
        await foreach (var line in LinesAsync(file, cancellation))
        {
            number++;
            read += line.Length + 1;
            if (line.AsSpan().Trim(" \r\t"u8).IsEmpty) continue;
            yield return Row.Of(number, EntryOf(line), Math.Min(1, (double)read / length));
        }
    }

    /// <summary>
    /// The end of the last whole line and that line's position; both 0 when there is none. It is where a broken-off export goes on.
    /// </summary>
    public static async Task<(long Length, long Position)> LastWholeLineAsync(Stream stream, CancellationToken cancellation)
    {
        var (end, length, last) = (0L, 0L, Array.Empty<byte>());
        await foreach (var line in LinesAsync(stream, cancellation))
        {
            end += line.Length + 1;
            if (end > stream.Length) break; // the last one has no line end: it broke off
            (length, last) = (end, line);
        }
        if (length == 0) return (0, 0);
        using var document = JsonDocument.Parse(last);
        return (length, document.RootElement.GetProperty("position").GetInt64());
    }

    private static (LedgerEntry? Entry, string? Problem) EntryOf(byte[] line)
    {
        if (line.Length > LongestLine) return (null, $"The line is longer than {LongestLine} bytes.");
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("entry", out var json))
                return (null, "The line holds no entry: it must be an object with \"position\" and \"entry\".");
            var entry = json.Deserialize<LedgerEntry>(GroundswellJson.Options);
            return entry is null ? (null, "The entry is null.") : Unchanged(json, entry) ? SignalColumns.Checked(entry) : (null, Otherwise(json, entry));
        }
        catch (JsonException wrong)
        {
            return (null, wrong.Path is { Length: > 2 } path ? $"{path[2..]} is not of the expected form." : "The line is not the JSON of an entry.");
        }
        catch (Exception wrong) when (wrong is NotSupportedException or InvalidOperationException)
        {
            return (null, "The line is not the JSON of an entry: it names no known fact.");
        }
    }

    /// <summary>Whether the entry says all that the line says and nothing else: a field left out or unknown would be lost without a word.</summary>
    private static bool Unchanged(JsonElement json, LedgerEntry entry) => JsonElement.DeepEquals(json, Again(entry));

    private static string Otherwise(JsonElement json, LedgerEntry entry)
    {
        var again = Again(entry);
        foreach (var property in json.EnumerateObject())
            if (!again.TryGetProperty(property.Name, out _)) return $"The field {property.Name} is not known to this version.";
        foreach (var property in again.EnumerateObject())
            if (!json.TryGetProperty(property.Name, out var given)) return $"The field {property.Name} is missing.";
            else if (!JsonElement.DeepEquals(given, property.Value)) return $"The field {property.Name} holds what this version would not keep.";
        return "The entry is not what this version would write.";
    }

    private static JsonElement Again(LedgerEntry entry) => JsonSerializer.SerializeToElement(entry, GroundswellJson.Options);

    private static async IAsyncEnumerable<byte[]> LinesAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        var line = new MemoryStream();
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            for (var rest = buffer.AsMemory(0, count); rest.Length > 0;)
            {
                var end = rest.Span.IndexOf((byte)'\n');
                var part = end < 0 ? rest : rest[..end];
                // Of a line that is too long one byte more than allowed is enough to say so.
                line.Write(part.Span[..(int)Math.Min(part.Length, Math.Max(0, LongestLine + 1 - line.Length))]);
                if (end < 0) break;
                yield return line.ToArray();
                line.SetLength(0);
                rest = rest[(end + 1)..];
            }
        }
        if (line.Length > 0) yield return line.ToArray();
    }
}
