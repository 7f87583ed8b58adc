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
        app.MapFallback(NoSuchPage).ExcludeFromDescription();
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

    // A person gets a page, a program that asked a wrong address gets a problem document.
    private static IResult NoSuchPage(HttpContext http) =>
        AsksForPage(http.Request)
            ? new RazorComponentResult<App>()
            : Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "Nothing lives at this address");

    private static bool AsksForPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/v1")
        && !request.Path.StartsWithSegments("/media");
}
