using System.Text.Json;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Viewers;
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
using Groundswell.Demo.Seeds;
using Groundswell.Ranking.Catalogue;
using Groundswell.Storage;

namespace Groundswell.Cluster.Tests.Retention;

/// <summary>
/// A hundred and twenty days in the life of a few viewers, drawn from a seed and judged by the engine's own rules; and what
/// a plain fold over all of it says, with nothing saved and nothing deleted.
/// </summary>
internal sealed class OldLedger
{
    public const int Days = 120;
    private const int Videos = 12;
    private const int Viewers = 9;

    private readonly Rules _rules = new();
    private readonly CatalogueSeed _seed;
    private readonly Chance _chance;
    private readonly SignalJudge _judge;
    private readonly LiveCatalogue _catalogue;
    private readonly Dictionary<ViewerId, ViewerState> _viewers = [];
    private readonly Dictionary<ViewerId, List<string>> _comments = [];
    private long _position;
    private int _sent;

    public OldLedger(ulong seed, DateTimeOffset end, int pages)
    {
        _seed = new CatalogueSeed(Taxonomy.Default, seed);
        _chance = new Chance(seed).For("old ledger");
        _judge = new SignalJudge(_rules);
        _catalogue = new LiveCatalogue(_rules, Taxonomy.Default.Count);
        var from = end.AddDays(-Days);
        foreach (var entry in Enumerable.Range(0, Videos).SelectMany(number => _seed.Video(number, from, open: number % 3 != 0, durationMs: 8000))) Add(entry);
        for (var page = 0; page < pages; page++) Live(_chance.For("page").For(page), from + ((end - from) * ((page + 1.0) / (pages + 1))));
    }

    public List<LedgerEntry> Entries { get; } = [];

    public static IEnumerable<ViewerId> Everybody => Enumerable.Range(1, Viewers).Select(number => new ViewerId(number));

    public IEnumerable<VideoId> Catalogue => Enumerable.Range(0, Videos).Select(_seed.Id);

    /// <summary>An engine that knows only the store.</summary>
    public static Engine On(IStore store) => new(new Rules(), Taxonomy.Default, store, new EngineClock(TimeProvider.System), new Chance(0), IdSource.Seeded(1));

    /// <summary>All that can be asked, by a plain fold over these entries from the first one to the end.</summary>
    public string Folded() => Folded([.. Entries.Select((entry, place) => new Recorded(place + 1, entry))]);

    public static string Folded(Recorded[] recorded)
    {
        var rules = new Rules();
        var catalogue = new LiveCatalogue(rules, Taxonomy.Default.Count);
        var (statistics, plays) = (new AudienceStatistics(), new OpenPlays());
        catalogue.Fold(recorded);
        statistics.Fold(recorded);
        plays.Fold(recorded);
        var viewers = Everybody.Select(id =>
        {
            var state = new ViewerState(id, Taxonomy.Default.Count);
            foreach (var (position, entry) in recorded)
                if (entry.OfViewer == id) state.Fold(position, entry, rules.Taste);
            return state;
        });
        return Answers(catalogue, statistics, plays, viewers);
    }

    /// <summary>The same, by an engine that starts on a store as a server does.</summary>
    public static string Answered(IStore store)
    {
        var engine = On(store);
        new CatalogueSnapshots(engine).Restore();
        Projections.Of(engine).CatchUp(engine.Ledger, "", null, CancellationToken.None);
        return Answers(engine.Catalogue, engine.Statistics, engine.OpenPlays, Everybody.Select(id => ViewerLoading.Load(id, engine)));
    }

    /// <summary>What journeys and comments are drawn from.</summary>
    public string Shown(IStore store) => JsonSerializer.Serialize(
        Catalogue.Select(video => new
        {
            Journal = store.Ledger.ReadJournal(video), Engagement = store.Ledger.ReadEngagement(video, 0, int.MaxValue), Comments = store.Comments.Newest(video, 1000),
        }),
        GroundswellJson.Options);

    /// <summary>Lives through one more page, and gives what it brought.</summary>
    public LedgerEntry[] Another(DateTimeOffset at)
    {
        var before = Entries.Count;
        Live(_chance.For("another").For(before), at);
        return [.. Entries.Skip(before)];
    }

    private static string Answers(LiveCatalogue catalogue, AudienceStatistics statistics, OpenPlays plays, IEnumerable<ViewerState> viewers) => JsonSerializer.Serialize(
        new
        {
            catalogue.Watermark,
            Videos = catalogue.Videos().OrderBy(video => video.Id.Value),
            Creators = catalogue.Creators().OrderBy(creator => creator.Id.Value),
            Trends = catalogue.Trends.Read(board => JsonSerializer.SerializeToNode(board, GroundswellJson.Options)),
            catalogue.Tests.Peers,
            catalogue.Cohorts,
            statistics,
            plays,
            viewers,
        },
        GroundswellJson.Options);

