using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Filters;

/// <summary>Every removal has its reason, seen from the newest-first feed, where no source hides what a filter did.</summary>
public class FilterTests
{
    [Fact]
    public void Removed_TellsWhichFilterTookWhat()
    {
        var world = Six();
        var viewer = World.NewViewer();
        world.Watch(viewer, World.Id(0));
        world.Serve(viewer, world.Page(viewer, world.Request(1, FeedMode.Latest)));

        var page = world.Page(viewer, world.Request(20, FeedMode.Latest, exclude: [World.Id(3)], own: World.Creator(4), explain: true));

        page.Removed.ShouldBe([new("excluded", 1), new("own_video", 1), new("seen_before", 1), new("served_this_session", 1)]);
        page.Items.Select(item => item.Slot.Video).ShouldBe([World.Id(2), World.Id(5)]);
        page.Exhausted.ShouldBeTrue();
    }

    [Fact]
    public void AdultsOnly_IsForThoseWhoSaySo_UntilTheMarkIsTakenBack()
    {
        var world = Six();
        var (viewer, adult) = (World.NewViewer(), World.NewViewer(2));
        world.Tell(adult, new AgeDeclared(world.Now, adult.Id, AgeClass.Adult));
        Mark(true);

        var page = world.Page(viewer, world.Request(20, FeedMode.Latest, explain: true));
        page.Removed.ShouldBe([new Removal("adults_only", 1)]);
        page.Items.Select(item => item.Slot.Video).ShouldNotContain(World.Id(2));
        world.Page(adult, world.Request(20, FeedMode.Latest)).Items.Length.ShouldBe(6);

        Mark(false);
        world.Page(viewer, world.Request(20, FeedMode.Latest)).Items.Length.ShouldBe(6);

        void Mark(bool adultsOnly) => world.Append(new VideoAgeMarked(world.Now, World.Id(2), World.Creator(2), adultsOnly, null, "eve"));
    }

    [Fact]
    public void Rewatch_BringsBackWhatWasSeenButNeverWhatIsUnwanted()
    {
        var world = Six();
        var viewer = World.NewViewer();
        world.Watch(viewer, World.Id(0));
        world.Send(viewer, world.Page(viewer, world.Request(1, FeedMode.Latest)).Items[0].Slot, SignalType.NotInterested);

        var page = world.Page(viewer, world.Request(20, FeedMode.Latest, rewatch: true, explain: true));

        page.Items.Select(item => item.Slot.Video).ShouldBe([World.Id(0), World.Id(2), World.Id(3), World.Id(4), World.Id(5)]);
        page.Removed.ShouldBe([new Removal("not_interested", 1)]);
    }

    [Fact]
    public void Served_ComesBackWhenTheSessionIsOver()
    {
        var world = Six();
        var viewer = World.NewViewer();
        var page = world.Page(viewer, world.Request(6, FeedMode.Latest));
        world.Serve(viewer, page);
        world.Page(viewer, world.Request(6, FeedMode.Latest)).Items.ShouldBeEmpty();

        world.Now = world.Now.AddMinutes(31);

        world.Page(viewer, world.Request(6, FeedMode.Latest)).Items.Length.ShouldBe(6);
    }

    /// <summary>Six open videos, the lowest number the newest.</summary>
    private static World Six()
    {
        var world = new World();
        for (var number = 0; number < 6; number++) world.Add(number, VideoStage.Open, number, at: world.Now.AddHours(-1 - number));
        world.Publish();
        return world;
    }
}
