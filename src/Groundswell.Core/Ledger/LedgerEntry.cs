using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Groundswell.Core.Audience;
using Groundswell.Core.Challenges;
using Groundswell.Core.Experiments;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Taste;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;

namespace Groundswell.Core.Ledger;

/// <summary>
/// One fact. The ledger is an ordered list of these and the only truth: viewers, videos, creators, trends and
/// statistics are folds over it. An entry carries the decision that was made and the numbers it was made on, so that
/// folding needs no rule and a rebuild comes out equal.
/// </summary>
/// <param name="At">When the engine recorded it (UTC).</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(VideoUploaded), "video_uploaded")]
[JsonDerivedType(typeof(VideoProcessed), "video_processed")]
[JsonDerivedType(typeof(VideoMoved), "video_moved")]
[JsonDerivedType(typeof(PageServed), "page_served")]
[JsonDerivedType(typeof(SignalRecorded), "signal")]
[JsonDerivedType(typeof(TasteForgotten), "taste_forgotten")]
[JsonDerivedType(typeof(PersonalisationChosen), "personalisation_chosen")]
[JsonDerivedType(typeof(CreatorSeen), "creator_seen")]
[JsonDerivedType(typeof(DeviceSignedIn), "device_signed_in")]
[JsonDerivedType(typeof(RulesSet), "rules_set")]
[JsonDerivedType(typeof(RegionShared), "region_shared")]
[JsonDerivedType(typeof(InterestsDeclared), "interests_declared")]
[JsonDerivedType(typeof(AgeDeclared), "age_declared")]
[JsonDerivedType(typeof(VideoAgeMarked), "video_age_marked")]
[JsonDerivedType(typeof(CohortsDrawn), "cohorts_drawn")]
[JsonDerivedType(typeof(ChallengeOpened), "challenge_opened")]
[JsonDerivedType(typeof(ChallengeEdited), "challenge_edited")]
[JsonDerivedType(typeof(ChallengeClosed), "challenge_closed")]
[JsonDerivedType(typeof(VideoBoosted), "video_boosted")]
[JsonDerivedType(typeof(BoostEnded), "boost_ended")]
[JsonDerivedType(typeof(ExperimentStarted), "experiment_started")]
[JsonDerivedType(typeof(ExperimentStopped), "experiment_stopped")]
public abstract record LedgerEntry(DateTimeOffset At)
{
    /// <summary>Whose profile it changes, if anybody's.</summary>
    [JsonIgnore] public virtual ViewerId? OfViewer => null;

    /// <summary>Which video it is about, if one.</summary>
    [JsonIgnore] public virtual VideoId? OfVideo => null;

    /// <summary>Which creator it is about, if one.</summary>
    [JsonIgnore] public virtual CreatorId? OfCreator => null;
}

/// <param name="FileName">The name the file had on the creator's device, for their own eyes.</param>
public sealed record VideoUploaded(
    DateTimeOffset At, VideoId Video, CreatorId Creator, string CreatorName, string Caption, ImmutableArray<string> Hashtags, string? Sound,
    string FileName, long Bytes) : LedgerEntry(At)
{
    [JsonIgnore] public override VideoId? OfVideo => Video;
    [JsonIgnore] public override CreatorId? OfCreator => Creator;
}

public sealed record VideoProcessed(DateTimeOffset At, VideoId Video, CreatorId Creator, MediaFacts Media, ContentAnalysis Analysis)
    : LedgerEntry(At)
{
    [JsonIgnore] public override VideoId? OfVideo => Video;
    [JsonIgnore] public override CreatorId? OfCreator => Creator;
}

/// <summary>A journal entry: one step of a video's life.</summary>
/// <param name="Wave">The wave it is in after the move; 0 outside the waves.</param>
/// <param name="By">The rules' version, <c>machine</c>, or the person's account name.</param>
public sealed record VideoMoved(
    DateTimeOffset At, VideoId Video, CreatorId Creator,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] VideoStage From,
    VideoStage To, int Wave, Reason Reason, string By)
    : LedgerEntry(At)
{
    /// <summary>Ledger position up to which a verdict of the rules had seen: judged there again, it comes out the same. 0 where no rule judged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long Seen { get; init; }

    /// <summary>The size of the audience by which a rule judged: it is counted now and then, so no position tells it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int WeeklyViewers { get; init; }

    /// <summary>The clusters of taste that it goes on among, by id, where it stops for everybody else; null where it does not.</summary>
    public ImmutableArray<int>? Niche { get; init; }

    /// <summary>The arms by whose rules it is judged, noted when its test begins and at every verdict; null outside experiments.</summary>
    public ImmutableArray<Enrolment>? Enrolments { get; init; }

    [JsonIgnore] public override VideoId? OfVideo => Video;
    [JsonIgnore] public override CreatorId? OfCreator => Creator;
}