    private void Live(Chance key, DateTimeOffset at)
    {
        var viewer = Viewer(new ViewerId(1 + key.For("viewer").Below(Viewers)));
        var video = _seed.Id(key.For("video").Below(Videos));
        var state = _catalogue.Video(video) ?? throw new InvalidOperationException("The catalogue was not seeded.");
        var slot = new Slot(viewer.Id, video, state.Creator, new RequestId(_sent + 1), 0, at, SlotSource.Wave, Cohort.Of(key.For("cohort").Below(3), viewer.Region, viewer.Activity(_rules.Cohorts)), viewer.Follows.Contains(state.Creator), 1);
        if (key.For("own").Hits(0.03)) Add(new DeviceSignedIn(at, viewer.Id, _seed.Creator(8)));
        Add(new PageServed(at, viewer.Id, slot.Request, FeedMode.Personalised, "none", [new ServedSlot(video, slot.Source, 1, 1, default!)], slot.Cohort.Number));
        Send(SignalType.Impression, 1);
        Send(SignalType.PlayStart, 1);
        var played = 500 + key.For("played").Below(15_500);
        for (var second = 2; second * 1000 < played; second += 4) Send(SignalType.Heartbeat, second, Report(second * 1000, null));
        if (key.For("ends").Hits(0.9)) Send(SignalType.PlayEnd, 17, Report(played, EndReason.Swipe));
        Act(key, viewer, state, Send, at);

        void Send(SignalType type, double seconds, PlayReport? play = null, string? text = null)
        {
            var when = at.AddSeconds(seconds);
            var eventId = $"e{++_sent}";
            if (type == SignalType.Comment) (_comments.TryGetValue(viewer.Id, out var mine) ? mine : _comments[viewer.Id] = []).Add(eventId);
            Add(_judge.Judge(new Signal(eventId, type, when, when, video, slot, play, text), viewer, _catalogue.Video(video) ?? state));
        }
    }

    private void Act(Chance key, ViewerState viewer, VideoState video, Action<SignalType, double, PlayReport?, string?> send, DateTimeOffset at)
    {
        if (key.For("like").Hits(0.3)) send(SignalType.Like, 18, null, null);
        if (key.For("unlike").Hits(0.1)) send(SignalType.Unlike, 19, null, null);
        if (key.For("share").Hits(0.1)) send(SignalType.Share, 19, null, "link");
        if (key.For("comment").Hits(0.3)) send(SignalType.Comment, 20, null, "wow");
        if (key.For("delete").Hits(0.15)) send(SignalType.DeleteComment, 21, null, _comments.GetValueOrDefault(viewer.Id)?[^1]);
        if (key.For("follow").Hits(0.2)) send(SignalType.Follow, 22, null, null);
        if (key.For("unfollow").Hits(0.1)) send(SignalType.Unfollow, 23, null, null);
        if (key.For("not interested").Hits(0.05)) send(SignalType.NotInterested, 24, null, null);
        if (key.For("report").Hits(0.03)) send(SignalType.Report, 24, null, "spam");
        if (key.For("forget").Hits(0.02)) Add(new TasteForgotten(at.AddSeconds(25), viewer.Id));
        if (key.For("region").Hits(0.1)) Add(new RegionShared(at.AddSeconds(25), viewer.Id, key.For("where").Hits(0.4) ? null : Region.All[key.For("where").Below(40)]));
        if (key.For("interests").Hits(0.1)) Add(new InterestsDeclared(at.AddSeconds(25), viewer.Id, key.For("none").Hits(0.4) ? [] : [key.For("liked").Below(5), 5]));
        if (key.For("age").Hits(0.1)) Add(new AgeDeclared(at.AddSeconds(25), viewer.Id, key.For("old").Hits(0.4) ? null : key.For("old").Hits(0.7) ? AgeClass.Teen : AgeClass.Adult));
        if (key.For("adults").Hits(0.05)) Add(new VideoAgeMarked(at.AddSeconds(25), video.Id, video.Creator, key.For("only").Hits(0.6), null, "reviewer"));
        if (key.For("cohorts").Hits(0.02)) Divide(key, at.AddSeconds(25));
        if (key.For("seen").Hits(0.1)) Add(new CreatorSeen(at.AddSeconds(25), video.Creator, video.CreatorName));
    }

    private void Divide(Chance key, DateTimeOffset at)
    {
        var last = _catalogue.Cohorts.Drawn;
        var first = (last?.LastId ?? 0) + 1 - key.For("kept").Below(Math.Min(3, 1 + (last?.Clusters.Length ?? 0)));
        Add(new CohortsDrawn(
            at, (last?.Version ?? 0) + 1, [.. Enumerable.Range(first, 3).Select(id => new TasteCluster(id, 10, [id % 5], [0.6f, 0.8f]))], first + 2, 30, 40, "old"));
    }

    private static PlayReport Report(int total, EndReason? end) => new(Math.Min(total, 8000), total, Math.Min(total, 8000), total > 8000 ? 1 : 0, end);

    private ViewerState Viewer(ViewerId id) => _viewers.TryGetValue(id, out var known) ? known : _viewers[id] = new ViewerState(id, Taxonomy.Default.Count);

    private void Add(LedgerEntry entry)
    {
        Entries.Add(entry);
        _position++;
        _catalogue.Fold([new Recorded(_position, entry)]);
        if (entry.OfViewer is { } viewer) Viewer(viewer).Fold(_position, entry, _rules.Taste);
    }
}
