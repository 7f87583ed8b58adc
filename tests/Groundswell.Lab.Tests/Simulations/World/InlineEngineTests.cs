using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Feed;
using Groundswell.Core.Genres;
using Groundswell.Core.Taste;
using Groundswell.Core.Viewers;
using Groundswell.Lab.Simulations.Measuring;
using Groundswell.Lab.Simulations.World;
using Groundswell.Ranking.Feed;

namespace Groundswell.Lab.Tests.Simulations.World;

public class InlineEngineTests
{
    private const int Crowd = 200;

    private static readonly DateTimeOffset Now = Start.Of.AddMinutes(1);

    private readonly Rules _rules = new();
    private readonly Taxonomy _taxonomy = Taxonomy.Default;
    private readonly Chance _chance = new(9);

    /// <summary>Made of what was known before any of them was served, every one of these pages would hold the video.</summary>
    [Fact]
    public void PagesAskedForAtOnce_HoldWhatTheyWouldOneAfterAnother()
    {
        var slots = Engine().Pages([.. Viewers()]).SelectMany(page => page.Items).ToList();
        var (engine, oneByOne) = (Engine(), new List<FeedItem>());
        foreach (var (viewer, request) in Viewers()) oneByOne.AddRange(engine.Page(viewer, request).Items);

        var batch = TestBatch.Size(engine.Catalogue.Audience.Weekly, _rules.TestBatch);
        slots.Count.ShouldBeInRange(1, _rules.Pacing.InFlight(batch, _rules.Gate.FirstLook(batch)));
        slots.Select(item => item.Slot).ShouldBe(oneByOne.Select(item => item.Slot));
    }

    /// <summary>An engine with one video, on test.</summary>
    private InlineEngine Engine()
    {
        var engine = new InlineEngine(_rules, _taxonomy, _chance, new Gauge(Start.Of), cores: 2);
        var video = new HiddenVideo(new VideoId(1), new CreatorId(1), 0, [new GenreShare(0, 1)], 8000, null, 6);
        foreach (var entry in new Uploads(_taxonomy, _chance).Journal(video, "Ada", Start.Of)) engine.Append(entry);
        engine.Tick(Now, Crowd);
        return engine;
    }

    private IEnumerable<(ViewerState Viewer, FeedRequest Request)> Viewers() => Enumerable.Range(1, Crowd).Select(number => (
        new ViewerState(new ViewerId(number), _taxonomy.Count),
        new FeedRequest(new RequestId(number), 5, FeedMode.Personalised, ImmutableHashSet<VideoId>.Empty, false, false, null, null, Now)));
}
