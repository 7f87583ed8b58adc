using System.Numerics;

namespace Groundswell.Media.Analysis;

/// <summary>
/// Power spectrum of Hann-windowed real signals by an iterative radix-2 transform (Cooley and Tukey, 1965). Keeps its
/// buffers between calls: not safe for concurrent use.
/// </summary>
internal sealed class PowerSpectrum
{
    private readonly double[] _window;
    private readonly int[] _reversed;
    private readonly double[] _real;
    private readonly double[] _imaginary;
    private readonly double[] _powers;
    private readonly (double Cosine, double Sine)[] _twiddles;

    /// <param name="length">Samples in a window, a power of two.</param>
    public PowerSpectrum(int length)
    {
        if (!BitOperations.IsPow2(length))
            throw new ArgumentOutOfRangeException(nameof(length), length, "The length must be a power of two.");
        _window = [.. Enumerable.Range(0, length).Select(i => 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / length))];
        _twiddles =
        [
            .. Enumerable.Range(0, length / 2).Select(i => -2 * Math.PI * i / length).Select(angle => (Math.Cos(angle), Math.Sin(angle))),
        ];
        _reversed = [.. Enumerable.Range(0, length).Select(i => Reverse(i, length))];
        (_real, _imaginary, _powers) = (new double[length], new double[length], new double[length / 2]);
    }

    /// <summary>Powers of the frequencies below half the sample rate, as squared sample units; valid until the next call.</summary>
    /// <param name="samples">As many samples as a window has.</param>
    public ReadOnlySpan<double> Of(ReadOnlySpan<short> samples)
    {
        var length = _window.Length;
        Array.Clear(_imaginary);
        for (var i = 0; i < length; i++) _real[_reversed[i]] = samples[i] * _window[i];
        for (var half = 1; half < length; half *= 2) Combine(half);
        for (var i = 0; i < _powers.Length; i++)
            _powers[i] = (_real[i] * _real[i] + _imaginary[i] * _imaginary[i]) / length;
        return _powers;
    }

    private static int Reverse(int index, int length)
    {
        var reversed = 0;
        for (var bit = 1; bit < length; bit <<= 1, index >>= 1) reversed = (reversed << 1) | (index & 1);
        return reversed;
    }

    /// <summary>Joins transforms of <paramref name="half"/> points in pairs.</summary>
    private void Combine(int half)
    {
        var stride = _twiddles.Length / half;
        for (var start = 0; start < _real.Length; start += 2 * half)
        {
            for (var i = 0; i < half; i++)
            {
                var (cosine, sine) = _twiddles[i * stride];
                var (even, odd) = (start + i, start + i + half);
                var real = _real[odd] * cosine - _imaginary[odd] * sine;
                var imaginary = _real[odd] * sine + _imaginary[odd] * cosine;
                (_real[odd], _imaginary[odd]) = (_real[even] - real, _imaginary[even] - imaginary);
                (_real[even], _imaginary[even]) = (_real[even] + real, _imaginary[even] + imaginary);
            }
        }
    }
}
