using System.Numerics;

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
        _keys[oldest] = key;
        _touched[oldest] = minute;
        this[oldest].Clear();
        return oldest;
    }

    public Span<float> this[int row] => _floats.AsSpan(row * width, width);

    /// <summary>Minute of event time in which a row was last touched.</summary>
    public int TouchedAt(int row) => _touched[row];

    public void Touch(int row, int minute) => _touched[row] = minute;

    private int Bucket(ulong key) => (int)(Keys.Mix(key) & (ulong)(_keys.Length - Ways));

    private static int Size(int capacity) => (int)Math.Max(Ways, BitOperations.RoundUpToPowerOf2((uint)capacity));
}
