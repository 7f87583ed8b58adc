using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Groundswell.Ranking.Retrieval;

/// <summary>Rows as a signed byte a dimension, queries as 16 bits: their product needs no floating point.</summary>
internal sealed class RowCode
{
    /// <summary>Bytes of one vector register, to which rows are filled up with zeros.</summary>
    private const int Lane = 32;

    private const int Steps = sbyte.MaxValue;

    private readonly float[] _reach;

    public RowCode(ReadOnlySpan<float> reach)
    {
        _reach = reach.ToArray();
        Bytes = (reach.Length + Lane - 1) / Lane * Lane;
        // 16 bits of query times 8 of row, summed over them all, must fit 32.
        if (Bytes > 512) throw new ArgumentOutOfRangeException(nameof(reach), reach.Length, "A row has at most 512 numbers.");
    }

    /// <summary>Of a coded row.</summary>
    public int Bytes { get; }

    public int Width => _reach.Length;

    public sbyte Of(int dimension, float value) => (sbyte)MathF.Round(Math.Clamp(value / _reach[dimension], -1, 1) * Steps);

    public void Write(ReadOnlySpan<float> row, Span<sbyte> code)
    {
        code.Clear();
        for (var i = 0; i < _reach.Length; i++) code[i] = Of(i, row[i]);
    }

    public void Read(ReadOnlySpan<sbyte> code, Span<float> row)
    {
        for (var i = 0; i < _reach.Length; i++) row[i] = code[i] * _reach[i] / Steps;
    }

    /// <summary>A query in the rows' steps, as large as fits: only the order of its products counts.</summary>
    public void Ask(ReadOnlySpan<float> query, Span<short> asked)
    {
        asked.Clear();
        Span<float> stepped = stackalloc float[_reach.Length];
        TensorPrimitives.Multiply(query, _reach, stepped);
        var most = TensorPrimitives.MaxMagnitude<float>(stepped);
        if (most == 0 || !float.IsFinite(most)) return;
        for (var i = 0; i < stepped.Length; i++) asked[i] = (short)MathF.Round(MathF.Abs(stepped[i]) * short.MaxValue / MathF.Abs(most) * MathF.Sign(stepped[i]));
    }

    public static int Product(ReadOnlySpan<sbyte> row, ReadOnlySpan<short> asked)
    {
        var sum = Vector256<int>.Zero;
        ref var bytes = ref MemoryMarshal.GetReference(row);
        ref var words = ref MemoryMarshal.GetReference(asked);
        for (nuint i = 0; i < (nuint)row.Length; i += Lane)
        {
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref bytes, i));
            sum += Pairs(low, Vector256.LoadUnsafe(ref words, i)) + Pairs(high, Vector256.LoadUnsafe(ref words, i + (Lane / 2)));
        }
        return Vector256.Sum(sum);
    }

    /// <summary>Products of neighbours, summed two by two.</summary>
    private static Vector256<int> Pairs(Vector256<short> left, Vector256<short> right)
    {
        if (Avx2.IsSupported) return Avx2.MultiplyAddAdjacent(left, right);
        var (leftLow, leftHigh) = Vector256.Widen(left);
        var (rightLow, rightHigh) = Vector256.Widen(right);
        return (leftLow * rightLow) + (leftHigh * rightHigh);
    }
}
