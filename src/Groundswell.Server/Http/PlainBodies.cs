using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Groundswell.Server.Http;

/// <summary>
/// Bodies are read as they are: a compressed one would look like broken JSON, and how large it becomes is anybody's guess;
/// and JSON is UTF-8 (RFC 8259), whatever else a charset may name.
/// </summary>
internal static class PlainBodies
{
    public static IApplicationBuilder UsePlainBodies(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        if (encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType, "Compressed bodies are not taken", "Send the body without Content-Encoding.").ExecuteAsync(context);
        return IsUtf8(context.Request)
            ? next(context)
            : Problem.Of(StatusCodes.Status415UnsupportedMediaType, "Other charsets are not taken", "Send JSON as UTF-8, and leave the charset out or say utf-8.").ExecuteAsync(context);
    });

    private static bool IsUtf8(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        || !type.MediaType.Value.AsSpan().EndsWith("json", StringComparison.OrdinalIgnoreCase)
        || type.Charset.Length == 0
        || type.Charset.Value.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
