using System.Numerics;
using System.Runtime.InteropServices;

namespace Groundswell.Ranking.Learning;

/// <summary>
/// Rows of floats by hashed key, as many as fit a bound. A key has a bucket of four rows; where they are taken, a new key gets
/// the one that was touched longest ago. So memory never grows, and what nobody meets any more makes room.
/// </summary>
/// <param name="capacity">Rows; rounded up to a power of two.</param>
/// <param name="width">Floats a row.</param>
internal sealed class KeyedRows(int capacity, int width)
{
    private const int Ways = 4;

    private readonly ulong[] _keys = new ulong[Size(capacity)];
    private readonly int[] _touched = new int[Size(capacity)];
    private readonly float[] _floats = new float[checked(Size(capacity) * width)];

    /// <summary>The row of a key, or −1.</summary>
    /// <param name="key">Not 0.</param>
    public int Find(ulong key)
    {
        var bucket = Bucket(key);
        for (var row = bucket; row < bucket + Ways; row++)
            if (_keys[row] == key) return row;
        return -1;
    }

    /// <summary>The row of a key, made where there is none: then it holds zeros.</summary>
    /// <param name="key">Not 0.</param>
    /// <param name="minute">Of event time: when it was met.</param>
    public int Claim(ulong key, int minute, out bool isNew)
    {
        var bucket = Bucket(key);
        var oldest = bucket;
        for (var row = bucket; row < bucket + Ways; row++)
        {
            if (_keys[row] == key)
            {
                isNew = false;
                return row;
            }
            if (_keys[oldest] != 0 && (_keys[row] == 0 || _touched[row] < _touched[oldest])) oldest = row;
        }
        isNew = true;
        // A reader beside the writer that comes upon the row meanwhile finds no key, or zeros.
        Volatile.Write(ref _keys[oldest], 0);
        _touched[oldest] = minute;
        this[oldest].Clear();
        Volatile.Write(ref _keys[oldest], key);
        return oldest;
    }

    public Span<float> this[int row] => _floats.AsSpan(row * width, width);

    /// <summary>Minute of event time in which a row was last touched.</summary>
    public int TouchedAt(int row) => _touched[row];

    public void Touch(int row, int minute) => _touched[row] = minute;

    public void Save(BinaryWriter to)
    {
        to.Write(_keys.Length);
        to.Write(width);
        to.Write(_keys.Length - _keys.AsSpan().Count(0UL));
        for (var row = 0; row < _keys.Length; row++)
        {
            if (_keys[row] == 0) continue;
            to.Write(row);
            to.Write(_keys[row]);
            to.Write(_touched[row]);
            to.Write(MemoryMarshal.AsBytes(this[row]));
        }
    }

    /// <exception cref="InvalidDataException">What was saved is of another size.</exception>
    public void Load(BinaryReader from)
    {
        if (from.ReadInt32() != _keys.Length || from.ReadInt32() != width) throw new InvalidDataException("The saved model is of another size.");
        for (var left = from.ReadInt32(); left > 0; left--)
        {
            var row = from.ReadInt32();
            if ((uint)row >= (uint)_keys.Length) throw new InvalidDataException("The saved model is damaged.");
            _keys[row] = from.ReadUInt64();
            _touched[row] = from.ReadInt32();
            from.ReadExactly(MemoryMarshal.AsBytes(this[row]));
        }
    }

    private int Bucket(ulong key) => (int)(Keys.Mix(key) & (ulong)(_keys.Length - Ways));

    private static int Size(int capacity) => (int)Math.Max(Ways, BitOperations.RoundUpToPowerOf2((uint)capacity));
}