/// <param name="Cohort">The viewer's <see cref="Audience.Cohort.Number"/> when the page was made.</param>
/// <param name="Unprofiled">Nothing of the viewer's own was used, and nothing of theirs is learned from what follows.</param>
public sealed record PageServed(
    DateTimeOffset At, ViewerId Viewer, RequestId Request, FeedMode Mode, string ModelVersion, ImmutableArray<ServedSlot> Slots, int Cohort = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Unprofiled = false)
    : LedgerEntry(At)
{
    /// <summary>The arms by whose rules it was made; null outside experiments.</summary>
    public ImmutableArray<Enrolment>? Enrolments { get; init; }

    [JsonIgnore] public override ViewerId? OfViewer => Viewer;
}

/// <summary>One place of a served page with what the model believed at that moment: the features of later learning.</summary>
/// <param name="Taste">Log-odds that the viewer's taste added to whatever earns points, by content.</param>
public sealed record ServedSlot(
    VideoId Video,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SlotSource Source,
    float Propensity, float Value, ActionProbabilities Probabilities,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] float Taste = 0);

/// <summary>One signal with its verdict.</summary>
/// <param name="EventTime">When it happened; <see cref="LedgerEntry.At"/> is when it was received.</param>
/// <param name="Late">It counts at its event time although it came late.</param>
/// <param name="Disqualified">Set when it counts nothing.</param>
/// <param name="Change">What it changed in the viewer's view of the video; null when nothing.</param>
/// <param name="PointsBefore">Points of the view before it, by the point rules in force then.</param>
/// <param name="Taste">What the viewer's taste learns from it; null when nothing.</param>
/// <param name="PointsWithheld">Points that it would have brought and did not; negative where an act that was held back comes to count.</param>
/// <param name="TakenBack">Event ids of the comments that it takes back.</param>
public sealed record SignalRecorded(
    DateTimeOffset At, string EventId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SignalType Type,
    DateTimeOffset EventTime, ViewerId Viewer, VideoId Video, CreatorId Creator,
    SlotContext? Slot, PlayReport? Play, string? Text, bool Late, Disqualification? Disqualified,
    ViewChange? Change, double PointsBefore, double PointsAfter, TasteLesson? Taste,
    double PointsWithheld = 0,
    ImmutableArray<string>? TakenBack = null) : LedgerEntry(At)
{
    /// <summary>
    /// It is the viewer's own doing, even where it counts nothing for the video: repeating themselves, or coming in a crowd.
    /// Their record and their taste follow it.
    /// </summary>
    [JsonIgnore] public bool IsGenuine => Disqualified is null or Disqualification.Redundant or Disqualification.Burst or Disqualification.FreshDevices;

    [JsonIgnore] public override ViewerId? OfViewer => Viewer;
    [JsonIgnore] public override VideoId? OfVideo => Video;
    [JsonIgnore] public override CreatorId? OfCreator => Creator;
}

/// <summary>The part of a slot that evidence is kept by.</summary>
public sealed record SlotContext(
    RequestId Request, int Position,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SlotSource Source,
    int Cohort, bool FollowsCreator, float Propensity);

public sealed record TasteForgotten(DateTimeOffset At, ViewerId Viewer) : LedgerEntry(At)
{
    [JsonIgnore] public override ViewerId? OfViewer => Viewer;
}

public sealed record PersonalisationChosen(DateTimeOffset At, ViewerId Viewer, bool Personalised) : LedgerEntry(At)
{
    [JsonIgnore] public override ViewerId? OfViewer => Viewer;
}

/// <summary>A viewer said which region they are in, or took that back.</summary>
/// <param name="Region">Null when it was taken back: from then on nothing uses it, and no state holds it.</param>
public sealed record RegionShared(DateTimeOffset At, ViewerId Viewer, Region? Region) : LedgerEntry(At)
{
    [JsonIgnore] public override ViewerId? OfViewer => Viewer;
}

/// <summary>A viewer said which genres they like, or took that back.</summary>
/// <param name="Genres">By index, ascending; empty when it was taken back: from then on nothing uses them, and no state holds them.</param>
public sealed record InterestsDeclared(DateTimeOffset At, ViewerId Viewer, ImmutableArray<int> Genres) : LedgerEntry(At)
{
    [JsonIgnore] public override ViewerId? OfViewer => Viewer;
}

/// <summary>A viewer said how old they are, or took that back.</summary>
/// <param name="Age">Null when it was taken back: from then on nothing uses it, and no state holds it.</param>
public sealed record AgeDeclared(DateTimeOffset At, ViewerId Viewer, AgeClass? Age) : LedgerEntry(At)
{
    [JsonIgnore] public override ViewerId? OfViewer => Viewer;
}

