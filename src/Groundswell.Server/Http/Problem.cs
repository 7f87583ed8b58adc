using System.Text.Json;
using Groundswell.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Groundswell.Server.Http;

/// <summary>Errors as RFC 9457 problem details: a title, a sentence and what to do next.</summary>
public static class Problem
{
    public static ProblemHttpResult Of(int status, string title, string detail) => TypedResults.Problem(detail, statusCode: status, title: title);

    public static ProblemHttpResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "Not found", $"There is no such {what}, or it is not public.");

    /// <summary>422 with one message for each field.</summary>
    public static ProblemHttpResult Invalid(params ReadOnlySpan<(string Field, string Message)> problems)
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var (field, message) in problems) errors[field] = [message];
        return TypedResults.Problem(new HttpValidationProblemDetails(errors)
        {
            Status = StatusCodes.Status422UnprocessableEntity,
            Title = "Some fields are not valid",
            Detail = string.Join(' ', errors.Values.SelectMany(messages => messages)),
        });
    }
}

/// <summary>The edge of the process: what no endpoint expected becomes a problem, and the log keeps the rest.</summary>
public sealed partial class ProblemEdge(ILogger<ProblemEdge> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested) return true;
        var (status, title, detail) = exception switch
        {
            BadHttpRequestException bad => (bad.StatusCode, "The request cannot be read", Readable(bad)),
            // What Kestrel throws at a chunk whose size is no number of this world: alone of all broken bodies not as a bad request.
            IOException { InnerException: OverflowException } => (StatusCodes.Status400BadRequest, "The request cannot be read", "The body's chunks are not of the expected form."),
            StoreUnavailableException store => (StatusCodes.Status503ServiceUnavailable, "The store is unavailable", store.Message),
            _ => (StatusCodes.Status500InternalServerError, "Something went wrong", "The server met a fault it did not expect; it has been logged."),
        };
        if (status >= 500) LogFault(log, exception, httpContext.Request.Method, httpContext.Request.Path);
        if (status == StatusCodes.Status503ServiceUnavailable) httpContext.Response.Headers.RetryAfter = "2";
        httpContext.Response.StatusCode = status;
        // Whatever the caller accepts: an answer in another form is worth more than none.
        await Problem.Of(status, title, detail).ExecuteAsync(httpContext);
        return true;
    }

    private static string Readable(BadHttpRequestException bad) => bad switch
    {
        { InnerException: JsonException { Path: { Length: > 1 } path } } => $"The JSON is not as expected at {path.TrimStart('$', '.')}; see /reference.",
        { InnerException: JsonException json } => $"The JSON is not as expected at line {json.LineNumber + 1}, byte {json.BytePositionInLine}; see /reference.",
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => "The body is larger than this address takes; see /reference.",
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => "This address takes another content type; see /reference.",
        _ => "A part of the request is missing or not of the expected form; see /reference.",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFault(ILogger logger, Exception exception, string method, PathString path);
}
