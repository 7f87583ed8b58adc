using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Groundswell.Web;

/// <summary>Hangs the pages and their assets on a host. The host adds routing, antiforgery and the API they talk to.</summary>
public static class WebPages
{
    public static IServiceCollection AddGroundswellPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services;
    }

    public static WebApplication MapGroundswellPages(this WebApplication app)
    {
        app.MapGet("/assets/{**path}", ServeAsset).ExcludeFromDescription();
        app.MapRazorComponents<App>();
        // The API's addresses are not this fallback's: a wrong method or media type there has an answer of its own.
        app.MapFallback("/{**path:regex(^(?!(v1|media|openapi|reference|health)(/|$)).*$)}", NoSuchPage).ExcludeFromDescription();
        return app;
    }

    // Modules import each other by plain relative paths, without a hash: those are revalidated by ETag.
    // Only an address that names the present content may be kept without asking.
    private static IResult ServeAsset(string path, HttpContext http)
    {
        if (WebAssets.Find(path) is not { } asset) return Results.NotFound();
        http.Response.Headers.CacheControl =
            http.Request.Query["v"] == asset.Hash ? "public, max-age=31536000, immutable" : "public, no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Hash}\""));
    }

    private static RazorComponentResult NoSuchPage() => new RazorComponentResult<App>();
}