/// <summary>A reviewer said for which age a video is.</summary>
/// <param name="AdultsOnly">Only for viewers who say that they are adults; else for everybody again.</param>
/// <param name="By">The reviewer's account name.</param>
public sealed record VideoAgeMarked(DateTimeOffset At, VideoId Video, CreatorId Creator, bool AdultsOnly, string? Note, string By) : LedgerEntry(At)
{
    [JsonIgnore] public override VideoId? OfVideo => Video;
    [JsonIgnore] public override CreatorId? OfCreator => Creator;
}

/// <summary>The audience was divided into clusters of like taste; they are in force until the next draw.</summary>
/// <param name="Version">Number of the draw, from 1.</param>
/// <param name="Clusters">By id.</param>
/// <param name="LastId">The highest id ever given to a cluster: the next new one has a higher one.</param>
/// <param name="Tastes">How many viewers' tastes they were drawn from.</param>
/// <param name="WeeklyViewers">Viewers of the seven days before.</param>
/// <param name="By">The rules' version.</param>
public sealed record CohortsDrawn(
    DateTimeOffset At, int Version, ImmutableArray<TasteCluster> Clusters, int LastId, int Tastes, int WeeklyViewers, string By) : LedgerEntry(At);

/// <summary>A creator signed in on a viewer's device: from then on it is theirs, signed in or not.</summary>
public sealed record DeviceSignedIn(DateTimeOffset At, ViewerId Viewer, CreatorId Creator) : LedgerEntry(At)
{
    [JsonIgnore] public override ViewerId? OfViewer => Viewer;
}

/// <summary>A creator used the studio or the upload API.</summary>
public sealed record CreatorSeen(DateTimeOffset At, CreatorId Creator, string Name) : LedgerEntry(At)
{
    [JsonIgnore] public override CreatorId? OfCreator => Creator;
}

/// <summary>
/// From here on these rules are in force: what decides by them, and what folds by them. Kept for ever, so that whatever
/// version a journal names can be looked up.
/// </summary>
/// <param name="Version">As <see cref="Core.Rules.Version"/> named them when they were set.</param>
/// <param name="By">The operator's account name, or <c>start</c> where a server found them when it was started.</param>
/// <param name="Rules">All of them, word for word: a later program may have other rules. See <see cref="RuleBook.RulesDocument.Recall"/>.</param>
public sealed record RulesSet(DateTimeOffset At, string Version, string By, JsonElement Rules) : LedgerEntry(At)
{
    public static RulesSet Of(Rules rules, string by, DateTimeOffset at) => new(at, rules.Version, by, RuleBook.RulesDocument.Whole(rules));
}

/// <param name="By">The operator's account name.</param>
public sealed record ChallengeOpened(DateTimeOffset At, ChallengeId Challenge, string Slug, ChallengeTerms Terms, string By) : LedgerEntry(At);

/// <summary>A challenge was said anew: all of it, so that nothing has to be pieced together.</summary>
public sealed record ChallengeEdited(DateTimeOffset At, ChallengeId Challenge, ChallengeTerms Terms, string By) : LedgerEntry(At);

/// <summary>A challenge was closed before its time.</summary>
public sealed record ChallengeClosed(DateTimeOffset At, ChallengeId Challenge, string By) : LedgerEntry(At);

/// <summary>An operator promotes a video.</summary>
/// <param name="Slots">At most so many slots.</param>
public sealed record VideoBoosted(
    DateTimeOffset At, BoostId Boost, VideoId Video, CreatorId Creator, int Slots, DateTimeOffset From, DateTimeOffset Expires, string Reason, string By)
    : LedgerEntry(At)
{
    [JsonIgnore] public override VideoId? OfVideo => Video;
    [JsonIgnore] public override CreatorId? OfCreator => Creator;
}

/// <summary>A boost was ended before its time and its cap.</summary>
public sealed record BoostEnded(DateTimeOffset At, BoostId Boost, VideoId Video, CreatorId Creator, string? Note, string By) : LedgerEntry(At)
{
    [JsonIgnore] public override VideoId? OfVideo => Video;
    [JsonIgnore] public override CreatorId? OfCreator => Creator;
}

/// <summary>An experiment with the rules was started; it waits for its time.</summary>
/// <param name="Terms">What it is read by until its end, whatever the rules become.</param>
public sealed record ExperimentStarted(DateTimeOffset At, ExperimentId Experiment, ExperimentPlan Plan, ReadingTerms Terms, string By) : LedgerEntry(At);

/// <summary>An experiment was stopped: everybody is back at the rules in force.</summary>
/// <param name="Deciding">The numbers on which a guardrail stopped it; null where an operator did.</param>
/// <param name="By">The operator's account name, or <c>guardrail</c>.</param>
public sealed record ExperimentStopped(DateTimeOffset At, ExperimentId Experiment, StopCause Cause, Effect? Deciding, string? Note, string By) : LedgerEntry(At);

/// <summary>An entry at its place in the ledger. Positions rise by commit order and are never reused.</summary>
public readonly record struct Recorded(long Position, LedgerEntry Entry);
