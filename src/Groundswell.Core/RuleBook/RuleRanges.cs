using System.Collections.Immutable;

namespace Groundswell.Core.RuleBook;

/// <summary>
/// The range of every rule that is a number or a duration, declared here and nowhere else: validation, schema, console and
/// documentation read it. A rule that is added gets its line; a test names those without one.
/// </summary>
public static class RuleRanges
{
    public static ImmutableArray<RuleRange> All { get; } =
    [
        Least("points.rewatch", 0),
        Least("points.completion", 0),
        Least("points.share", 0),
        Least("points.comment", 0),
        Least("points.like", 0),
        Share("qualification.completion_share"),
        Least("qualification.rewatch_times", 1),
        Between("qualification.latest_arrival", 0, 168, RuleUnit.Hours),
        Least("qualification.late_after", 0, RuleUnit.Seconds),
        Between("qualification.clock_slack", 0, 3600, RuleUnit.Seconds),
        Least("qualification.burst_views", 1),
        Least("qualification.burst_within", 1, RuleUnit.Seconds),
        Between("qualification.longest_text", 1, 10_000),
        Least("qualification.fresh_devices", 0),
        Least("qualification.fresh_within", 1, RuleUnit.Seconds),
        Least("qualification.fresh_age", 0, RuleUnit.Seconds),
        Least("qualification.play_lost_after", 10, RuleUnit.Seconds),
        Least("taste.long_half_life", 1, RuleUnit.Hours),
        Least("taste.session_half_life_views", 0.1),
        Share("taste.session_share"),
        Between("taste.neutral_points", -30, 30),
        Least("taste.scale_points", 0.1),
        Least("taste.prior_views", 0.1),
        Least("taste.early_skip_penalty", 0),
        Least("taste.partial_penalty", 0),
        Between("taste.early_skip_ms", 0, 60_000),
        Share("taste.early_skip_share"),
        Between("taste.lasting_penalty", 0, 2),
        Least("taste.lasting_half_life", 1, RuleUnit.Hours),
        Between("taste.follow_up_weight", 0, 10),
        Between("cohorts.leading_affinity", -1, 1),
        Least("cohorts.new_sessions", 0),
        Least("test_batch.impressions", 1),
        Share("test_batch.audience_share"),
        Least("test_batch.least", 1),
        Least("test_batch.cohorts", 1),
        Share("test_batch.follower_share"),
        Share("test_batch.slot_share"),
        Share("test_batch.young_slot_share"),
        Least("test_batch.young_catalogue", 0),
        Least("test_batch.first_position", 0),
        Least("test_batch.first_session", 1),
        Least("test_batch.patience_hours", 1),
        Share("gate.widen_at"),
        Share("gate.pause_at"),
        Share("gate.quantile"),
        Least("gate.peers", 1),
        Least("gate.least_peers", 1),
        Share("gate.least_share"),
        Least("gate.absolute", 0),
        Least("gate.least_views", 1),
        Between("gate.prior_views_most", 0.1, 10_000),
        Share("pacing.novice_share"),
        Share("pacing.first_look_share"),
        Least("pacing.patience_hours", 1),
        Share("pacing.in_flight_share"),
        Least("waves.factors", 1) with { Rising = true },
        Least("waves.lasts_for", 1, RuleUnit.Hours),
        Least("waves.half_life", 1, RuleUnit.Hours),
        Least("revival.most", 0),
        Share("revival.hold_out_share"),
        Share("revival.slot_share"),
        Least("revival.quiet_factor", 0),
        Least("revival.quiet_least", 0, RuleUnit.Hours),
        Share("revival.early_share"),
        Least("revival.early_least_sessions", 1),
        Least("revival.trend_lift", 1),
        Least("revival.rest", 0, RuleUnit.Hours),
        Share("authority.batch_share"),
        Between("authority.prior_share", 0, 100),
        Least("authority.half_life", 1, RuleUnit.Hours),
        Least("trends.recent", 1, RuleUnit.Minutes),
        Least("trends.baseline", 1, RuleUnit.Minutes),
        Least("trends.least_creators", 1),
        Least("trends.least_viewers", 1),
        Least("trends.cap", 1),
        Between("review.flashes_per_second", 0, 60),
        Share("review.black_share"),
        Share("review.frozen_share"),
        Between("review.loudness_lufs", -70, 20),
        Share("review.reject_at"),
        Between("duplicates.max_distance", 0, 31),
        Share("duplicates.min_matched_share") with { Above = true },
        Between("duplicates.min_informative_frames", 1, 16),
        Between("duplicates.max_duration_ratio", 1, 16),
        Least("feed.page_default", 1),
        Between("feed.page_most", 1, 100),
        Least("feed.candidates", 1),
        Share("feed.random_share"),
        Least("feed.creator_gap", 0),
        Share("feed.genre_fatigue"),
        Least("feed.fatigue_window", 0),
        Share("feed.similarity_penalty"),
        Least("feed.taste_weight", 0),
        Least("feed.vector_weight", 0),
        Least("feed.exploration_views", 0.1),
        Share("feed.probe_share"),
        Least("feed.probe_views", 0),
        Least("feed.exit_penalty", 0),
        Least("feed.skip_penalty", 0),
        Least("feed.trend_cap", 1),
    ];

    public static ImmutableArray<RuleOrder> Orders { get; } =
    [
        Below("gate.pause_at", "gate.widen_at"),
        AtMost("test_batch.least", "test_batch.impressions"),
        AtMost("feed.page_default", "feed.page_most"),
        Below("trends.recent", "trends.baseline"),
    ];

    private static RuleRange Share(string path) => new(path, 0, 1);

    private static RuleRange Least(string path, double least, RuleUnit unit = RuleUnit.None) => new(path, least, double.PositiveInfinity, unit);

    private static RuleRange Between(string path, double least, double most, RuleUnit unit = RuleUnit.None) => new(path, least, most, unit);

    private static RuleOrder Below(string lesser, string greater) => new(lesser, greater, Strict: true);

    private static RuleOrder AtMost(string lesser, string greater) => new(lesser, greater, Strict: false);
}
