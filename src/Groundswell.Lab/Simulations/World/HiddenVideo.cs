using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Taste;

namespace Groundswell.Lab.Simulations.World;

/// <summary>What a video really is; the engine has to find it out.</summary>
/// <param name="Quality">General quality: standard normal over all uploads.</param>
/// <param name="Genres">What it is about, at most three genres, weights summing to 1.</param>
/// <param name="Topic">The topic of the day that it is about; null for none.</param>
/// <param name="TrueScore">Expected points of a view over the whole population: what its score should be found to be.</param>
/// <param name="Divides">People of one taste like it much more than those of another do.</param>
internal sealed record HiddenVideo(
    VideoId Id, CreatorId Creator, double Quality, ImmutableArray<GenreShare> Genres, int DurationMs, int? Topic, double TrueScore, bool Divides = false)
{
    /// <summary>Four times what taste counts in other videos is as much again as quality does: a judgement, as no log says which videos are a niche's.</summary>
    private const double Division = 4;

    public DurationBucket Bucket { get; } = DurationBuckets.Of(DurationMs);

    /// <summary>Makes the liking of a mixture of genres as spread as that of one.</summary>
    public double TasteScale { get; } = (Divides ? Division : 1) / Math.Sqrt(Genres.Sum(share => share.Weight * share.Weight));
}
