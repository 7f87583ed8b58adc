using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Groundswell.Core.Audience;
using Groundswell.Core.Boosts;
using Groundswell.Core.Challenges;
using Groundswell.Core.Creators;
using Groundswell.Core.Duplicates;
using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Review;
using Groundswell.Core.Signals;
using Groundswell.Core.Taste;
using Groundswell.Core.Trends;

namespace Groundswell.Core;

/// <summary>All that an operator can set about the engine's decisions, each with a default that says where it comes from.</summary>
public sealed record Rules
{
    public PointRules Points { get; init; } = new();
    public QualificationRules Qualification { get; init; } = QualificationRules.Default;
    public TasteRules Taste { get; init; } = TasteRules.Default;
    public CohortRules Cohorts { get; init; } = new();
    public TestBatchRules TestBatch { get; init; } = new();
    public GateRules Gate { get; init; } = new();
    public WaveRules Waves { get; init; } = WaveRules.Default;
    public RevivalRules Revival { get; init; } = RevivalRules.Default;
    public AuthorityRules Authority { get; init; } = AuthorityRules.Default;
    public TrendRules Trends { get; init; } = new();
    public ChallengeRules Challenges { get; init; } = new();
    public BoostRules Boosts { get; init; } = new();
    public ReviewRules Review { get; init; } = ReviewRules.Default;
    public DuplicateRules Duplicates { get; init; } = new();
    public FeedRules Feed { get; init; } = new();

    /// <summary>Names these very rules: <c>rules-</c> and the first eight digits of the SHA-256 of their JSON.</summary>
    [JsonIgnore] public string Version => NameOf(this);

    /// <summary>What is out of range, one sentence each; empty when the rules may be used.</summary>
    public ImmutableArray<string> Validate()
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        Least(Points.Rewatch, 0, "points.rewatch");
        Least(Points.Completion, 0, "points.completion");
        Least(Points.Share, 0, "points.share");
        Least(Points.Comment, 0, "points.comment");
        Least(Points.Like, 0, "points.like");
        Share(Qualification.CompletionShare, "qualification.completion_share");
        Least(Qualification.RewatchTimes, 1, "qualification.rewatch_times");
        Least(Qualification.BurstViews, 1, "qualification.burst_views");
        Least(Qualification.FreshDevices, 0, "qualification.fresh_devices");
        Least(Qualification.PlayLostAfter.TotalSeconds, 10, "qualification.play_lost_after (seconds)");
        Least(TestBatch.Least, 1, "test_batch.least");
        Least(TestBatch.Impressions, TestBatch.Least, "test_batch.impressions");
        Share(TestBatch.AudienceShare, "test_batch.audience_share");
        Share(TestBatch.FollowerShare, "test_batch.follower_share");
        Share(TestBatch.SlotShare, "test_batch.slot_share");
        Share(TestBatch.YoungSlotShare, "test_batch.young_slot_share");
        Least(TestBatch.Cohorts, 1, "test_batch.cohorts");
        Least(TestBatch.PatienceHours, 1, "test_batch.patience_hours");
        Share(Gate.LeastShare, "gate.least_share");
        Share(Gate.PriorShare, "gate.prior_share");
        Share(Gate.WidenAt, "gate.widen_at");
        Share(Gate.PauseAt, "gate.pause_at");
        if (Gate.PauseAt >= Gate.WidenAt) problems.Add("gate.pause_at must be below gate.widen_at.");
        Share(Gate.Quantile, "gate.quantile");
        Share(Revival.HoldOutShare, "revival.hold_out_share");
        Share(Revival.SlotShare, "revival.slot_share");
        Share(Authority.BatchShare, "authority.batch_share");
        for (var wave = 0; wave < Waves.Factors.Length; wave++)
            Least(Waves.Factors[wave], wave == 0 ? 1 : Waves.Factors[wave - 1], $"waves.factors[{wave}]");
        Least(Waves.HalfLife.TotalHours, 1, "waves.half_life (hours)");
        Least(Taste.LongHalfLife.TotalHours, 1, "taste.long_half_life (hours)");
        Share(Feed.RandomShare, "feed.random_share");
        Least(Taste.ScalePoints, 0.1, "taste.scale_points");
        Least(Taste.PriorViews, 0.1, "taste.prior_views");
        Share(Taste.SessionShare, "taste.session_share");
        Within(Trends.RecentHours, 1, 24, "trends.recent_hours");
        Within(Trends.BaselineHours, 1, 168, "trends.baseline_hours");
        Share(Trends.FalseAlarmRate, "trends.false_alarm_rate");
        Least(Trends.PriorViewers, 0.01, "trends.prior_viewers");
        Within(Trends.PriorShare, 1e-6, 1, "trends.prior_share");
        Least(Trends.LeastCreators, 1, "trends.least_creators");
        Least(Trends.LeastViewers, 1, "trends.least_viewers");
        Within(Trends.CreatorShare, 0.01, 1, "trends.creator_share");
        Least(Trends.LiftPerDoubling, 0, "trends.lift_per_doubling");
        Least(Trends.Cap, 1, "trends.cap");
        Within(Trends.LeastHistoryHours, 0, 168, "trends.least_history_hours");
        Least(Challenges.MostHashtags, 1, "challenges.most_hashtags");
        Least(Challenges.LongestDays, 1, "challenges.longest_days");
        Least(Challenges.MostRunning, 0, "challenges.most_running");
        Least(Boosts.MostSlots, 0, "boosts.most_slots");
        Within(Boosts.SlotShare, 0, 0.1, "boosts.slot_share");
        Least(Boosts.LongestHours, 1, "boosts.longest_hours");
        Least(Boosts.MostRunning, 0, "boosts.most_running");
        Share(Feed.ProbeShare, "feed.probe_share");
        Least(Feed.ExplorationViews, 0.1, "feed.exploration_views");
        Least(Feed.PageDefault, 1, "feed.page_default");
        Least(Feed.PageMost, Feed.PageDefault, "feed.page_most");
        return problems.ToImmutable();

        void Share(double value, string path)
        {
            if (!(value is >= 0 and <= 1)) problems.Add(string.Create(CultureInfo.InvariantCulture, $"{path} is {value}, but must be between 0 and 1."));
        }

        void Within(double value, double least, double most, string path)
        {
            if (!(value >= least && value <= most)) problems.Add(string.Create(CultureInfo.InvariantCulture, $"{path} is {value}, but must be from {least} to {most}."));
        }

        void Least(double value, double least, string path)
        {
            if (!(value >= least) || double.IsInfinity(value)) problems.Add(string.Create(CultureInfo.InvariantCulture, $"{path} is {value}, but must be at least {least}."));
        }
    }

    private static string NameOf(Rules rules) =>
        $"rules-{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rules, GroundswellJson.Options)))[..8]}";
}
