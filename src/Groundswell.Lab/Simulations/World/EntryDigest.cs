using System.Numerics;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;

namespace Groundswell.Lab.Simulations.World;

/// <summary>A 64-bit digest of all entries in their order (FNV-1a over words of what each decided, rotated so that every bit spreads): two runs are the same if theirs are.</summary>
internal sealed class EntryDigest
{
    private const ulong Prime = 0x100000001B3;

    public ulong Value { get; private set; } = 0xCBF29CE484222325;
    public long Entries { get; private set; }

    public void Add(LedgerEntry entry)
    {
        Entries++;
        Mix(entry.At.UtcTicks);
        Mix(entry.OfViewer?.Value ?? 0);
        Mix(entry.OfVideo?.Value ?? 0);
        Mix(entry.OfCreator?.Value ?? 0);
        switch (entry)
        {
            case PageServed page:
                foreach (var slot in page.Slots) Mix(slot.Video.Value, (long)slot.Source, BitConverter.SingleToInt32Bits(slot.Value));
                break;
            case SignalRecorded signal:
                Mix((long)signal.Type, BitConverter.DoubleToInt64Bits(signal.PointsAfter), (long)(signal.Disqualified ?? (Disqualification)(-1)));
                break;
            case VideoMoved moved:
                Mix((long)moved.From, (long)moved.To, moved.Wave, (long)moved.Reason.Code);
                foreach (var number in moved.Reason.Numbers.Values) Mix(BitConverter.DoubleToInt64Bits(number));
                break;
        }
    }

    private void Mix(params ReadOnlySpan<long> values)
    {
        foreach (var value in values) Value = BitOperations.RotateLeft((Value ^ (ulong)value) * Prime, 29);
    }
}
