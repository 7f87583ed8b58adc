using System.Collections.Immutable;
using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Statistics;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Learning;

namespace Groundswell.Server.Console;

/// <summary>Everything the console shows at a glance.</summary>
/// <param name="EngineTime">The engine's time: the server's own, unless a demo fast-forwards.</param>
public sealed record Overview(
    DateTimeOffset ServerTime, DateTimeOffset EngineTime, string RulesVersion, string ModelVersion, long UptimeS, ImmutableArray<StageCount> Stages, TotalsCard Totals,
    LiveCard Live, ExitCard ExitRate, PerViewCard PointsPerView, PerSessionCard PointsPerSession, TestsCard Tests, RevivalReport Revivals, ImmutableArray<SourceCard> Sources,
    ImmutableArray<RemovedCard> Disqualified, ImmutableArray<TrendCard> Trends, LedgerCard Ledger, double MemoryMb,
    AudienceCard Audience, RankerCard Ranker, ImmutableArray<StageTroubleCard> StageTroubles);

/// <param name="Late">Pages since the start that went on before this source had proposed all it would.</param>
/// <param name="Failed">How often it failed since the start, and pages went on without it or without what it could not judge.</param>
/// <param name="Problem">What the last failure said; null when none did.</param>
public sealed record StageTroubleCard(string Stage, long Late, long Failed, string? Problem);

/// <param name="Serves">The learned model ranks; else rates and taste do.</param>
/// <param name="Learned">Views it has learned from.</param>
/// <param name="LossRatio">Its log loss lately as a share of that of knowing only a video's length; below 1 is better.</param>
/// <param name="Calibration">Completions it expected for each that came, lately.</param>
public sealed record RankerCard(bool Serves, long Learned, double LossRatio, double Calibration, ModelRoom Room);

public sealed record StageCount(VideoStage Stage, string Title, int Count);

public sealed record TotalsCard(int Videos, int Creators, int Viewers, int ActiveViewersWeek, long Views, long Signals);

public sealed record LiveCard(double FeedsPerMin, double SignalsPerMin, int ViewersNow, ImmutableArray<MinutePoint> Series);

public sealed record MinutePoint(DateTimeOffset Minute, int Feeds, int Signals, int Views, int Exits);

/// <param name="Hour">Share of views of the last hour that ended the session; null without views.</param>
public sealed record ExitCard(double? Hour, double? Day, ImmutableArray<HourPoint> Series);

public sealed record HourPoint(DateTimeOffset Hour, double? Rate, int Views);

public sealed record PerViewCard(double? Hour, double? Day);

public sealed record PerSessionCard(double? Day);

/// <param name="Backlog">Videos in test whose panel is not yet full.</param>
/// <param name="ShareOfSlots">Share of the last day's slots spent on tests.</param>
/// <param name="Budget">Share that tests may take now: higher while the catalogue is young.</param>
/// <param name="FirstLooks">Of those, videos that nobody has had a first look at.</param>
public sealed record TestsCard(int BatchSize, int Running, int Backlog, int FirstLooks, double OldestWaitS, double? ShareOfSlots, double Budget);

/// <summary>How the viewers of the last week are grouped by taste.</summary>
/// <param name="DrawnAt">When the groups were drawn; null while there are none.</param>
/// <param name="Tastes">Viewers whose tastes they were drawn from.</param>
/// <param name="Groups">The largest first; the undecided are a group too.</param>
public sealed record AudienceCard(DateTimeOffset? DrawnAt, int Tastes, ImmutableArray<GroupCard> Groups);

/// <param name="Regular">Of the viewers, those who are not new.</param>
/// <param name="WithRegion">Of the viewers, those who share a region.</param>
public sealed record GroupCard(string Name, long Viewers, long Regular, long WithRegion);

public sealed record SourceCard(SlotSource Source, int Slots, int Views, double? PointsPerView);

/// <summary>What one rule kept from counting, over three periods up to now.</summary>
public sealed record RemovedCard(Disqualification Reason, string Text, RemovedTally Hour, RemovedTally Day, RemovedTally TwoWeeks);

/// <param name="Points">Points that those signals would have brought, each by itself.</param>
public readonly record struct RemovedTally(int Signals, double Points);

/// <param name="Region">Null is everywhere.</param>
/// <param name="Viewers">Recent distinct viewers.</param>
/// <param name="Counted">Those that count for rising, no creator having brought more than their share.</param>
/// <param name="Expected">What its usual share of the audience would have brought.</param>
/// <param name="Chance">Upper bound of the probability of so many by chance.</param>
/// <param name="Hours">Distinct viewers by hour, the last 48.</param>
public sealed record TrendCard(
    TopicKind Kind, string Name, string Title, Region? Region, bool Rising, double Lift, int Viewers, double Counted, double Expected, double Chance, int Creators, ImmutableArray<int> Hours);

/// <param name="Lag">Entries not yet folded into memory.</param>
/// <param name="Problem">Why the store cannot write now; null while it is well.</param>
public sealed record LedgerCard(long Position, long Watermark, long Lag, string? Problem);
