using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Duplicates;
using Groundswell.Core.Feed;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Learning;
using Groundswell.Ranking.Feed;
using Microsoft.Extensions.Time.Testing;
using static Groundswell.Core.Videos.VideoStage;

namespace Groundswell.Ranking.Tests.Fixtures;

/// <summary>A catalogue without media work and a viewer before it; everything goes through ledger entries, as in a server.</summary>
internal sealed class World
{
    /// <summary>How a video comes to each stage, from its upload.</summary>
    private static readonly Dictionary<VideoStage, VideoStage[]> Ways = new()
    {
        [Uploaded] = [],
        [Processed] = [Processed],
        [HumanReview] = [Processed, HumanReview],
        [Reviewed] = [Processed, Reviewed],
        [Held] = [Processed, Reviewed, Held],
        [Rejected] = [Processed, Rejected],
        [Testing] = [Processed, Reviewed, Testing],
        [Widening] = [Processed, Reviewed, Testing, Widening],
        [Open] = [Processed, Reviewed, Testing, Open],
        [Library] = [Processed, Reviewed, Testing, Open, Library],
        [Paused] = [Processed, Reviewed, Testing, Paused],
        [Reviving] = [Processed, Reviewed, Testing, Paused, Reviving],
        [Deleted] = [Processed, Reviewed, Testing, Open, Deleted],
    };

    private readonly SignalJudge _judge;
    private long _position;
    private int _requests;

    public World(ulong seed = 1, Rules? rules = null, ModelSize? learns = null)
    {
        Rules = rules ?? new Rules();
        Chance = new Chance(seed);
        Catalogue = new LiveCatalogue(Rules, Taxonomy.Count, learns: learns);
        Stages = new StageWatch(Clock);
        _judge = new SignalJudge(Rules);
    }

    public static Taxonomy Taxonomy => Taxonomy.Default;
    public Rules Rules { get; }
    public Chance Chance { get; }
    public LiveCatalogue Catalogue { get; }
    public List<Recorded> Ledger { get; } = [];

    /// <summary>On a clock that stands still unless a test moves it.</summary>
    public FakeTimeProvider Clock { get; } = new();
    public StageWatch Stages { get; }
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A world of forty to a hundred videos of random stages, creators and genres.</summary>
    public static World Random(ulong seed)
    {
        var world = new World(seed);
        var stages = Enum.GetValues<VideoStage>();
        var count = 40 + world.Chance.For("count").Below(60);
        for (var number = 0; number < count; number++)
        {
            var chance = world.Chance.For("video").For(number);
            var stage = chance.For("open").Hits(0.5) ? Open : stages[chance.For("stage").Below(stages.Length)];
            world.Add(number, stage, chance.For("genre").Below(6), chance.For("creator").Below(12), world.Now.AddDays(-6 * chance.For("age").Unit()));
        }
        world.Publish();
        return world;
    }

    public static VideoId Id(int number) => new(1000 + number);

    /// <summary>Counts a slot of each for some viewer nobody knows, as a page that holds them does.</summary>
    public void Serve(params VideoId[] videos) => Catalogue.CountServed(
        videos.Select(video => new Slot(new ViewerId(99), video, Creator(0), new RequestId(99), 0, Now, SlotSource.Personal, new Cohort(0), FollowsCreator: false, 1)), Now);

    public static CreatorId Creator(int number) => new(10 + number);

    public void Append(LedgerEntry entry)
    {
        var recorded = new Recorded(++_position, entry);
        Ledger.Add(recorded);
        Catalogue.Fold([recorded]);
    }

    public void Publish(int weeklyViewers = 200, Strata? strata = null) =>
        Catalogue.Publish(new AudienceSize(weeklyViewers, 10) { Strata = strata ?? Strata.None }, Now);

    /// <summary>Divides the audience into clusters that like one genre each; the first has id 1.</summary>
    public void Divide(params ReadOnlySpan<int> genres)
    {
        var clusters = new List<TasteCluster>();
        foreach (var genre in genres)
        {
            var centroid = new float[Taxonomy.Count + ContentAnalysis.VectorLength];
            centroid[genre] = 1;
            clusters.Add(new TasteCluster(clusters.Count + 1, 50, [genre], [.. centroid]));
        }
        Append(new CohortsDrawn(Now, (Catalogue.Cohorts.Drawn?.Version ?? 0) + 1, [.. clusters], clusters.Count, 100, 200, "test"));
    }

    public VideoId Add(int number, VideoStage stage, int genre = 0, int creator = -1, DateTimeOffset? at = null, string? tag = null)
    {
        var (id, by, when) = (Id(number), Creator(creator < 0 ? number : creator), at ?? Now.AddHours(-1));
        Append(new VideoUploaded(when, id, by, $"creator {by.Value}", $"clip {number}", [tag ?? $"tag{genre}"], null, $"{number}.mp4", 1_000));
        Append(new VideoProcessed(when, id, by, new MediaFacts(8_000, 432, 768, true, "mp4", "h264", "aac", 24, 0, 1_000), Analysis(number, genre)));
        var from = Uploaded;
        foreach (var to in Ways[stage])
        {
            Move(id, from, to, when);
            from = to;
        }
        return id;
    }

