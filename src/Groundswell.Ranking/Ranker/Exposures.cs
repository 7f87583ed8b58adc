using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Feed;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Ranker;

/// <summary>What the learned ranker may know of a video put before a viewer: made alike for a page and, from the ledger alone, for what is learned of it.</summary>
internal static class Exposures
{
    /// <param name="viewer">A key of the viewer's; 0 where nothing of theirs may be used.</param>
    /// <param name="cohort">Of the viewer: of it region and activity.</param>
    /// <param name="taste">Log-odds that their taste adds.</param>
    public static Exposure Of(ulong viewer, VideoState video, Cohort cohort, FeedMode mode, double taste, DateTimeOffset at) => new(
        viewer, Key(video.Id.Value), Key(video.Creator.Value), video.Sound is { } sound ? Keys.OfText(sound) : 0, 1 + (ulong)(video.Analysis?.Genres.Leading ?? -1), Kind: 0,
        1 + (ulong)mode, video.DurationMs / 1000.0, video.UploadedAt,
        viewer == 0 ? [] : [1 + (ulong)(cohort.Region?.Number ?? 0), 1 + (ulong)cohort.Activity], at)
    {
        Taste = (float)taste,
        Hashtags = TagKeys(video.Hashtags),
    };

    /// <summary>Ids begin anywhere; 0 is unknown.</summary>
    public static ulong Key(long id) => Keys.Mix((ulong)id + 1) | 1;

    private static ImmutableArray<ulong> TagKeys(ImmutableArray<string> hashtags)
    {
        var few = Math.Min(hashtags.Length, EffectGroups.Hashtags);
        if (few == 0) return [];
        var keys = new ulong[few];
        for (var i = 0; i < few; i++) keys[i] = Keys.OfText(hashtags[i]);
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(keys);
    }
}
