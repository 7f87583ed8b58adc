using Groundswell.Server.Http;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Groundswell.Server.Access;

/// <summary>
/// A request that changes something on the strength of cookies must carry the page's antiforgery token. One that brings
/// its own token in a header cannot be forged by another site and needs none.
/// </summary>
internal sealed class CsrfFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var byCookie = Bearer.TokenOf(request) is null && !request.Headers.ContainsKey(Callers.DeviceHeader) && request.Cookies.Count > 0;
        if (HttpMethods.IsGet(request.Method) || !byCookie || await antiforgery.IsRequestValidAsync(context.HttpContext)) return await next(context);
        return Problem.Of(StatusCodes.Status403Forbidden, "The page is out of date", "The request lacks a valid X-CSRF-Token; reload the page and try again.");
    }
}
