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
    public float Predict(ReadOnlySpan<float> inputs)
    {
        var variance = 0f;
        for (var i = 0; i < _inputs; i++) variance += inputs[i] * TensorPrimitives.Dot(Row(i), inputs);
        return Logistic.Damped(TensorPrimitives.Dot(_weights, inputs), Math.Max(0, variance));
    }

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
