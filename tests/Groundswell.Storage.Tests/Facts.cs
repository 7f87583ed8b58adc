using System.Collections.Immutable;
using System.Text.Json;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Challenges;
using Groundswell.Core.Duplicates;
using Groundswell.Core.Experiments;
using Groundswell.Core.Feed;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Taste;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;

namespace Groundswell.Storage.Tests;

/// <summary>Entries for tests, of every kind.</summary>
internal static class Facts
{
    public static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);
    public static readonly ViewerId Viewer = new(11);
    public static readonly VideoId Video = new(22);
    public static readonly CreatorId Creator = new(33);

    public static string Json(LedgerEntry entry) => JsonSerializer.Serialize(entry, GroundswellJson.Options);

    public static VideoUploaded Uploaded(VideoId video) => new(At, video, Creator, "Ada", "A #cat", ["cat"], "purr", "cat.mp4", 1_000_000);

    public static VideoMoved Moved(VideoId video, VideoStage from, VideoStage to) =>
        new(At, video, Creator, from, to, to == VideoStage.Widening ? 1 : 0, Reason.Of(ReasonCode.MediaReady, ("probability", 0.93)), "machine");

    public static SignalRecorded Signal(string eventId, ViewerId? viewer = null, VideoId? video = null) => new(
        At, eventId, SignalType.PlayEnd, At.AddSeconds(-1), viewer ?? Viewer, video ?? Video, Creator,
        new SlotContext(new RequestId(44), 2, SlotSource.Wave, 3, true, 0.25f), new PlayReport(9_000, 9_500, 9_000, 1, EndReason.Swipe), null,
        false, null, Change, 0, 18, new TasteLesson(18, 1, false, [new GenreShare(3, 0.7f)], [.. Enumerable.Range(0, 64).Select(i => (byte)i)]));

    public static SignalRecorded Comment(string eventId, string? text) =>
        Signal(eventId) with { Type = SignalType.Comment, Text = text, Play = null, Taste = null };

    public static PageServed Page(int number) => new(
        At, Viewer, new RequestId(number), FeedMode.Personalised, "m7",
        [new ServedSlot(Video, SlotSource.Random, 0.004f, 7.5f, new ActionProbabilities(0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f))]);

    /// <summary>Every fact there is, with and without what may be absent.</summary>
    public static ImmutableArray<LedgerEntry> OfEveryKind(VideoId video) =>
    [
        Uploaded(video),
        new VideoProcessed(At, video, Creator, new MediaFacts(12_000, 720, 1280, true, "mp4", "h264", "aac", 29.97, 90, 5_000_000), Analysis(Audio)),
        new VideoProcessed(At, video, Creator, new MediaFacts(12_000, 720, 1280, false, "webm", "vp9", null, 25, 0, 5), Analysis(null)),
        Moved(video, VideoStage.Uploaded, VideoStage.Processed),
        Moved(video, VideoStage.Processed, VideoStage.Rejected) with { Reason = Reason.Of(ReasonCode.DuplicateFound, "as before", new VideoId(5)), Enrolments = [new Enrolment(new ExperimentId(6), Arm.Control)] },
        Moved(video, VideoStage.Rejected, VideoStage.HumanReview) with { Niche = [3, 4] },
        Page(1),
        Page(2) with { Slots = [] },
        Signal("full"),
        Comment("said", "So good 🎉 \"quoted\""),
        Signal("bare") with { Slot = null, Play = null, Change = null, Taste = null, Late = true, Disqualified = Disqualification.Burst },
        Signal("first") with { Change = new ViewChange(null, Change.After), Play = new PlayReport(1, 1, 1, 0, null) },
        new TasteForgotten(At, Viewer),
        new PersonalisationChosen(At, Viewer, false),
        new CreatorSeen(At, Creator, "Ada"),
        new DeviceSignedIn(At, Viewer, Creator),
        RulesSet.Of(new Rules { Gate = new GateRules(Absolute: 0, WidenAt: 0.8) }, "ada", At),
        new RegionShared(At, Viewer, Region.All[3]),
        new RegionShared(At, Viewer, null),
        new InterestsDeclared(At, Viewer, [1, 3]),
        new InterestsDeclared(At, Viewer, []),
        new AgeDeclared(At, Viewer, AgeClass.Teen),
        new AgeDeclared(At, Viewer, null),
        new VideoAgeMarked(At, video, Creator, true, "rough", "eve"),
        new VideoAgeMarked(At, video, Creator, false, null, "eve"),
        new CohortsDrawn(At, 2, [new TasteCluster(3, 40, [1, 0], [0.6f, -0.8f, 0])], 4, 52, 120, "rules-test"),
        new ChallengeOpened(At, new ChallengeId(3), "sea", Terms, "ada"),
        new ChallengeEdited(At, new ChallengeId(3), Terms, "ada"),
        new ChallengeClosed(At, new ChallengeId(3), "ada"),
        new VideoBoosted(At, new BoostId(4), video, Creator, 100, At, At.AddDays(1), "a good cause", "ada"),
        new BoostEnded(At, new BoostId(4), video, Creator, null, "ada"),
        Page(3) with { Enrolments = [new Enrolment(new ExperimentId(5), Arm.Treatment)] },
        new ExperimentStarted(At, new ExperimentId(5), Plan, new ExperimentRules(HoldOutShare: 0).TermsFor(ExperimentUnit.Viewer), "ada"),
        new ExperimentStopped(At, new ExperimentId(5), StopCause.Guardrail, new Effect(Measure.ExitRate, 0.1, 0.2, 0.1, 0.05, 0.15), null, "guardrail"),
        new ExperimentStopped(At, new ExperimentId(5), StopCause.Operator, null, "enough", "ada"),
    ];

    private static ExperimentPlan Plan => new(
        "Bolder", ExperimentUnit.Viewer, JsonSerializer.Deserialize<JsonElement>("""{ "feed": { "optimism": 2 } }"""), 0.5, At, null, "to see");

    private static ChallengeTerms Terms => new("Ten seconds of sea", "Show us your water.", ["sea", "ocean"], null, At.AddDays(-1), At.AddDays(7));

    private static ViewChange Change => new(
        new View(At, Actions.None, false, 0, 0, 0, false, false),
        new View(At, Actions.Completion | Actions.Rewatch, true, 9_000, 9_500, 1, false, false));

    private static AudioFeatures Audio => new(-14.2f, -1, 0.1f, [.. Enumerable.Repeat(0.125f, 8)], 2.5f);

    private static ContentAnalysis Analysis(AudioFeatures? audio) => new(
        new VisualFeatures(0.5f, 0.1f, 0.3f, [.. new float[12]], 0.2f, 30, 0, 0, 1.5f, 0.4f), audio, new TextFeatures(["a"], ["cat"], []),
        [.. Enumerable.Repeat(0.125f, ContentAnalysis.VectorLength)], GenreMix.Unknown(4), new Fingerprint([1, ulong.MaxValue], [true, false]), "a1");
}
