namespace Groundswell.Bench;

/// <summary>Measured times, and what to say of them.</summary>
internal sealed class Latencies
{
    private readonly List<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public void Add(TimeSpan elapsed)
    {
        lock (_milliseconds) _milliseconds.Add(elapsed.TotalMilliseconds);
    }

    /// <summary>The time that this share of calls stayed within, in milliseconds.</summary>
    public double Quantile(double share)
    {
        lock (_milliseconds)
        {
            _milliseconds.Sort();
            return _milliseconds.Count == 0 ? double.NaN : Math.Round(_milliseconds[(int)(share * (_milliseconds.Count - 1))], 2);
        }
    }
}
