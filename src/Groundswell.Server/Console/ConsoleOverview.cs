using System.Collections.Immutable;
using System.Diagnostics;
using Groundswell.Cluster;
using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Signals.Qualification;
using Groundswell.Core.Statistics;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Ranker;

namespace Groundswell.Server.Console;

/// <summary>Gathers the console's overview from memory: statistics, catalogue, ledger.</summary>
internal sealed class ConsoleOverview(Engine engine, TimeProvider time)
{
    private const int MinutesShown = 60;
    private const int HoursShown = 48;
    private const int HoursKept = 24 * 14;
    private const int TrendsShown = 6;
    private readonly long _started = time.GetTimestamp();

    public Overview Now()
    {
        var now = engine.Now;
        var rules = engine.InForce;
        var videos = engine.Catalogue.Videos();
        var (minutes, twoWeeks) = engine.Statistics.Read(statistics => (Last(statistics.Minutes, now, 60, MinutesShown), Last(statistics.Hours, now, 3600, HoursKept)));
        var hours = twoWeeks[^HoursShown..];
        var day = hours.TakeLast(24).Select(pair => pair.Tally).ToArray();
        var head = engine.Ledger.Head;
        return new Overview(
            time.GetUtcNow(), now, rules.Version, Serving?.Version ?? ActionModel.Version, (long)time.GetElapsedTime(_started).TotalSeconds,
            [.. Enum.GetValues<VideoStage>().Select(stage => new StageCount(stage, stage.Title(), videos.Count(video => video.Stage == stage)))],
            Totals(videos), Live(minutes, now), Exits(hours, day), PerView(hours, day), new PerSessionCard(Ratio(day.Sum(t => t.Points), day.Sum(t => t.Sessions))),
            Tests(videos, day, rules.Rules.TestBatch, now), engine.Statistics.Read(statistics => statistics.Revivals.Report(now)), Sources(day), Removed([.. minutes.Select(pair => pair.Tally)], day, [.. twoWeeks.Select(pair => pair.Tally)]), Trends(rules.Rules.Trends, now),
            new LedgerCard(head, engine.Catalogue.Watermark, head - engine.Catalogue.Watermark, engine.Store.Unavailable?.Message), Math.Round(Process.GetCurrentProcess().WorkingSet64 / 1048576.0),
            Audience(), Ranker(),
            [.. engine.Stages.Troubles.Select(trouble => new StageTroubleCard(trouble.Stage, trouble.Late, trouble.Failed, trouble.LastFailure?.Message))]);
    }

    private LiveRanker.Published? Serving => engine.Rules.Feed.Learned ? engine.Catalogue.Ranker?.Serving : null;

    private RankerCard Ranker() => engine.Catalogue.Ranker is { } ranker
        ? new RankerCard(Serving is not null, ranker.Learned, Math.Round(ranker.Guard.LossRatio, 3), Math.Round(ranker.Guard.Calibration, 3), ranker.Room)
        : new RankerCard(false, 0, 1, 1, default);

    private TotalsCard Totals(ImmutableArray<VideoState> videos) => new(
        videos.Length, engine.Catalogue.Creators().Length, engine.Statistics.Read(statistics => statistics.LastActive.Count), engine.Catalogue.Audience.Weekly,
        engine.Statistics.Views, engine.Statistics.Signals);

    private LiveCard Live(List<(DateTimeOffset At, Tally Tally)> minutes, DateTimeOffset now)
    {
        // The running minute is not over: the rate is that of the five before it.
        var past = minutes.SkipLast(1).TakeLast(5).Select(pair => pair.Tally).ToArray();
        return new LiveCard(
            Math.Round(past.Average(tally => tally.Feeds), 1), Math.Round(past.Average(tally => tally.Signals), 1), engine.Statistics.ViewersWithin(TimeSpan.FromMinutes(5), now),
            [.. minutes.Select(pair => new MinutePoint(pair.At, pair.Tally.Feeds, pair.Tally.Signals, pair.Tally.Views, pair.Tally.Exits))]);
    }

    private static ExitCard Exits(List<(DateTimeOffset At, Tally Tally)> hours, Tally[] day) => new(
        Rate(hours[^1].Tally), Ratio(day.Sum(tally => tally.Exits), day.Sum(tally => tally.Views)),
        [.. hours.Select(pair => new HourPoint(pair.At, Rate(pair.Tally), pair.Tally.Views))]);

    private static PerViewCard PerView(List<(DateTimeOffset At, Tally Tally)> hours, Tally[] day) =>
        new(Ratio(hours[^1].Tally.Points, hours[^1].Tally.Views), Ratio(day.Sum(tally => tally.Points), day.Sum(tally => tally.Views)));

    private TestsCard Tests(ImmutableArray<VideoState> videos, Tally[] day, TestBatchRules rules, DateTimeOffset now)
    {
        var batch = TestBatch.Size(engine.Catalogue.Audience.Weekly, rules);
        var running = videos.Where(video => video.Stage == VideoStage.Testing).ToArray();
        var waiting = running.Where(video => video.OnTrial.Impressions < batch).ToArray();
        var tested = day.Sum(tally => tally.Sources.GetValueOrDefault(SlotSource.TestBatch)?.Slots ?? 0);
        return new TestsCard(
            batch, running.Length, waiting.Length, engine.Catalogue.Tests.Queue.WaitingForFirstLook, waiting.Length == 0 ? 0 : Math.Round(waiting.Max(video => (now - (video.TestedAt ?? now)).TotalSeconds)),
            Ratio(tested, day.Sum(tally => tally.Slots)), TestBatch.Budget(engine.Catalogue.Shelf.PastTheirTest, rules));
    }

