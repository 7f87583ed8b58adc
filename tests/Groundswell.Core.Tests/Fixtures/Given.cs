using System.Collections.Immutable;
using System.Text.Json;
using Groundswell.Core.Audience;
using Groundswell.Core.Challenges;
using Groundswell.Core.Creators;
using Groundswell.Core.Duplicates;
using Groundswell.Core.Feed;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Taste;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;

namespace Groundswell.Core.Tests.Fixtures;

/// <summary>The small world the rule tables speak of: four genres, one creator, a ten-second clip.</summary>
internal static class Given
{
    public const int Genres = 4;
    public const int TenSeconds = 10_000;
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly Rules Rules = new();
    public static readonly VideoId Clip = new(100);
    public static readonly CreatorId Creator = new(7);

    /// <summary>A challenge that opened a day ago and has a week to go.</summary>
    public static ChallengeTerms Terms => new("Ten seconds of sea", "Show us your water.", ["sea", "ocean"], null, Now.AddDays(-1), Now.AddDays(7));

    public static ViewerId Viewer(int number) => new(1000 + number);

    public static VideoUploaded Uploaded(VideoId? video = null, CreatorId? creator = null, DateTimeOffset? at = null) =>
        new(at ?? Now.AddDays(-1), video ?? Clip, creator ?? Creator, "Ada", "A clip", ["tag"], null, "clip.mp4", 1_000_000);

    public static VideoProcessed Processed(VideoId? video = null, int durationMs = TenSeconds, int genre = 0) => new(
        Now.AddDays(-1), video ?? Clip, Creator, new MediaFacts(durationMs, 432, 768, true, "mp4", "h264", "aac", 24, 0, 1_000_000), Analysis(genre));

    public static ContentAnalysis Analysis(int genre) => new(
        new VisualFeatures(0.5f, 0.2f, 0.5f, [.. Enumerable.Repeat(1f / 12, 12)], 0.1f, 6, 0, 0, 0, 0.2f),
        new AudioFeatures(-18, -1, 0.1f, [.. Enumerable.Repeat(1f / 8, 8)], 2),
        new TextFeatures(["clip"], ["tag"], []),
        [.. Enumerable.Range(0, ContentAnalysis.VectorLength).Select(i => i == genre ? 1f : 0f)],
        new GenreMix([.. Enumerable.Range(0, Genres).Select(i => i == genre ? 1f : 0f)]),
        new Fingerprint([.. Enumerable.Range(0, Fingerprint.Frames).Select(i => (ulong)(i + 1) * 0x9E3779B97F4A7C15)], [.. Enumerable.Repeat(true, Fingerprint.Frames)]),
        "test");

    public static VideoMoved Moved(VideoStage from, VideoStage to, DateTimeOffset at, ReasonCode why = ReasonCode.MachinePassed, int wave = 0, VideoId? video = null) =>
        new(at, video ?? Clip, Creator, from, to, wave, Reason.Of(why, ("score", 5), ("gate", 4)), "test");

    /// <summary>A processed video in a stage, its stage begun at <paramref name="since"/>.</summary>
    public static VideoState Video(
        VideoStage stage = VideoStage.Testing, VideoId? id = null, int durationMs = TenSeconds, int genre = 0, DateTimeOffset? since = null, CreatorId? creator = null) =>
        VideoState.From(1, Uploaded(id, creator)).Fold(2, Processed(id, durationMs, genre)) with { Stage = stage, StageAt = since ?? Now };

    public static VideoState With(this VideoState video, EvidenceTotals totals) => video with { Evidence = video.Evidence with { Totals = totals, Trial = totals } };

    public static CreatorState NewCreator => CreatorState.New(Creator, "Ada");

    public static Slot Slot(ViewerId viewer, VideoState video, DateTimeOffset at, int cohort = 0, bool follows = false) => new(
        viewer, video.Id, video.Creator, new RequestId(55), 1, at, SlotSource.Personal, new Cohort(cohort), follows, 0.5f);

    public static EvidenceTotals Views(int views, double pointsEach) => Mixed((views, pointsEach));

    /// <summary>So many views of so many points each.</summary>
    public static EvidenceTotals Mixed(params ReadOnlySpan<(int Views, double Points)> parts)
    {
        var sum = default(EvidenceTotals);
        foreach (var (views, points) in parts)
            sum += new EvidenceTotals(views, views, views * points, views * points * points, views * points * points * points);
        return sum;
    }

    /// <summary>So many views of which so many completed and earned nothing else.</summary>
    public static EvidenceTotals Completed(int views, int completed) => Mixed((completed, 8), (views - completed, 0));

    public static TasteLesson Lesson(int genre, double value, double weight = 1, bool lasting = false) =>
        TasteLesson.Of(Analysis(genre), value, weight, lasting);

    private static JsonSerializerOptions Dialect<T>() => typeof(T).IsAssignableTo(typeof(LedgerEntry)) ? GroundswellJson.Ledger : GroundswellJson.Options;

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, Dialect<T>());

    public static T Through<T>(T value) =>
        JsonSerializer.Deserialize<T>(Json(value), Dialect<T>()) ?? throw new JsonException("null came back");

    public static PageServed Page(ViewerId viewer, DateTimeOffset at, params ReadOnlySpan<VideoId> videos)
    {
        var slots = ImmutableArray.CreateBuilder<ServedSlot>();
        foreach (var video in videos) slots.Add(new ServedSlot(video, SlotSource.Personal, 0.5f, 3, default));
        return new PageServed(at, viewer, new RequestId(56), FeedMode.Personalised, "m1", slots.ToImmutable());
    }
}
