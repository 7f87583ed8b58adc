using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Groundswell.Storage;

/// <summary>
/// One snapshot too large for a row or a transaction: parts in the rows of two kinds that take turns, and a head that is written last
/// and says which turn is whole, and what the sum of each part is. Broken off anywhere, a save leaves the one before it as it was.
/// Needs no more memory than a few parts. One saves; any number load beside it.
/// </summary>
/// <param name="kind">Of the head; its turns are kinds beside it.</param>
public sealed class PartedSnapshot(ISnapshots snapshots, string kind)
{
    /// <summary>The store's writer does nothing else while it commits: some milliseconds for so much.</summary>
    private const int BytesACommit = 1 << 20;

    private const int Head = 0;

    /// <summary>Of the last whole save; 0 where there is none.</summary>
    public long Watermark => snapshots.Watermark(kind);

    /// <exception cref="StoreUnavailableException">The store cannot write now; what was saved before is still there.</exception>
    public async Task SaveAsync(IEnumerable<byte[]> parts, long watermark, CancellationToken cancellation)
    {
        var turn = (byte)(snapshots.Load(kind, Head) is { Body: [var last, ..] } ? 1 - last : 0);
        var (sums, rows, bytes) = (new List<uint>(), new List<Snapshot>(), 0);
        foreach (var part in parts)
        {
            rows.Add(new Snapshot(sums.Count, watermark, part));
            sums.Add(SumOf(part));
            bytes += part.Length;
            if (bytes < BytesACommit) continue;
            await snapshots.SaveAsync(Turn(turn), rows, watermark, cancellation);
            (rows, bytes) = ([], 0);
        }
        await snapshots.SaveAsync(Turn(turn), rows, watermark, cancellation);
        await snapshots.SaveAsync(kind, [new Snapshot(Head, watermark, [turn, .. MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(sums))])], watermark, cancellation);
    }

    /// <summary>The parts of the last whole save, read while they are enumerated; none where there is none.</summary>
    /// <exception cref="InvalidDataException">While enumerating: a part is missing, or is not what was saved.</exception>
    public IEnumerable<byte[]> Load()
    {
        if (snapshots.Load(kind, Head) is not { Body: [var turn, .. var sums], Watermark: var watermark }) yield break;
        var (number, parts) = (0, sums.Length / sizeof(uint));
        foreach (var row in snapshots.LoadAll(Turn(turn)))
        {
            // A longer save before it leaves rows behind.
            if (number == parts) break;
            if (row.Id != number || row.Watermark != watermark || SumOf(row.Body) != MemoryMarshal.Cast<byte, uint>(sums)[number]) throw new InvalidDataException($"Part {number} of the snapshot {kind} is damaged.");
            number++;
            yield return row.Body;
        }
        if (number < parts) throw new InvalidDataException($"Of the snapshot {kind} the last {parts - number} of {parts} parts are missing.");
    }

    private string Turn(byte turn) => $"{kind}.{turn}";

    /// <summary>CRC-32C (Castagnoli, 1993), by the processor's own instruction where it has one.</summary>
    private static uint SumOf(ReadOnlySpan<byte> part)
    {
        var sum = uint.MaxValue;
        for (; part.Length >= sizeof(ulong); part = part[sizeof(ulong)..]) sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(part));
        foreach (var one in part) sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }
}
