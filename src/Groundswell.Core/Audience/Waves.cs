using System.Collections.Immutable;

namespace Groundswell.Core.Audience;

/// <summary>How a video widens after its test batch, and how it cools.</summary>
/// <param name="Factors">Each wave's impressions as a multiple of the test batch: 300 → 3 k → 10 k → 100 k.</param>
/// <param name="LastsFor">After this time from its promotion a video leaves the waves for the library.</param>
/// <param name="HalfLife">Freshness halves in this time from promotion.</param>
public sealed record WaveRules(ImmutableArray<double> Factors, TimeSpan LastsFor, TimeSpan HalfLife)
{
    public static WaveRules Default { get; } = new([10, 33.3, 333], TimeSpan.FromDays(7), TimeSpan.FromDays(3));
}

public static class Wave
{
    /// <summary>Impressions that wave <paramref name="wave"/> (from 1) may take, or null when it would be wider than the audience: then the video is open.</summary>
    public static int? Size(int wave, int batch, int weeklyViewers, WaveRules rules)
    {
        if (wave > rules.Factors.Length) return null;
        var size = (int)(batch * rules.Factors[wave - 1]);
        return size > weeklyViewers ? null : size;
    }

    /// <summary>Freshness of a promoted video in (0, 1]: 1 at its promotion, half after <see cref="WaveRules.HalfLife"/>.</summary>
    public static double Freshness(DateTimeOffset promotedAt, DateTimeOffset now, WaveRules rules) =>
        Math.Pow(0.5, Math.Max(0, (now - promotedAt) / rules.HalfLife));

    public static bool HasCooled(DateTimeOffset promotedAt, DateTimeOffset now, WaveRules rules) => now - promotedAt >= rules.LastsFor;
}
