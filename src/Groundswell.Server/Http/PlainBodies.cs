using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Groundswell.Server.Http;

/// <summary>Bodies are read as they are, but where an endpoint bounds what comes out of a gzip one: a compressed body would look like broken JSON, and how large it becomes is anybody's guess.</summary>
internal static class PlainBodies
{
    public static IApplicationBuilder UsePlainBodies(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        var plain = encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);
        var takesGzip = context.GetEndpoint()?.Metadata.GetMetadata<TakesGzip>() is not null;
        if (plain || (takesGzip && GzipBody.IsGzip(context.Request))) return next(context);
        return Problem.Of(
            StatusCodes.Status415UnsupportedMediaType, "Such compressed bodies are not taken",
            $"Send the body without Content-Encoding{(takesGzip ? ", or with gzip" : "")}.").ExecuteAsync(context);
    });
}
