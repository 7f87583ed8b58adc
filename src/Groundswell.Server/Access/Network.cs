using System.IO.Hashing;
using System.Net;

namespace Groundswell.Server.Access;

/// <summary>The network a request came from, as a number: the address itself is not kept.</summary>
/// <param name="IsThisMachine">It came from the server's own machine: its operator, not a crowd.</param>
public readonly record struct Network(ulong Key, bool IsThisMachine)
{
    private const int SiteBytes = 8;

    /// <summary>Of an IPv6 address only the site's half: one site has more addresses than there are devices.</summary>
    public static Network Of(IPAddress? address)
    {
        if (address is null) return default;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return new Network(XxHash3.HashToUInt64(bytes.AsSpan(0, Math.Min(SiteBytes, bytes.Length))), IPAddress.IsLoopback(address));
    }
}
