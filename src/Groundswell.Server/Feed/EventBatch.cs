using System.Text.Json;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Groundswell.Server.Feed;

/// <summary>The events of one request body, each still JSON, so that one bad event does not spoil the others.</summary>
internal sealed class EventBatch : IDisposable
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };
    private readonly List<JsonDocument> _documents = [];

    private EventBatch() { }

    /// <summary>In order; undefined where a line was not JSON.</summary>
    public List<JsonElement> Items { get; } = [];

    /// <summary>Why nothing could be read, with the status to answer.</summary>
    public (int Status, string Detail)? Problem { get; private set; }

    public static async Task<EventBatch> ReadAsync(HttpRequest request, int mostBytes, CancellationToken cancellation)
    {
        var batch = new EventBatch();
        if (request.ContentLength > mostBytes)
        {
            batch.Problem = (StatusCodes.Status413PayloadTooLarge, $"The body may have at most {mostBytes} bytes.");
            return batch;
        }
        try
        {
            if (await GzipBody.ReadAsync(request, mostBytes, cancellation) is { } body) batch.Parse(body, Lines(request));
            else batch.Problem = (StatusCodes.Status413PayloadTooLarge, $"The body may have at most {mostBytes} bytes, inflated.");
        }
        catch (InvalidDataException)
        {
            batch.Problem = (StatusCodes.Status400BadRequest, "It says that it is gzip, but it is not.");
        }
        catch (JsonException wrong)
        {
            batch.Problem = (StatusCodes.Status400BadRequest, $"It is not JSON: line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine}.");
        }
        return batch;
    }

    public void Dispose()
    {
        foreach (var document in _documents) document.Dispose();
    }

    private static bool Lines(HttpRequest request) =>
        request.ContentType?.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase) == true;

    private void Parse(ReadOnlyMemory<byte> body, bool lines)
    {
        if (lines)
        {
            foreach (var line in Split(body)) Items.Add(Line(line));
            return;
        }
        var root = Document(body).RootElement;
        if (root.ValueKind == JsonValueKind.Array) Items.AddRange(root.EnumerateArray());
        else Problem = (StatusCodes.Status400BadRequest, "The body must be a JSON array of events, or one event a line as application/x-ndjson.");
    }

    /// <summary>A line that is not JSON is an event that is none: it must not take its neighbours with it.</summary>
    private JsonElement Line(ReadOnlyMemory<byte> line)
    {
        try
        {
            return Document(line).RootElement;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private JsonDocument Document(ReadOnlyMemory<byte> json)
    {
        var document = JsonDocument.Parse(json, Strict);
        _documents.Add(document);
        return document;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body)
    {
        while (body.Length > 0)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (!line.Span.Trim(" \r\t"u8).IsEmpty) yield return line;
        }
    }
}
