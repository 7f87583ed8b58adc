using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Groundswell.Core.Audience;

namespace Groundswell.Core.Signals;

/// <summary>
/// Signs slots: a token is the slot's 55 bytes and 16 bytes of HMAC-SHA-256 over them, in base64url. Nobody without the
/// key can make a slot up, move it to another viewer or video, or change when it was served.
/// </summary>
public sealed class SlotSigner(byte[] key)
{
    private const byte Version = 1;
    private const int Body = 55;
    private const int Tag = 16;

    public string Sign(Slot slot)
    {
        Span<byte> token = stackalloc byte[Body + Tag];
        Write(slot, token);
        Authenticate(token[..Body], token[Body..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The slot a token carries, or null when it was not signed with this key.</summary>
    public Slot? Verify(string? token)
    {
        Span<byte> bytes = stackalloc byte[Body + Tag];
        if (Base64Url.DecodeFromChars(token, bytes, out _, out var length) != OperationStatus.Done || length != Body + Tag) return null;
        Span<byte> tag = stackalloc byte[Tag];
        Authenticate(bytes[..Body], tag);
        return CryptographicOperations.FixedTimeEquals(tag, bytes[Body..]) && bytes[0] == Version ? Read(bytes) : null;
    }

    private static void Write(Slot slot, Span<byte> to)
    {
        to[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(to[1..], slot.Viewer.Value);
        BinaryPrimitives.WriteInt64LittleEndian(to[9..], slot.Video.Value);
        BinaryPrimitives.WriteInt64LittleEndian(to[17..], slot.Creator.Value);
        BinaryPrimitives.WriteInt64LittleEndian(to[25..], slot.Request.Value);
        BinaryPrimitives.WriteInt64LittleEndian(to[33..], slot.ServedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt32LittleEndian(to[41..], slot.Cohort.Number);
        BinaryPrimitives.WriteSingleLittleEndian(to[45..], slot.Propensity);
        BinaryPrimitives.WriteInt32LittleEndian(to[49..], slot.Position);
        to[53] = (byte)slot.Source;
        to[54] = slot.FollowsCreator ? (byte)1 : (byte)0;
    }

    private static Slot Read(ReadOnlySpan<byte> from) => new(
        new ViewerId(BinaryPrimitives.ReadInt64LittleEndian(from[1..])),
        new VideoId(BinaryPrimitives.ReadInt64LittleEndian(from[9..])),
        new CreatorId(BinaryPrimitives.ReadInt64LittleEndian(from[17..])),
        new RequestId(BinaryPrimitives.ReadInt64LittleEndian(from[25..])),
        BinaryPrimitives.ReadInt32LittleEndian(from[49..]),
        DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(from[33..])),
        (SlotSource)from[53],
        new Cohort(BinaryPrimitives.ReadInt32LittleEndian(from[41..])),
        from[54] != 0,
        BinaryPrimitives.ReadSingleLittleEndian(from[45..]));

    private void Authenticate(ReadOnlySpan<byte> body, Span<byte> tag)
    {
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, body, full);
        full[..Tag].CopyTo(tag);
    }
}
