using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Feed;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Statistics;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Lab.Simulations.Measuring;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Learning;

namespace Groundswell.Lab.Simulations.World;

/// <summary>
/// The engine without its shells: the same catalogue, feed, judges and folds as the server's, one call after the other in
/// simulated time. An entry is folded the moment it is made. Its caller is one thread.
/// </summary>
/// <param name="cores">Cores that pages are made on.</param>
internal sealed class InlineEngine(Rules rules, Taxonomy taxonomy, Chance chance, Gauge gauge, int cores)
{
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(10), BetweenDivisions = TimeSpan.FromMinutes(5), Drift = TimeSpan.FromMinutes(10);

    private readonly SignalJudge _signals = new(rules);
    private readonly VideoJudge _videos = new(rules, chance);
    private readonly TasteSample _tastes = new(rules.Cohorts, chance);
    private readonly string _version = rules.Version;
    private readonly StageWatch _stages = new(new StoppedClock());
    private readonly ParallelOptions _sideBySide = new() { MaxDegreeOfParallelism = cores };
    private readonly HashSet<VideoId> _onTheWay = [];
    private readonly Recorded[] _one = new Recorded[1];
    private readonly HashSet<VideoId> _touched = [];
    private readonly List<VideoId> _due = [];
    private DateTimeOffset _sweptAt = Start.Of;
    private DateTimeOffset _countedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _dividedAt = Start.Of;
    private AudienceSize _audience = new(0, 0);
    private long _position;

    public LiveCatalogue Catalogue { get; } = new(rules, taxonomy.Count, Drift, ModelSize.Served);
    public AudienceStatistics Statistics { get; } = new();
    public EntryDigest Digest { get; } = new();

    public FeedPage Page(ViewerState viewer, FeedRequest request) => Pages([(viewer, request)])[0];

    /// <summary>
    /// Makes pages of several viewers side by side, of what is known now, and serves them one after another. What one of
    /// them is given is on its way for the next: a page that counted on the same place of a test or wave is made anew. The number
    /// of cores changes nothing but the time it takes.
    /// </summary>
    public FeedPage[] Pages(ReadOnlySpan<(ViewerState Viewer, FeedRequest Request)> asked)
    {
        var contexts = new FeedContext[asked.Length];
        for (var place = 0; place < asked.Length; place++)
        {
            var (viewer, request) = asked[place];
            var context = contexts[place] = new FeedContext(request, viewer, Catalogue, rules, taxonomy, chance);
            if (context.Profiled) _tastes.Note(viewer.Id, context.TastePoint, request.Now);
        }
        var pages = new FeedPage[contexts.Length];
        if (contexts.Length == 1) pages[0] = ForYouFeed.Page(contexts[0], _stages);
        else Parallel.For(0, contexts.Length, _sideBySide, place => pages[place] = ForYouFeed.Page(contexts[place], _stages));
        _onTheWay.Clear();
        for (var place = 0; place < contexts.Length; place++)
        {
            if (pages[place].Items.Any(item => _onTheWay.Contains(item.Slot.Video))) pages[place] = ForYouFeed.Page(contexts[place], _stages);
            Serve(pages[place], contexts[place]);
        }
        return pages;
    }

    private void Serve(FeedPage page, FeedContext context)
    {
        if (page.Items.IsEmpty) return;
        Catalogue.CountServed(page.Items.Select(item => item.Slot), context.Request.Now);
        foreach (var item in page.Items)
            if (item.Slot.Source is SlotSource.TestBatch or SlotSource.Revival or SlotSource.Wave or SlotSource.Boost) _onTheWay.Add(item.Slot.Video);
        Append(page.Served(context), context.Viewer);
    }

    /// <summary>Judges a signal and folds it; null when there is no such video.</summary>
    public SignalRecorded? Record(Signal signal, ViewerState viewer)
    {
        if (Catalogue.Video(signal.Video) is not { } video) return null;
        var recorded = _signals.Judge(signal, viewer, video);
        Append(recorded, viewer);
        // A trial is judged at every view, since it may end at any; a wave or an open video can wait for the minute.
        if (recorded is not { Change.After.Resolved: true }) return recorded;
        if (video.Stage is VideoStage.Testing or VideoStage.Reviving) Judge(video.Id, signal.ReceivedAt);
        else _touched.Add(video.Id);
        return recorded;
    }

    public void Append(LedgerEntry entry, ViewerState? viewer = null)
    {
        _one[0] = new Recorded(++_position, entry);
        viewer?.Fold(_position, entry, rules.Taste);
        Catalogue.Fold(_one);
        Statistics.Fold(_one);
        Digest.Add(entry);
        gauge.See(entry);
    }

    /// <summary>Once a simulated minute: judges what was watched, looks now and then at what time alone brings due, and publishes what feeds read.</summary>
    /// <param name="watching">Viewers with the app open.</param>
    public void Tick(DateTimeOffset now, int watching)
    {
        foreach (var video in _touched.OrderBy(video => video.Value)) Judge(video, now);
        _touched.Clear();
        if (now - _sweptAt >= BetweenSweeps) Sweep(now);
        if (now - _dividedAt >= BetweenDivisions) Divide(now);
        Publish(now, watching);
    }

    /// <summary>Divides the audience into cohorts anew when it is time.</summary>
    private void Divide(DateTimeOffset now)
    {
        _dividedAt = now;
        var last = Catalogue.Cohorts.Drawn;
        if (!CohortDraw.IsDue(last, _tastes.Count, _audience.Weekly, rules.Cohorts, now)) return;
        var tastes = _tastes.Tastes(now);
        if (!CohortDraw.IsDue(last, tastes.Count, _audience.Weekly, rules.Cohorts, now)) return;
        Append(CohortDraw.Draw(last, new DrawnFrom(tastes, _audience.Weekly, taxonomy.Count), rules.Cohorts, _version, chance, now));
    }

    private void Sweep(DateTimeOffset now)
    {
        _sweptAt = now;
        _due.Clear();
        foreach (var video in Catalogue.Videos())
            if (_videos.Judge(video, Catalogue.Around(video), now) is not null) _due.Add(video.Id);
        _due.Sort();
        foreach (var video in _due) Judge(video, now);
    }

    /// <summary>The server counts its week anew every minute; here it is every hour, and more often while the first day fills it.</summary>
    private void Publish(DateTimeOffset now, int watching)
    {
        var lived = now - Start.Of;
        if (now - _countedAt >= (lived < TimeSpan.FromHours(1) ? TimeSpan.FromMinutes(5) : lived < TimeSpan.FromDays(1) ? TimeSpan.FromMinutes(20) : TimeSpan.FromHours(1)))
            (_countedAt, _audience) = (now, new AudienceSize(Statistics.WeeklyViewers(now), watching) { Strata = Statistics.Strata(now) });
        Catalogue.Publish(_audience with { Now = watching }, now);
    }

    private void Judge(VideoId id, DateTimeOffset now)
    {
        while (Catalogue.Video(id) is { } video && _videos.Judge(video, Catalogue.Around(video), now) is { } move) Append(move);
    }

    /// <summary>How long a page takes this machine must decide nothing.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
