using Groundswell.Core;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Feed;

public class FeedModeTests
{
    private const int A = 0, B = 1;

    [Fact]
    public void Personalised_TwoViewersWhoCompletedOneGenreEachGetDifferentPages()
    {
        var world = TwoGenres();
        var (ofA, ofB) = (Fan(world, 1, A), Fan(world, 2, B));

        var (pageA, pageB) = (world.Page(ofA, world.Request(10)), world.Page(ofB, world.Request(10)));

        Share(world, pageA, A).ShouldBeGreaterThanOrEqualTo(0.7);
        Share(world, pageB, B).ShouldBeGreaterThanOrEqualTo(0.7);
        pageA.Items.Select(item => item.Slot.Video).Intersect(pageB.Items.Select(item => item.Slot.Video)).Count().ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public void NonProfiled_IgnoresTaste()
    {
        var world = TwoGenres();
        for (var number = 200; number < 230; number++) world.Add(number, number % 2 == 0 ? VideoStage.Widening : VideoStage.Testing, number % 2);
        world.Divide(A, B);
        world.Publish();
        var viewer = Fan(world, 1, A);
        var somewhere = Core.Audience.Region.All[0];
        viewer.Fold(90_000, new Core.Ledger.RegionShared(world.Now, viewer.Id, somewhere), world.Rules.Taste);
        var request = world.Request(20, FeedMode.NonProfiled);
        var unprofiled = world.Context(viewer, request).Cohort;
        (unprofiled.Cluster, unprofiled.Region).ShouldBe((null, null));
        var profiled = world.Context(viewer, request with { Mode = FeedMode.Personalised }).Cohort;
        (profiled.Cluster, profiled.Region).ShouldBe((1, somewhere));
        var before = Videos(world.Page(viewer, request));

        viewer.Fold(100_000, new Core.Ledger.TasteForgotten(world.Now, viewer.Id), world.Rules.Taste);

        Videos(world.Page(viewer, request)).ShouldBe(before);
    }

    [Fact]
    public void NonProfiled_IsWhatAViewerGetsWhoSwitchedPersonalisationOff()
    {
        var world = TwoGenres();
        var viewer = Fan(world, 1, A);
        viewer.Fold(100_000, new Core.Ledger.PersonalisationChosen(world.Now, viewer.Id, false), world.Rules.Taste);
        var request = world.Request(10);

        Videos(world.Page(viewer, request)).ShouldBe(Videos(world.Page(viewer, request with { Mode = FeedMode.NonProfiled })));
    }

    [Fact]
    public void NonProfiled_IsWhatEverybodyGetsByARule()
    {
        var world = TwoGenres();
        var viewer = Fan(world, 1, A);
        var request = world.Request(10);
        var without = new FeedContext(
            request, viewer, world.Catalogue, world.Rules with { Feed = world.Rules.Feed with { Personalised = false } }, World.Taxonomy, world.Chance);

        var page = ForYouFeed.Page(without, world.Stages);

        Videos(page).ShouldBe(Videos(world.Page(viewer, request with { Mode = FeedMode.NonProfiled })));
        Videos(page).ShouldNotBe(Videos(world.Page(viewer, request)));
        page.Served(without).Unprofiled.ShouldBeTrue("nothing is learned of them either");
    }

    [Fact]
    public void Latest_IsNewestFirst()
    {
        var world = World.Random(5);
        var page = world.Page(World.NewViewer(), world.Request(20, FeedMode.Latest));

        var at = page.Items.Select(item => world.Catalogue.Video(item.Slot.Video)!.UploadedAt).ToArray();
        at.Length.ShouldBe(20);
        at.ShouldBe(at.OrderDescending());
        page.Items.Select(item => world.Catalogue.Video(item.Slot.Video)!.Stage).ShouldAllBe(stage => stage == VideoStage.Open || stage == VideoStage.Widening);
    }

    [Fact]
    public void Following_ShowsAllThatIsPublicOfFollowedCreatorsNewestFirst()
    {
        var world = new World();
        var stages = Enum.GetValues<VideoStage>();
        for (var number = 0; number < stages.Length; number++) world.Add(number, stages[number], creator: 1, at: world.Now.AddHours(-number));
        world.Add(90, VideoStage.Open, creator: 2);
        world.Publish();
        var viewer = Following(world, 90, creator: 1);

        var page = world.Page(viewer, world.Request(20, FeedMode.Following));

        page.Items.Select(item => world.Catalogue.Video(item.Slot.Video)!.Stage).ShouldBe(stages.Where(stage => stage.IsPublic()));
        world.Page(World.NewViewer(2), world.Request(20, FeedMode.Following)).Items.ShouldBeEmpty();
    }

    [Fact]
    public void ForYou_LeavesAFollowedCreatorsTestToItsPanel()
    {
        var world = TwoGenres();
        var test = world.Add(300, VideoStage.Testing, A, creator: 50);
        world.Publish();
        var viewer = Following(world, 0, creator: 50);

        for (var i = 0; i < 50; i++)
            world.Page(viewer, world.Request(2)).Items.Select(item => item.Slot.Video).ShouldNotContain(test);
    }

    [Theory]
    [InlineData(VideoStage.Open, true)]
    [InlineData(VideoStage.Paused, true)]
    [InlineData(VideoStage.Library, true)]
    [InlineData(VideoStage.Rejected, false)]
    [InlineData(VideoStage.HumanReview, false)]
    [InlineData(VideoStage.Deleted, false)]
    public void StartWith_BeginsWithASharedVideoIfItMayBeShown(VideoStage stage, bool shown)
    {
        var world = TwoGenres();
        var shared = world.Add(300, stage);
        world.Publish();

        (world.Page(World.NewViewer(), world.Request(5, startWith: shared)).Items[0].Slot.Video == shared).ShouldBe(shown);
    }

    [Theory]
    [InlineData(VideoStage.HumanReview)]
    [InlineData(VideoStage.Deleted)]
    public void StartWith_ShowsNothingThatWasTakenBackSinceTheShelfWasMade(VideoStage stage)
    {
        var world = TwoGenres();
        world.Move(World.Id(0), VideoStage.Open, stage);

        world.Page(World.NewViewer(), world.Request(5, startWith: World.Id(0))).Items.Select(item => item.Slot.Video).ShouldNotContain(World.Id(0));
    }

    [Fact]
    public void Page_OfNothingButTestsIsBetterThanAnEmptyOne()
    {
        var world = new World();
        for (var number = 0; number < 8; number++) world.Add(number, VideoStage.Testing);
        world.Publish();

        var page = world.Page(World.NewViewer());

        page.Items.Length.ShouldBe(5);
        page.Items.ShouldAllBe(item => item.Slot.Source == SlotSource.TestBatch);
    }

    [Fact]
    public void Page_ALongListOfExclusionsDoesNotExhaustIt()
    {
        var world = TwoGenres(new Rules { Feed = new FeedRules(Candidates: 5) });
        var viewer = Fan(world, 1, A);
        var excluded = world.Page(viewer, world.Request(20)).Items.Select(item => item.Slot.Video);

        world.Page(viewer, world.Request(5, exclude: excluded)).Exhausted.ShouldBeFalse();
    }

    [Fact]
    public void Random_IsDrawnAsOftenAsItsPropensitySays()
    {
        var world = TwoGenres(new Rules { Feed = new FeedRules(RandomShare: 0.1) });
        var viewer = Fan(world, 1, A);
        var open = world.Catalogue.Shelf.In(VideoStage.Open).Count(cell => viewer.ViewOf(cell.State.Id) is null);
        var places = new int[5];
        for (var i = 0; i < 2_000; i++)
        {
            foreach (var item in world.Page(viewer).Items.Where(item => item.Slot.Source == SlotSource.Random))
            {
                places[item.Slot.Position]++;
                item.Slot.Propensity.ShouldBe(0.1f / open, 1e-6f);
            }
        }

        foreach (var times in places) times.ShouldBeInRange(140, 260);
    }

    private static World TwoGenres(Rules? rules = null)
    {
        var world = new World(rules: rules);
        for (var number = 0; number < 80; number++) world.Add(number, VideoStage.Open, number % 2);
        world.Publish();
        return world;
    }

    /// <summary>A viewer who completed ten videos of one genre and skipped five of the other.</summary>
    private static ViewerState Fan(World world, int number, int genre)
    {
        var viewer = World.NewViewer(number);
        for (var i = 0; i < 10; i++) world.Watch(viewer, World.Id((2 * i) + genre));
        for (var i = 0; i < 5; i++) world.Watch(viewer, World.Id((2 * i) + 1 - genre), 0.1);
        world.Watch(viewer, World.Id(40 + genre));
        return viewer;
    }

    private static ViewerState Following(World world, int watched, int creator)
    {
        var viewer = World.NewViewer();
        var video = world.Catalogue.Videos().First(video => video.Creator == World.Creator(creator));
        world.Watch(viewer, World.Id(watched));
        world.Send(viewer, new Slot(viewer.Id, video.Id, video.Creator, new RequestId(1), 0, world.Now, SlotSource.Personal, new Core.Audience.Cohort(0), false, 1), SignalType.Follow);
        return viewer;
    }

    private static double Share(World world, FeedPage page, int genre) =>
        page.Items.Count(item => world.Catalogue.Video(item.Slot.Video)!.Analysis!.Genres.Leading == genre) / (double)page.Items.Length;

    private static VideoId[] Videos(FeedPage page) => [.. page.Items.Select(item => item.Slot.Video)];
}
