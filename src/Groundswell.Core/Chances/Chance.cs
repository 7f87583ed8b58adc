namespace Groundswell.Core.Chances;

/// <summary>
/// A keyed source of chance: every draw is a hash of the seed and of what the draw is for, so that parallel work replays
/// whatever its order. Mixing is SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
/// </summary>
public readonly record struct Chance(ulong Seed)
{
    /// <summary>The chance of a narrower purpose; equal keys give equal draws.</summary>
    public Chance For(long key) => new(Mix(Seed ^ Mix((ulong)key + 0x9E3779B97F4A7C15)));

    public Chance For(string purpose)
    {
        var hash = 0xCBF29CE484222325ul;
        foreach (var c in purpose) hash = (hash ^ c) * 0x100000001B3;
        return For((long)hash);
    }

    /// <summary>64 uniform bits.</summary>
    public ulong Bits() => Mix(Seed + 0x9E3779B97F4A7C15);

    /// <summary>Uniform in [0, 1).</summary>
    public double Unit() => (Bits() >> 11) * (1.0 / (1ul << 53));

    /// <summary>True with the given probability.</summary>
    public bool Hits(double probability) => Unit() < probability;

    /// <summary>Uniform in [0, count).</summary>
    public int Below(int count) => (int)(Unit() * count);

    /// <summary>Standard normal (Box and Muller, 1958).</summary>
    public double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - For(1).Unit()));
        return radius * Math.Cos(2 * Math.PI * For(2).Unit());
    }

    /// <summary>Exponential with the given mean.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Unit());

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
