using System.Security.Cryptography;

namespace Groundswell.Transfer.Backups;

/// <summary>Reads another stream, of a length known before, and hashes what passes.</summary>
internal sealed class HashedStream(Stream inner, IncrementalHash hash, long length) : Stream
{
    private long _read;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;

    public override long Position
    {
        get => _read;
        // An archive writer asks where the content begins; it begins here.
        set
        {
            if (value != _read) throw new NotSupportedException("It is read once, from its beginning to its end.");
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => Passed(inner.Read(buffer[..(int)Math.Min(buffer.Length, length - _read)]), buffer);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Passed(await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, length - _read)], cancellationToken), buffer.Span);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Passed(int count, ReadOnlySpan<byte> buffer)
    {
        if (count == 0 && _read < length) throw new EndOfStreamException("A file became shorter while it was copied.");
        hash.AppendData(buffer[..count]);
        _read += count;
        return count;
    }
}
