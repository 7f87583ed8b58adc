using System.Security.Claims;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Microsoft.AspNetCore.Http;
using Orleans;

namespace Groundswell.Server.Access;

/// <summary>Who makes a request: always a viewer, and an account where one has signed in.</summary>
/// <param name="IsNew">The viewer was minted for this very request.</param>
/// <param name="MadeAt">When the device got its identity; null for a new one.</param>
public sealed record Caller(ViewerId Viewer, bool IsNew, CreatorId? Account, string? Name, DateTimeOffset? MadeAt = null);

/// <summary>
/// Finds the caller of a request. A browser's device is a cookie that no script can read; an app sends its device token as
/// the header <c>X-Device-Token</c> or, without an account, as bearer.
/// </summary>
public sealed class Callers(Tokens tokens, IdSource ids)
{
    public const string DeviceCookie = "gs_device";
    public const string DeviceHeader = "X-Device-Token";

    public Caller Of(HttpContext context)
    {
        if (context.Items.TryGetValue(typeof(Caller), out var known) && known is Caller caller) return caller;
        var device = Device(context);
        var found = new Caller(
            device?.Viewer ?? ids.Next<ViewerId>(), device is null, Account(context.User), context.User.Identity?.Name, device?.MadeAt);
        context.Items[typeof(Caller)] = found;
        return found;
    }

    public IViewerGrain Viewer(HttpContext context, IGrainFactory grains) => grains.GetGrain<IViewerGrain>(Of(context).Viewer.Value);

    /// <summary>Gives a new viewer their cookie; for one that has it, nothing happens.</summary>
    public void Remember(HttpContext context)
    {
        var caller = Of(context);
        if (!caller.IsNew) return;
        context.Response.Cookies.Append(DeviceCookie, tokens.ForDevice(caller.Viewer), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, Expires = tokens.DeviceExpiry, Path = "/",
        });
    }

    public static CreatorId? Account(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? new CreatorId(id) : null;

    private (ViewerId Viewer, DateTimeOffset MadeAt)? Device(HttpContext context) =>
        tokens.Device(context.Request.Headers[DeviceHeader])
        ?? tokens.Device(Bearer.TokenOf(context.Request))
        ?? tokens.Device(context.Request.Cookies[DeviceCookie]);
}
