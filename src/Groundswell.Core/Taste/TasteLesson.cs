using System.Collections.Immutable;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Taste;

/// <summary>A genre and how much of it a video is.</summary>
public readonly record struct GenreShare(int Genre, float Weight);

/// <summary>
/// What one signal teaches about a viewer's taste, self-contained so that a rebuild needs no other record.
/// </summary>
/// <param name="Value">How good the view was, in points: earned points less what skipping costs. See <see cref="TasteRules"/>.</param>
/// <param name="Weight">How much it counts: 1 for a first resolved view, less for what follows on it.</param>
/// <param name="Lasting">Set for "not interested": lowers the genres lastingly.</param>
/// <param name="Genres">The video's heaviest genres, at most three, weights as in its mix.</param>
/// <param name="Vector">The video's content vector, one signed byte per dimension, 127 = 1.0 (base64 in JSON).</param>
public sealed record TasteLesson(double Value, double Weight, bool Lasting, ImmutableArray<GenreShare> Genres, byte[] Vector)
{
    public static TasteLesson Of(ContentAnalysis content, double value, double weight, bool lasting) =>
        new(value, weight, lasting, Heaviest(content), Quantise(content.Vector.AsSpan()));

    private static ImmutableArray<GenreShare> Heaviest(ContentAnalysis content)
    {
        if (content.Genres.Leading is null) return [];
        return
        [
            .. content.Genres.Weights
                .Select((weight, genre) => new GenreShare(genre, weight))
                .Where(share => share.Weight > 1f / content.Genres.Weights.Length)
                .OrderByDescending(share => share.Weight).ThenBy(share => share.Genre)
                .Take(3),
        ];
    }

    private static byte[] Quantise(ReadOnlySpan<float> vector)
    {
        var bytes = new byte[vector.Length];
        for (var i = 0; i < vector.Length; i++) bytes[i] = unchecked((byte)(sbyte)Math.Clamp(MathF.Round(vector[i] * 127), -127, 127));
        return bytes;
    }
}
