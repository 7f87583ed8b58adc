using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Groundswell.Server.Access;

/// <summary>A browser that opens a page gets its device cookie with it: nobody signs up to watch.</summary>
internal static class Devices
{
    public static IApplicationBuilder UseDevices(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var opensPage = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (opensPage) context.RequestServices.GetRequiredService<Callers>().Remember(context);
        return next(context);
    });
}
