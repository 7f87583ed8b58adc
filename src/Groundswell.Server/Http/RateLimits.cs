using System.Threading.RateLimiting;
using Groundswell.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Groundswell.Server.Http;

/// <summary>How often one caller may ask. A refusal is a 429 that says when to come back.</summary>
internal static class RateLimits
{
    public const string Watching = "watching";
    public const string SigningIn = "signing-in";
    public const string Uploading = "uploading";

    public static IServiceCollection AddRateLimits(this IServiceCollection services, bool enabled) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = Refuse;
        limiter.AddPolicy(Watching, context => Limit(enabled, ViewerOf(context), burst: 120, perSecond: 20));
        limiter.AddPolicy(SigningIn, context => Limit(enabled, AddressOf(context), burst: 20, perSecond: 0.5));
        limiter.AddPolicy(Uploading, context => Limit(enabled, context.User.Identity?.Name ?? AddressOf(context), burst: 60, perSecond: 1));
    });

    private static RateLimitPartition<string> Limit(bool enabled, string key, int burst, double perSecond) => !enabled
        ? RateLimitPartition.GetNoLimiter(key)
        : RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = Math.Max(1, (int)(perSecond * 2)),
            ReplenishmentPeriod = TimeSpan.FromSeconds(2),
            QueueLimit = 0,
        });

    private static string ViewerOf(HttpContext context)
    {
        var caller = context.RequestServices.GetRequiredService<Callers>().Of(context);
        return caller.IsNew ? AddressOf(context) : caller.Viewer.ToString();
    }

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static async ValueTask Refuse(OnRejectedContext refused, CancellationToken cancellation)
    {
        var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 2;
        refused.HttpContext.Response.Headers.RetryAfter = wait.ToString();
        await Problem.Of(StatusCodes.Status429TooManyRequests, "Too many requests", $"Please wait {wait} s and try again.").ExecuteAsync(refused.HttpContext);
    }
}
