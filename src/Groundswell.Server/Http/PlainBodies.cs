using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Groundswell.Server.Http;

/// <summary>
/// Bodies are read as they are, but where an endpoint bounds what comes out of a gzip one: a compressed body would look like
/// broken JSON, and how large it becomes is anybody's guess. And JSON is UTF-8 (RFC 8259), whatever else a charset may name.
/// </summary>
internal static class PlainBodies
{
    public static IApplicationBuilder UsePlainBodies(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        var plain = encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);
        var takesGzip = context.GetEndpoint()?.Metadata.GetMetadata<TakesGzip>() is not null;
        if (!plain && !(takesGzip && GzipBody.IsGzip(context.Request))) return Compressed(takesGzip).ExecuteAsync(context);
        return IsUtf8(context.Request)
            ? next(context)
            : Problem.Of(StatusCodes.Status415UnsupportedMediaType, "Other charsets are not taken", "Send JSON as UTF-8, and leave the charset out or say utf-8.").ExecuteAsync(context);
    });

    private static ProblemHttpResult Compressed(bool takesGzip) => Problem.Of(
        StatusCodes.Status415UnsupportedMediaType, "Such compressed bodies are not taken",
        $"Send the body without Content-Encoding{(takesGzip ? ", or with gzip" : "")}.");

    private static bool IsUtf8(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        || !type.MediaType.Value.AsSpan().EndsWith("json", StringComparison.OrdinalIgnoreCase)
        || type.Charset.Length == 0
        || type.Charset.Value.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
