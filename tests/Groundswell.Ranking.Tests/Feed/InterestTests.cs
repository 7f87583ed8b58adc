using Groundswell.Core;
using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Feed;

/// <summary>What declaring interests does to a page, in worlds of six genres.</summary>
public class InterestTests
{
    private const int Genres = 6, Declared = 2;

    [Fact]
    public void AFirstPage_HoldsMoreOfWhatWasDeclared_AndStillAsksAboutTheRest()
    {
        var (with, without, others) = (0, 0, 0);
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var world = SixGenres(seed);
            var request = world.Request(10);
            without += OfDeclared(world, world.Page(World.NewViewer(), request));
            var said = OfDeclared(world, world.Page(Declaring(world), request));
            with += said;
            others += 10 - said;
        }

        with.ShouldBeGreaterThan(2 * without, $"{with} of 200 slots against {without}");
        others.ShouldBeGreaterThan(60, "a few words are not a taste yet");
    }

    [Fact]
    public void WhatIsDeclared_IsSaidToBeWhy_UntilItWasWatched()
    {
        var world = SixGenres();
        var viewer = Declaring(world);
        var reasons = world.Page(viewer, world.Request(10)).Items.SelectMany(item => item.Reasons).Select(reason => reason.Code).ToArray();
        reasons.ShouldContain("declared");
        reasons.ShouldNotContain("taste");

        for (var i = 0; i < 4; i++) world.Watch(viewer, World.Id((Genres * i) + Declared));
        world.Page(viewer, world.Request(10)).Items.SelectMany(item => item.Reasons).Select(reason => reason.Code).ShouldNotContain("declared");
    }

    [Fact]
    public void Watching_Overrules()
    {
        var world = SixGenres();
        var viewer = Declaring(world);
        for (var i = 0; i < 6; i++) world.Watch(viewer, World.Id((Genres * i) + Declared), 0.05);
        for (var i = 0; i < 6; i++) world.Watch(viewer, World.Id(Genres * i));

        var page = world.Page(viewer, world.Request(10));

        OfDeclared(world, page).ShouldBe(0);
        page.Items.Count(item => Leading(world, item) == 0).ShouldBeGreaterThanOrEqualTo(5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TakenBackOrForgotten_ThePageIsThatOfOneWhoNeverDeclared(bool forgotten)
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var (never, then) = (SixGenres(seed), SixGenres(seed));
            var (one, other) = (World.NewViewer(), Declaring(then));
            then.Tell(other, forgotten ? new TasteForgotten(then.Now, other.Id) : new InterestsDeclared(then.Now, other.Id, []));
            for (var i = 0; i < 3; i++)
            {
                never.Watch(one, World.Id(i));
                then.Watch(other, World.Id(i));
            }

            var request = never.Request(10, explain: true);
            Seen(then.Page(other, request)).ShouldBe(Seen(never.Page(one, request)));
        }
    }

    [Fact]
    public void WithoutProfiling_NothingDeclaredIsUsed()
    {
        var world = SixGenres();
        var request = world.Request(10, FeedMode.NonProfiled, explain: true);
        var nothing = Seen(world.Page(World.NewViewer(), request));
        var viewer = Declaring(world);

        Seen(world.Page(viewer, request)).ShouldBe(nothing);
        world.Tell(viewer, new PersonalisationChosen(world.Now, viewer.Id, false));
        Seen(world.Page(viewer, request with { Mode = FeedMode.Personalised })).ShouldBe(nothing);
    }

    private static World SixGenres(ulong seed = 1)
    {
        var world = new World(seed);
        for (var number = 0; number < 20 * Genres; number++) world.Add(number, VideoStage.Open, number % Genres);
        world.Publish();
        return world;
    }

    private static ViewerState Declaring(World world)
    {
        var viewer = World.NewViewer();
        world.Tell(viewer, new InterestsDeclared(world.Now, viewer.Id, [Declared]));
        return viewer;
    }

    private static int OfDeclared(World world, FeedPage page) => page.Items.Count(item => Leading(world, item) == Declared);

    private static int? Leading(World world, FeedItem item) => world.Catalogue.Video(item.Slot.Video)?.Analysis?.Genres.Leading;

    private static (VideoId, float, double)[] Seen(FeedPage page) => [.. page.Items.Select(item => (item.Slot.Video, item.Slot.Propensity, item.Value))];
}