    private AudienceCard Audience()
    {
        var (cohorts, strata) = (engine.Catalogue.Cohorts, engine.Catalogue.Audience.Strata);
        var groups =
            from place in Enumerable.Range(0, strata.Count)
            let cohort = strata.Cohorts[place]
            group (Cohort: cohort, Viewers: strata.ViewersAt(place)) by cohorts.TasteTitle(cohort, engine.Taxonomy) into taste
            orderby taste.Sum(part => part.Viewers) descending, taste.Key
            select new GroupCard(
                taste.Key, taste.Sum(part => part.Viewers), taste.Where(part => part.Cohort.Activity == Core.Audience.Activity.Regular).Sum(part => part.Viewers),
                taste.Where(part => part.Cohort.Region is not null).Sum(part => part.Viewers));
        return new AudienceCard(cohorts.Drawn?.At, cohorts.Drawn?.Tastes ?? 0, [.. groups]);
    }

    private static ImmutableArray<SourceCard> Sources(Tally[] day) =>
    [
        .. day.SelectMany(tally => tally.Sources).GroupBy(pair => pair.Key, pair => pair.Value).OrderByDescending(group => group.Sum(tally => tally.Slots))
            .Select(group => new SourceCard(group.Key, group.Sum(t => t.Slots), group.Sum(t => t.Views), Ratio(group.Sum(t => t.Points), group.Sum(t => t.Views)))),
    ];

    private static ImmutableArray<RemovedCard> Removed(Tally[] hour, Tally[] day, Tally[] twoWeeks)
    {
        return
        [
            .. twoWeeks.Concat(hour).SelectMany(tally => tally.Disqualified.Keys).Distinct()
                .Select(reason => new RemovedCard(reason, Qualifications.Sentence(reason), Of(reason, hour), Of(reason, day), Of(reason, twoWeeks)))
                .OrderByDescending(card => card.TwoWeeks.Signals).ThenBy(card => card.Reason),
        ];

        static RemovedTally Of(Disqualification reason, Tally[] tallies) => new(
            tallies.Sum(tally => tally.Disqualified.GetValueOrDefault(reason)), Math.Round(tallies.Sum(tally => tally.Withheld.GetValueOrDefault(reason)), 1));
    }

    private ImmutableArray<TrendCard> Trends(TrendRules rules, DateTimeOffset now) =>
    [
        .. engine.Catalogue.Trends.Read(board =>
        {
            var reading = new TrendReading(board, now, rules);
            return reading.Busy().Select(trend => (Trend: trend, Evidence: reading.EvidenceOf(trend), Verdict: reading.Judge(trend)))
                .OrderByDescending(one => one.Verdict.Lift).ThenBy(one => one.Verdict.Chance).ThenByDescending(one => one.Evidence.Recent).ThenBy(one => one.Trend.Topic, Topic.Order).ThenBy(one => one.Trend.Region)
                .Take(TrendsShown).Select(one => Trend(one.Trend, one.Evidence, one.Verdict, now)).ToArray();
        }),
    ];

    private TrendCard Trend(Trend trend, TrendEvidence evidence, TrendVerdict verdict, DateTimeOffset now) => new(
        trend.Topic.Kind, trend.Topic.Name, TitleOf(trend.Topic), trend.Region == Regions.Everywhere ? null : new Region(trend.Region), verdict.Rising, Math.Round(verdict.Lift, 2), evidence.Recent, Math.Round(verdict.Counted, 1),
        Math.Round(verdict.Expected, 1), verdict.Chance, evidence.ByCreator.Length,
        [.. trend.Hours.Each(TrendBoard.HourOf(now) - HoursShown, TrendBoard.HourOf(now))]);

    private string TitleOf(Topic topic) => topic.Kind switch
    {
        TopicKind.Hashtag => $"#{topic.Name}",
        TopicKind.Challenge => engine.Catalogue.Challenges.Find(topic.Name)?.Terms.Title ?? topic.Name,
        _ => topic.Name,
    };

    /// <summary>The last <paramref name="count"/> buckets up to now, empty ones included.</summary>
    private static List<(DateTimeOffset At, Tally Tally)> Last(SortedDictionary<long, Tally> buckets, DateTimeOffset now, int seconds, int count)
    {
        var newest = now.ToUnixTimeSeconds() / seconds;
        return
        [
            .. Enumerable.Range(0, count).Select(back => newest - count + 1 + back)
                .Select(key => (DateTimeOffset.FromUnixTimeSeconds(key * seconds), buckets.GetValueOrDefault(key) ?? new Tally())),
        ];
    }

    private static double? Rate(Tally tally) => Ratio(tally.Exits, tally.Views);

    private static double? Ratio(double part, double whole) => whole <= 0 ? null : Math.Round(part / whole, 4);
}
