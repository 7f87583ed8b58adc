using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Trends;

namespace Groundswell.Core.Videos;

/// <summary>
/// Everything the engine knows of one video: a fold over its ledger entries. Immutable, so that a feed may read it while
/// the next one is being made.
/// </summary>
/// <param name="Position">Ledger position of the last entry folded in.</param>
/// <param name="Wave">The wave it is in, from 1; 0 outside the waves.</param>
/// <param name="PromotedAt">When it first cleared a gate; freshness counts from there.</param>
/// <param name="TestedAt">When its current test or revival began.</param>
/// <param name="AtStageStart">The trial's evidence when the current stage or wave began.</param>
/// <param name="Revivals">Revivals so far, withheld ones included.</param>
/// <param name="ReviewedByPersonAt">When a person last approved or rejected it.</param>
/// <param name="DuplicateApproved">A person has said that it is no duplicate.</param>
public sealed record VideoState(
    VideoId Id,
    long Position,
    CreatorId Creator,
    string CreatorName,
    string Caption,
    ImmutableArray<string> Hashtags,
    string? Sound,
    string FileName,
    DateTimeOffset UploadedAt,
    MediaFacts? Media,
    ContentAnalysis? Analysis,
    VideoStage Stage,
    DateTimeOffset StageAt,
    int Wave,
    DateTimeOffset? PromotedAt,
    DateTimeOffset? TestedAt,
    Evidence Evidence,
    EvidenceTotals AtStageStart,
    int Revivals,
    Reason? LastReason,
    DateTimeOffset? ReviewedByPersonAt,
    bool DuplicateApproved)
{
    /// <summary>What it is about, for trends: read of every view, so made once.</summary>
    [JsonIgnore] public ImmutableArray<Topic> Topics { get; } = Topic.Of(Hashtags, Sound);
    [JsonIgnore] public int DurationMs => Media?.DurationMs ?? 0;
    [JsonIgnore] public DurationBucket Bucket => DurationBuckets.Of(DurationMs);

    /// <summary>What a reviewer last said about the age it is for; null while none has.</summary>
    public VideoAgeMarked? AgeMark { get; init; }

    /// <summary>Only viewers who say that they are adults may be shown it.</summary>
    [JsonIgnore] public bool AdultsOnly => AgeMark is { AdultsOnly: true };

    /// <summary>The panel of the current test or revival: impressions that it brought, by cohort number; kept while it lasts.</summary>
    public ImmutableSortedDictionary<int, int> Panel { get; init; } = ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>Impressions of followers when the current test or revival began.</summary>
    public int FollowerViewsAtTrial { get; init; }

    /// <summary>The clusters of taste that it goes on among, by id, at most a handful; null where it is for everybody.</summary>
    public ImmutableArray<int>? Niche { get; init; }

    /// <summary>Whether it is for viewers of a cohort: asked of every video in a wave for every page.</summary>
    public bool IsFor(Cohort cohort) => Niche is not { } niche || (cohort.Cluster is { } cluster && niche.Contains(cluster));

    /// <summary>The trial's evidence by cluster of taste; kept while a test, a revival or a wave may still turn on it.</summary>
    public TasteEvidence ByTaste { get; init; } = TasteEvidence.None;

    /// <summary>When a revival of it was last withheld.</summary>
    public DateTimeOffset? WithheldAt { get; init; }

    /// <summary>Evidence gathered since the current stage or wave began.</summary>
    [JsonIgnore] public EvidenceTotals InStage => Evidence.Trial - AtStageStart;

    /// <summary>The trial's evidence when the current test or revival began.</summary>
    public EvidenceTotals AtTrialStart { get; init; }

    /// <summary>The evidence a gate looks at: what the current test or revival has gathered and the waves since; a revival is a second hearing.</summary>
    [JsonIgnore] public EvidenceTotals OnTrial => Evidence.Trial - AtTrialStart;

    public static VideoState From(long position, VideoUploaded uploaded) => new(
        uploaded.Video, position, uploaded.Creator, uploaded.CreatorName, uploaded.Caption, uploaded.Hashtags, uploaded.Sound, uploaded.FileName,
        uploaded.At, null, null, VideoStage.Uploaded, uploaded.At, 0, null, null, Evidence.None, default, 0, null, null, false);

    public VideoState Fold(long position, LedgerEntry entry) => entry switch
    {
        VideoProcessed processed => this with { Position = position, Media = processed.Media, Analysis = processed.Analysis },
        VideoMoved moved => Move(moved) with { Position = position },
        VideoAgeMarked mark => this with { Position = position, AgeMark = mark },
        SignalRecorded signal => this with { Position = position, Evidence = Evidence.Fold(signal), ByTaste = IsHeard(Stage) ? ByTaste.Fold(signal) : ByTaste, Panel = IsOnTrial(Stage) ? Seated(signal) : Panel },
        _ => this,
    };

    private static bool IsOnTrial(VideoStage stage) => stage is VideoStage.Testing or VideoStage.Reviving;

    private static bool IsHeard(VideoStage stage) => IsOnTrial(stage) || stage == VideoStage.Widening;

    private ImmutableSortedDictionary<int, int> Seated(SignalRecorded signal) =>
        signal is { Disqualified: null, Change: { FirstImpression: true, After: { OnTrial: true, Cohort: var cohort } } } ? Panel.SetItem(cohort, Panel.GetValueOrDefault(cohort) + 1) : Panel;

    private VideoState Move(VideoMoved moved)
    {
        var begins = moved.From != moved.To || moved.Wave != Wave || (moved.To == VideoStage.Widening && moved.Niche is not null && Niche is null);
        var trial = begins && IsOnTrial(moved.To);
        var promoted = moved.To is (VideoStage.Widening or VideoStage.Open) && IsOnTrial(moved.From);
        return this with
        {
            Stage = moved.To,
            StageAt = begins ? moved.At : StageAt,
            Wave = moved.Wave,
            Niche = moved.Niche,
            ByTaste = trial || !IsHeard(moved.To) ? TasteEvidence.None : ByTaste,
            PromotedAt = promoted ? moved.At : PromotedAt,
            TestedAt = trial ? moved.At : TestedAt,
            Panel = trial || !IsOnTrial(moved.To) ? ImmutableSortedDictionary<int, int>.Empty : Panel,
            FollowerViewsAtTrial = trial ? Evidence.FollowerViews : FollowerViewsAtTrial,
            AtStageStart = begins ? Evidence.Trial : AtStageStart,
            AtTrialStart = trial ? Evidence.Trial : AtTrialStart,
            Revivals = Revivals + (moved.From == VideoStage.Paused && moved.To is (VideoStage.Reviving or VideoStage.Paused) ? 1 : 0),
            WithheldAt = moved.Reason.Code == ReasonCode.RevivalHeldOut ? moved.At : WithheldAt,
            LastReason = moved.Reason,
            ReviewedByPersonAt = moved.Reason.Code is ReasonCode.PersonApproved or ReasonCode.PersonRejected ? moved.At : ReviewedByPersonAt,
            DuplicateApproved = DuplicateApproved || (moved.Reason.Code == ReasonCode.PersonApproved && moved.Reason.Other is not null),
        };
    }
}
