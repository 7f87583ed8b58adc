using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Groundswell.Server.Http;

/// <summary>
/// Bounds the events that are under way, from the first byte of their body to their answer. What a machine cannot take it
/// refuses at once with a 429, before it has read the body: an app keeps its events and sends them again, and memory stays
/// bounded whatever the load. Counted in bytes of bodies, which are known before they are read; a request without a length
/// counts as the largest there is, and none for less than <see cref="LeastBytes"/>, since a request has its own cost.
/// </summary>
public sealed class EventAdmission(long mostBytes)
{
    /// <summary>At some 300 bytes an event the default is 50,000 events: about a second's work of two cores (`groundswell bench signals --http`).</summary>
    public const int DefaultMegabytes = 16;

    private const int LeastBytes = 2048;
    private long _underWay;

    /// <summary>Bytes of bodies under way.</summary>
    public long UnderWay => Volatile.Read(ref _underWay);

    /// <summary>What the request counts for, or null when there is no room. Whoever enters must <see cref="Leave"/>.</summary>
    public long? TryEnter(long? length, long most)
    {
        var weight = Math.Clamp(length ?? most, LeastBytes, Math.Max(LeastBytes, most));
        // A limit below one large request would refuse it for ever: alone, everybody may enter.
        var now = Interlocked.Add(ref _underWay, weight);
        if (now <= mostBytes || now == weight) return weight;
        Leave(weight);
        return null;
    }

    public void Leave(long weight) => Interlocked.Add(ref _underWay, -weight);
}

internal static class EventAdmissionSetup
{
    private const string RetryAfterSeconds = "1";

    /// <param name="most">The largest body in bytes that the address takes.</param>
    public static IApplicationBuilder UseEventAdmission(this IApplicationBuilder app, string path, long most, EventAdmission admission) => app.Use(async (context, next) =>
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.Path.Equals(path, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }
        // A packed body takes what it is unpacked to, which nobody knows yet.
        var length = context.Request.Headers.ContentEncoding.Count > 0 ? null : context.Request.ContentLength;
        if (admission.TryEnter(length, most) is not { } weight)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            await Problem.Of(StatusCodes.Status429TooManyRequests, "Too much at once", "The server has more events under way than it takes; please send these again in a second.").ExecuteAsync(context);
            return;
        }
        try
        {
            await next(context);
        }
        finally
        {
            admission.Leave(weight);
        }
    });
}
