using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Groundswell.Core.Genres;

/// <summary>
/// How much of each genre a video is: one weight per genre of the taxonomy, each ≥ 0, summing to 1. A video nobody can
/// place is <see cref="Unknown"/>: uniform, so that it pulls no taste anywhere.
/// </summary>
public sealed record GenreMix(ImmutableArray<float> Weights)
{
    public static GenreMix Unknown(int genres) => new([.. Enumerable.Repeat(1f / genres, genres)]);

    /// <summary>Normalises non-negative evidence; no evidence at all gives <see cref="Unknown"/>.</summary>
    public static GenreMix FromEvidence(ReadOnlySpan<float> evidence)
    {
        var sum = 0f;
        foreach (var weight in evidence) sum += weight;
        if (sum <= 0) return Unknown(evidence.Length);
        var weights = ImmutableArray.CreateBuilder<float>(evidence.Length);
        foreach (var weight in evidence) weights.Add(weight / sum);
        return new GenreMix(weights.MoveToImmutable());
    }

    /// <summary>The heaviest genre (lowest index on a tie), or null where none stands out from uniform.</summary>
    [JsonIgnore] public int? Leading { get; } = LeadingOf(Weights.AsSpan());

    private static int? LeadingOf(ReadOnlySpan<float> weights)
    {
        if (weights.IsEmpty) return null;
        var best = 0;
        for (var i = 1; i < weights.Length; i++)
            if (weights[i] > weights[best]) best = i;
        return weights[best] > 1.5f / weights.Length ? best : null;
    }
}
