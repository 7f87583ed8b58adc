using System.Security.Cryptography;
using Groundswell.Core;
using Microsoft.AspNetCore.DataProtection;

namespace Groundswell.Server.Access;

/// <summary>
/// Signed and encrypted tokens: for a device (it names a viewer) and for an account (it names an account and the roles that
/// the token was asked for). Both expire.
/// </summary>
public sealed class Tokens(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan DeviceLifetime = TimeSpan.FromDays(400);
    public static readonly TimeSpan AccountLifetime = TimeSpan.FromDays(30);

    private readonly ITimeLimitedDataProtector _devices = protection.CreateProtector("groundswell.device").ToTimeLimitedDataProtector();
    private readonly ITimeLimitedDataProtector _accounts = protection.CreateProtector("groundswell.account").ToTimeLimitedDataProtector();

    public DateTimeOffset DeviceExpiry => time.GetUtcNow() + DeviceLifetime;
    public DateTimeOffset AccountExpiry => time.GetUtcNow() + AccountLifetime;

    public string ForDevice(ViewerId viewer) => _devices.Protect(viewer.ToString(), DeviceExpiry);

    public string ForAccount(long account, IEnumerable<string> roles) => _accounts.Protect($"{account} {string.Join(',', roles)}", AccountExpiry);

    /// <summary>The viewer of a device token and when it was made, or null when it is forged or has expired.</summary>
    public (ViewerId Viewer, DateTimeOffset MadeAt)? Device(string? token) =>
        Open(_devices, token, out var expiry) is { } text && IdText.TryParse<ViewerId>(text, out var viewer) ? (viewer, expiry - DeviceLifetime) : null;

    /// <summary>The account and roles of a token, or null when it is forged or has expired.</summary>
    public (long Account, string[] Roles)? Account(string? token)
    {
        if (Open(_accounts, token, out _)?.Split(' ') is not [var id, var roles] || !long.TryParse(id, out var account)) return null;
        return (account, roles.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string? Open(ITimeLimitedDataProtector protector, string? token, out DateTimeOffset expiry)
    {
        expiry = default;
        if (string.IsNullOrEmpty(token) || token.Length > 2048) return null;
        try
        {
            return protector.Unprotect(token, out expiry);
        }
        catch (CryptographicException)
        {
            return null; // forged, of another installation, or expired: all the same to the caller
        }
    }
}
