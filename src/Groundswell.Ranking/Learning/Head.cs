using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Groundswell.Ranking.Learning;

/// <summary>
/// A logistic regression over a few dozen dense inputs, learned by an extended Kalman filter: the full covariance of its
/// weights is kept, so that inputs which say nearly the same share the credit and every view is used once and fully (as
/// in Bayesian online learning of a generalised linear model; Opper, 1998).
/// </summary>
internal sealed class Head
{
    private const float LeastCurvature = 1e-5f, LeastVariance = 1e-4f;

    private readonly int _inputs;
    private readonly float[] _weights, _covariance, _direction;

    /// <param name="weights">Where it begins.</param>
    /// <param name="variances">How far each weight may be from there.</param>
    public Head(ReadOnlySpan<float> weights, ReadOnlySpan<float> variances)
    {
        _inputs = weights.Length;
        _weights = weights.ToArray();
        _covariance = new float[_inputs * _inputs];
        _direction = new float[_inputs];
        for (var i = 0; i < _inputs; i++) _covariance[(i * _inputs) + i] = variances[i];
    }

    private Head(Head other) => (_inputs, _weights, _covariance, _direction) = (other._inputs, [.. other._weights], [.. other._covariance], [.. other._direction]);

    /// <summary>As it is now, for readers beside its writer.</summary>
    public Head Copy() => new(this);

    public void Save(BinaryWriter to)
    {
        to.Write(MemoryMarshal.AsBytes(_weights.AsSpan()));
        to.Write(MemoryMarshal.AsBytes(_covariance.AsSpan()));
    }

    public void Load(BinaryReader from)
    {
        from.ReadExactly(MemoryMarshal.AsBytes(_weights.AsSpan()));
        from.ReadExactly(MemoryMarshal.AsBytes(_covariance.AsSpan()));
    }

    /// <summary>Log-odds of the expected probability: of what is rare one knows little, and it is likelier than its mean log-odds say.</summary>
    public float Predict(ReadOnlySpan<float> inputs) => Logistic.Damped(TensorPrimitives.Dot(_weights, inputs), Math.Max(0, Variance(inputs)));

    public void Learn(ReadOnlySpan<float> inputs, bool happened)
    {
        var variance = Look(inputs);
        if (variance < 0)
        {
            Repair(inputs, variance);
            variance = Math.Max(0, Look(inputs));
        }
        var probability = Logistic.Of(Logistic.Damped(TensorPrimitives.Dot(_weights, inputs), variance));
        var curvature = Math.Max(probability * (1 - probability), LeastCurvature);
        var share = 1 / (1 + (curvature * variance));
        TensorPrimitives.MultiplyAdd(_direction, ((happened ? 1 : 0) - probability) * share, _weights, _weights);
        for (var i = 0; i < _inputs; i++)
        {
            var row = Row(i);
            TensorPrimitives.MultiplyAdd(_direction, -_direction[i] * curvature * share, row, row);
        }
    }

    /// <summary>
    /// Variance of the weights' sum along the inputs: inputsᵀ × covariance × inputs. Much of what a page costs is here, so it goes
    /// down a strip of columns at a time, without a sum across a vector for each row; and as the covariance is symmetric, what lies
    /// right of a strip's own square counts by what lies below it, twice.
    /// </summary>
    private float Variance(ReadOnlySpan<float> inputs)
    {
        ref var covariance = ref MemoryMarshal.GetArrayDataReference(_covariance);
        ref var input = ref MemoryMarshal.GetReference(inputs);
        var (one, strip) = (Vector<float>.Count, 2 * Vector<float>.Count);
        var (variance, column) = (0f, 0);
        for (; column + strip <= _inputs; column += strip)
        {
            var (left, right) = (Vector<float>.Zero, Vector<float>.Zero);
            for (var row = column; row < _inputs; row++)
            {
                var times = new Vector<float>(row < column + strip ? inputs[row] : 2 * inputs[row]);
                var at = (nuint)((row * _inputs) + column);
                left = Vector.FusedMultiplyAdd(times, Vector.LoadUnsafe(ref covariance, at), left);
                right = Vector.FusedMultiplyAdd(times, Vector.LoadUnsafe(ref covariance, at + (nuint)one), right);
            }
            variance += Vector.Dot(left, Vector.LoadUnsafe(ref input, (nuint)column)) + Vector.Dot(right, Vector.LoadUnsafe(ref input, (nuint)(column + one)));
        }
        for (var row = column; row < _inputs; row++) variance += inputs[row] * TensorPrimitives.Dot<float>(Row(row)[column..], inputs[column..]);
        return variance;
    }

    /// <summary>Sets the direction that the inputs pull the weights in.</summary>
    /// <returns>The variance of their sum.</returns>
    private float Look(ReadOnlySpan<float> inputs)
    {
        for (var i = 0; i < _inputs; i++) _direction[i] = TensorPrimitives.Dot(Row(i), inputs);
        return TensorPrimitives.Dot(_direction, inputs);
    }

    /// <summary>After many views with large inputs rounding may leave less than no variance along them: then every weight is known a little less.</summary>
    private void Repair(ReadOnlySpan<float> inputs, float variance)
    {
        var missing = (LeastVariance - variance) / TensorPrimitives.SumOfSquares(inputs);
        for (var i = 0; i < _inputs; i++) _covariance[(i * _inputs) + i] += missing;
    }

    private Span<float> Row(int row) => _covariance.AsSpan(row * _inputs, _inputs);
}
