using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Groundswell.Server.Http;

/// <summary>A problem document for every bare status code of the API.</summary>
internal static class StatusProblems
{
    public static Task Write(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var (title, detail) = http.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => ("The request cannot be read", "Its form is not the expected one; see /reference."),
            StatusCodes.Status401Unauthorized => ("Not signed in", "Sign in, or send a bearer token, and try again."),
            StatusCodes.Status403Forbidden => ("Not allowed", "Your account does not have the role that this needs."),
            StatusCodes.Status404NotFound => ("Not found", "Nothing lives at this address; see /reference."),
            StatusCodes.Status405MethodNotAllowed => ("Method not allowed", "This address does not take that method; see /reference."),
            StatusCodes.Status413PayloadTooLarge => ("Too large", "The body is larger than this address takes; see /reference."),
            StatusCodes.Status415UnsupportedMediaType => ("Media type not supported", "This address takes another content type; see /reference."),
            _ => ("The request failed", "The server could not answer it."),
        };
        return Problem.Of(http.Response.StatusCode, title, detail).ExecuteAsync(http);
    }
}
