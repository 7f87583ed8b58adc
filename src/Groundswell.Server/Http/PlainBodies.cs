using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Groundswell.Server.Http;

/// <summary>Bodies are read as they are: a compressed one would look like broken JSON, and how large it becomes is anybody's guess.</summary>
internal static class PlainBodies
{
    public static IApplicationBuilder UsePlainBodies(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        return encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)
            ? next(context)
            : Problem.Of(StatusCodes.Status415UnsupportedMediaType, "Compressed bodies are not taken", "Send the body without Content-Encoding.").ExecuteAsync(context);
    });
}
