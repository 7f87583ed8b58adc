using System.Collections.Immutable;

namespace Groundswell.Core.Audience;

/// <summary>How a video widens after its test batch, and how it cools.</summary>
/// <param name="Factors">Each wave's impressions as a multiple of the test batch: 300 → 3 k → 10 k → 100 k.</param>
/// <param name="LastsFor">After this time from its promotion a video leaves the waves for the library.</param>
/// <param name="HalfLife">Freshness halves in this time from promotion.</param>
/// <param name="ClearAt">A wave ends early when P(score &gt; gate) is at least this: one of a thousand that does so should not have …</param>
/// <param name="ClearShare">… but not before views of this share of its size. A wave is as long as the doubt: with only full waves, the best uploads queue behind those that just passed.</param>
/// <param name="OpeningShare">Share of slots kept for waves that have not had that share of their views, those first that are surest to be clear then: by their value alone they would wait for days in a large catalogue, where what has proven itself is worth more to every viewer.</param>
public sealed record WaveRules(
    ImmutableArray<double> Factors, TimeSpan LastsFor, TimeSpan HalfLife, double ClearAt = 0.999, double ClearShare = 0.1, double OpeningShare = 0.05)
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

    /// <summary>Whether a wave of a size has shown enough to be judged before its end, with such a chance of being above the gate.</summary>
    public static bool IsClear(int views, int size, double probability, WaveRules rules) =>
        probability >= rules.ClearAt && views >= rules.ClearShare * size;

    /// <summary>Freshness of a promoted video in (0, 1]: 1 at its promotion, half after <see cref="WaveRules.HalfLife"/>.</summary>
    public static double Freshness(DateTimeOffset promotedAt, DateTimeOffset now, WaveRules rules) =>
        Math.Pow(0.5, Math.Max(0, (now - promotedAt) / rules.HalfLife));

    public static bool HasCooled(DateTimeOffset promotedAt, DateTimeOffset now, WaveRules rules) => now - promotedAt >= rules.LastsFor;
}