    public void Move(VideoId id, VideoStage from, VideoStage to, DateTimeOffset? at = null) => Append(new VideoMoved(
        at ?? Now, id, Catalogue.Video(id)!.Creator, from, to, to == Widening ? 1 : 0, Reason.Of(ReasonCode.MachinePassed, ("score", 5), ("gate", 4)), "test"));

    public static ViewerState NewViewer(int number = 1) => new(new ViewerId(5000 + number), Taxonomy.Count);

    public FeedRequest Request(
        int count = 5, FeedMode mode = FeedMode.Personalised, IEnumerable<VideoId>? exclude = null, bool rewatch = false, bool explain = false,
        VideoId? startWith = null, CreatorId? own = null) =>
        new(new RequestId(++_requests), count, mode, [.. exclude ?? []], rewatch, explain, startWith, own, Now);

    public FeedContext Context(ViewerState viewer, FeedRequest request) => new(request, viewer, Catalogue, Rules, Taxonomy, Chance);

    public FeedPage Page(ViewerState viewer, FeedRequest? request = null) => ForYouFeed.Page(Context(viewer, request ?? Request()), Stages);

    public void Serve(ViewerState viewer, FeedPage page) => Tell(viewer, page.Served(Context(viewer, Request())));

    public SignalRecorded Send(ViewerState viewer, Slot slot, SignalType type, double share = 1)
    {
        var video = Catalogue.Video(slot.Video)!;
        var played = (int)(share * video.DurationMs);
        Now += TimeSpan.FromMilliseconds(played);
        var play = type == SignalType.PlayEnd ? new PlayReport(played, played, played, 0, EndReason.Swipe) : null;
        var recorded = _judge.Judge(new Signal($"e{_position}", type, Now, Now, video.Id, slot, play), viewer, video);
        Tell(viewer, recorded);
        return recorded;
    }

    /// <summary>The viewer watches a video outside any page, so much of it.</summary>
    public void Watch(ViewerState viewer, VideoId video, double share = 1)
    {
        var state = Catalogue.Video(video)!;
        Send(viewer, new Slot(viewer.Id, video, state.Creator, new RequestId(1), 0, Now.AddMinutes(-1), SlotSource.Personal, Catalogue.Cohorts.Of(viewer, Rules), false, 1), SignalType.PlayEnd, share);
    }

    /// <summary>A few random sessions: pages served, some of it watched, liked, followed or refused.</summary>
    public void Live(ViewerState viewer, int pages)
    {
        for (var i = 0; i < pages; i++)
        {
            var chance = Chance.For("life").For(viewer.Id.Value).For(i);
            Now = Now.AddMinutes(chance.For("pause").Hits(0.3) ? 45 : 1);
            var page = Page(viewer);
            Serve(viewer, page);
            foreach (var item in page.Items)
            {
                var of = chance.For(item.Slot.Position);
                if (of.For("watch").Hits(0.8)) Send(viewer, item.Slot, SignalType.PlayEnd, of.For("share").Unit());
                if (of.For("no").Hits(0.1)) Send(viewer, item.Slot, SignalType.NotInterested);
                if (of.For("follow").Hits(0.2)) Send(viewer, item.Slot, SignalType.Follow);
            }
        }
        Publish();
    }

    /// <summary>Viewers who finish what is of their genre, one of six, and skip the rest: forty views each.</summary>
    public void LiveByGenre(int views, int first = 0)
    {
        for (var view = 0; view < views;)
        {
            var number = first + (view / 40);
            var viewer = NewViewer(number);
            for (var page = 0; page < 8 && view < views; page++)
            {
                Now = Now.AddSeconds(20);
                var made = Page(viewer);
                Serve(viewer, made);
                foreach (var item in made.Items)
                {
                    Send(viewer, item.Slot, SignalType.PlayEnd, Catalogue.Video(item.Slot.Video)!.Analysis!.Genres.Leading == number % 6 ? 1 : 0.05);
                    view++;
                }
            }
            Publish();
        }
    }

    public void Tell(ViewerState viewer, LedgerEntry entry)
    {
        Append(entry);
        viewer.Fold(_position, entry, Rules.Taste);
    }

    private ContentAnalysis Analysis(int number, int genre)
    {
        var evidence = new float[Taxonomy.Count];
        evidence[genre] = 1;
        var vector = new float[ContentAnalysis.VectorLength];
        for (var i = 0; i < vector.Length; i++)
            vector[i] = (float)(Chance.For("centre").For(genre).For(i).Normal() + (0.6 * Chance.For("own").For(number).For(i).Normal()));
        var norm = MathF.Sqrt(vector.Sum(x => x * x));
        return new ContentAnalysis(
            new VisualFeatures(0.5f, 0.2f, 0.5f, [.. new float[12]], 0.1f, 6, 0, 0, 0, 0.2f), null, new TextFeatures([], [], []),
            [.. vector.Select(x => x / norm)], GenreMix.FromEvidence(evidence),
            new Fingerprint([.. Enumerable.Range(0, Fingerprint.Frames).Select(frame => Chance.For("hash").For(number).For(frame).Bits())], [.. Enumerable.Repeat(true, Fingerprint.Frames)]),
            "test");
    }
}
