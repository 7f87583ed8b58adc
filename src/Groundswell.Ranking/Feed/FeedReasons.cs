using System.Collections.Immutable;
using Groundswell.Core.Signals;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Feed;

/// <summary>Why a video is on a page, in words for the viewer. The first reason is the one the page shows.</summary>
internal static class FeedReasons
{
    private const double Liked = 0.12;

    public static ImmutableArray<FeedReason> For(MixedSlot slot, FeedContext context)
    {
        var video = slot.Ranked.Video;
        var reasons = ImmutableArray.CreateBuilder<FeedReason>();
        reasons.Add(OfSource(slot.Source, video, context));
        if (slot.Source != SlotSource.Personal && OfTaste(video, context) is { } taste) reasons.Add(taste);
        if (context.Viewer.Follows.Contains(video.Creator) && slot.Source != SlotSource.Following)
            reasons.Add(new FeedReason("following", $"You follow {video.CreatorName}."));
        // Of what is ordered by its value alone: a test or the newest says nothing of what people finish.
        if (context.Caution.IsHigh && slot.Ranked.Candidate.Competes && !context.IsChronological) reasons.Add(new FeedReason("safe_choice", "You skipped the last few, so this page keeps to what most people finish."));
        return reasons.ToImmutable();
    }

    private static FeedReason OfSource(SlotSource source, VideoState video, FeedContext context) => source switch
    {
        SlotSource.Probe => new("probe", $"A first look at {Genre(video, context) ?? "something else"}, to learn what you like."),
        SlotSource.TestBatch => new("test_batch", "It is new, and you are among its first viewers."),
        SlotSource.Revival => new("revival", "It is getting a second chance with a new audience."),
        SlotSource.Wave when video.Niche is not null => new("niche", "It is not for everybody, but people with a taste like yours liked it."),
        SlotSource.Wave => new("wave", LikedGenre(video, context) is { } near
            ? $"It did well in its test, and you like {near}."
            : "It did well in its test, and people with a taste like yours liked it."),
        SlotSource.Following => new("following", $"You follow {video.CreatorName}."),
        SlotSource.Personal => OfTaste(video, context) ?? new("popular", "Most people who see it watch it to the end."),
        SlotSource.Cohort => new("cohort", "People with a taste like yours liked it."),
        SlotSource.Trending => new("trending", Rising(video, context)),
        SlotSource.Random => new("random", "Picked at random, to keep the engine honest."),
        SlotSource.Latest => new("latest", "The newest first, as you asked."),
        SlotSource.Boost => new("boost", "The operator promoted this."),
        SlotSource.Shared => new("shared", "You opened a shared link."),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, null),
    };

    private static string Rising(VideoState video, FeedContext context) => context.Catalogue.Trends.LiftOf(video, context.Region).Topic switch
    {
        { Kind: TopicKind.Hashtag } tag => $"#{tag.Name} is rising.",
        { Kind: TopicKind.Sound } => $"Its sound, “{video.Sound}”, is rising.",
        { Kind: TopicKind.Challenge } challenge => $"It takes part in a rising challenge, “{context.Catalogue.Challenges.Find(challenge.Name)?.Terms.Title}”.",
        _ => "What it is about was rising a moment ago.",
    };

    /// <summary>The viewer's taste for what a video is; told apart by whether they have shown it or said it.</summary>
    private static FeedReason? OfTaste(VideoState video, FeedContext context)
    {
        if (LikedGenre(video, context) is not { } title || video.Analysis?.Genres.Leading is not { } genre) return null;
        return context.Viewer.Taste.Affinity(genre, context.Rules.Taste) > Liked
            ? new("taste", $"You often watch {title} to the end.")
            : new("declared", $"You said that you like {title}.");
    }

    private static string? LikedGenre(VideoState video, FeedContext context) =>
        video.Analysis?.Genres.Leading is { } genre && genre < context.Affinities.Length && context.Affinities[genre] > Liked
            ? context.Taxonomy[genre].Title
            : null;

    private static string? Genre(VideoState video, FeedContext context) =>
        video.Analysis?.Genres.Leading is { } genre && genre < context.Taxonomy.Count ? context.Taxonomy[genre].Title : null;
}
