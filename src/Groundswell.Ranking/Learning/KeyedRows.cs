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
    private volatile RowsSave? _save;

    /// <summary>Rows that there is room for.</summary>
    public int Capacity => _keys.Length;

    public int Width => width;

    /// <summary>Rows that hold a key.</summary>
    public int Used { get; private set; }

    /// <summary>Keys that made room for others.</summary>
    public long Evicted { get; private set; }

    public long Bytes => _keys.Length * (sizeof(ulong) + sizeof(int) + ((long)sizeof(float) * width));

    public int Buckets => _keys.Length / Ways;

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
        _save?.Keep(Bucket(key) / Ways);
        var row = Find(key);
        isNew = row < 0;
        if (!isNew) return row;
        row = Oldest(key);
        if (_keys[row] == 0) Used++;
        else Evicted++;
        // A reader beside the writer that comes upon the row meanwhile finds no key, or zeros.
        Volatile.Write(ref _keys[row], 0);
        _touched[row] = minute;
        this[row].Clear();
        Volatile.Write(ref _keys[row], key);
        return row;
    }

    public Span<float> this[int row] => _floats.AsSpan(row * width, width);

    /// <summary>Minute of event time in which a row was last touched.</summary>
    public int TouchedAt(int row) => _touched[row];

    public void Touch(int row, int minute) => _touched[row] = minute;

    /// <summary>From now on, until it ends, the save reads rows as they are now. One at a time.</summary>
    public RowsSave BeginSave(byte number) => _save = new RowsSave(this, number);

    public void EndSave() => _save = null;

    /// <summary>The rows of a bucket that hold a key.</summary>
    public void Write(int bucket, BinaryWriter to)
    {
        for (var row = bucket * Ways; row < (bucket + 1) * Ways; row++)
        {
            if (_keys[row] == 0) continue;
            to.Write(row);
            to.Write(_keys[row]);
            to.Write(_touched[row]);
            to.Write(MemoryMarshal.AsBytes(this[row]));
        }
    }

    /// <summary>Brings back a row: to its own place, or from rows of another size to where there is room for it.</summary>
    /// <param name="resized">Whether it was written by rows of another size; what was met before all that is there is then left out.</param>
    /// <exception cref="InvalidDataException">It is no row of such a size.</exception>
    public void Read(BinaryReader from, bool resized)
    {
        var (row, key, touched) = (from.ReadInt32(), from.ReadUInt64(), from.ReadInt32());
        if (resized) row = Oldest(key);
        else if ((uint)row >= (uint)_keys.Length || row / Ways != Bucket(key) / Ways || _keys[row] != 0) throw new InvalidDataException("The saved model is damaged.");
        if (_keys[row] != 0 && _touched[row] > touched)
        {
            from.BaseStream.Seek(sizeof(float) * width, SeekOrigin.Current);
            return;
        }
        from.ReadExactly(MemoryMarshal.AsBytes(this[row]));
        if (_keys[row] == 0) Used++;
        (_keys[row], _touched[row]) = (key, touched);
    }

    public void Clear()
    {
        Array.Clear(_keys);
        Used = 0;
    }

    /// <summary>The row that a new key gets.</summary>
    private int Oldest(ulong key)
    {
        var bucket = Bucket(key);
        var oldest = bucket;
        for (var row = bucket; row < bucket + Ways; row++)
            if (_keys[oldest] != 0 && (_keys[row] == 0 || _touched[row] < _touched[oldest])) oldest = row;
        return oldest;
    }

    private int Bucket(ulong key) => (int)(Keys.Mix(key) & (ulong)(_keys.Length - Ways));

    private static int Size(int capacity) => (int)Math.Max(Ways, BitOperations.RoundUpToPowerOf2((uint)capacity));
}
