using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Groundswell.Core;

namespace Groundswell.Storage;

/// <summary>
/// What a signal is recognised by when it comes again: 16 bytes of SHA-256 over the viewer's id and the event id. Of a
/// fixed length, whatever a device sends, and short enough for an index; 2⁶⁴ events before a chance collision is likely.
/// </summary>
internal static class EventKey
{
    public const int Length = 16;
    private const int LongestOnStack = 512;

    public static byte[] Of(ViewerId viewer, string eventId)
    {
        var key = new byte[Length];
        Write(viewer, eventId, key);
        return key;
    }

    /// <param name="key">Takes <see cref="Length"/> bytes.</param>
    public static void Write(ViewerId viewer, string eventId, Span<byte> key)
    {
        var length = sizeof(long) + Encoding.UTF8.GetMaxByteCount(eventId.Length);
        var input = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        BinaryPrimitives.WriteInt64BigEndian(input, viewer.Value);
        var written = sizeof(long) + Encoding.UTF8.GetBytes(eventId, input[sizeof(long)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..written], hash);
        hash[..Length].CopyTo(key);
    }
}
