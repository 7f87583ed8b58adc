using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Groundswell.Server.Http;

/// <summary>Marks an endpoint that takes gzip bodies; everywhere else they are refused.</summary>
internal sealed class TakesGzip
{
    public static TakesGzip Instance { get; } = new();
}

/// <summary>Reads a body to memory, inflated where it is gzip. The bound is on what comes out, so that a bomb is found out at the bound and not at its end.</summary>
internal static class GzipBody
{
    public static bool IsGzip(HttpRequest request) => request.Headers.ContentEncoding.ToString().Equals("gzip", StringComparison.OrdinalIgnoreCase);

    /// <returns>The body, or null when there is more of it than allowed.</returns>
    /// <exception cref="InvalidDataException">It is not gzip.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int mostBytes, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        if (!IsGzip(request))
        {
            await request.Body.CopyToAsync(body, cancellation);
            return body.GetBuffer().AsMemory(0, (int)body.Length);
        }
        await using var inflated = new GZipStream(request.Body, CompressionMode.Decompress);
        var chunk = new byte[16 << 10];
        while (await inflated.ReadAsync(chunk, cancellation) is > 0 and var read)
        {
            if (body.Length + read > mostBytes) return null;
            body.Write(chunk, 0, read);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
