using System.Collections.Concurrent;
using CsCheck;
using Groundswell.Core;
using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Feed;

/// <summary>What no page may ever do, over random catalogues in random stages and viewers with random histories.</summary>
public class PagePropertyTests
{
    private sealed record Case(ulong Seed, int Pages, int Count, FeedMode Mode, bool Rewatch, int Excluded, int Own);

    private static readonly Gen<Case> Cases =
        from seed in Gen.ULong
        from pages in Gen.Int[0, 6]
        from count in Gen.Int[1, 20]
        from mode in Gen.Frequency((4, Gen.Const(FeedMode.Personalised)), (3, Gen.Enum<FeedMode>()))
        from rewatch in Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true)))
        from excluded in Gen.Int[0, 20]
        from own in Gen.Int[-1, 11]
        select new Case(seed, pages, count, mode, rewatch, excluded, own);

    [Fact]
    public void Page_HoldsNothingThatMayNotBeShown() => Cases.Sample(test =>
    {
        var (world, viewer, request) = Begin(test);
        // The catalogue moves on after the shelf was made: what was taken back since must not be shown either.
        foreach (var cell in world.Catalogue.Shelf.Cells.Take(5).ToArray()) world.Move(cell.State.Id, cell.State.Stage, VideoStage.HumanReview);

        var page = world.Page(viewer, request);

        page.Items.Length.ShouldBeLessThanOrEqualTo(test.Count);
        page.Items.Select(item => item.Slot.Video).ShouldBeUnique();
        foreach (var item in page.Items)
        {
            var video = world.Catalogue.Video(item.Slot.Video)!;
            var view = viewer.ViewOf(video.Id);
            (request.Mode == FeedMode.Following ? video.Stage.IsPublic() : video.Stage.IsServable()).ShouldBeTrue($"{video.Id} is {video.Stage}");
            (view is null || request.Rewatch).ShouldBeTrue($"{video.Id} was seen");
            (view?.NotInterested ?? false).ShouldBeFalse($"{video.Id} is not wanted");
            request.Exclude.ShouldNotContain(video.Id);
            video.Creator.ShouldNotBe(request.OwnCreator ?? default);
            (viewer.ServedInSession.TryGetValue(video.Id, out var at) && request.Now - at <= ViewerState.SessionGap && !(request.Rewatch && view is not null))
                .ShouldBeFalse($"{video.Id} was served a moment ago");
        }
    }, iter: 400);

    [Fact]
    public void Page_HoldsNothingForAdults_UnlessTheViewerSaysThatTheyAreOne() => (
        from test in Cases
        from age in Gen.Enum<AgeClass>().Nullable()
        from withdrawn in Gen.Bool
        select (test, age, withdrawn)).Sample(drawn =>
    {
        var (world, viewer, request) = Begin(drawn.test);
        if (drawn.age is { } age) world.Tell(viewer, new AgeDeclared(world.Now, viewer.Id, age));
        if (drawn.withdrawn) world.Tell(viewer, new AgeDeclared(world.Now, viewer.Id, null));
        // Marked after the shelf was made; one of them is asked for by a shared link.
        var marked = world.Catalogue.Videos().Where(video => world.Chance.For("adults").For(video.Id.Value).Hits(0.4)).Select(video => video.Id).ToHashSet();
        foreach (var video in marked) world.Append(new VideoAgeMarked(world.Now, video, world.Catalogue.Video(video)!.Creator, true, null, "eve"));

        var page = world.Page(viewer, request with { StartWith = marked.Count > 0 ? marked.Min() : null });

        if (drawn.withdrawn || drawn.age != AgeClass.Adult) page.Items.ShouldAllBe(item => !marked.Contains(item.Slot.Video));
    }, iter: 400);

    [Fact]
    public void Page_IsLoggedAsItWasMade() => Cases.Sample(test =>
    {
        var (world, viewer, request) = Begin(test);
        var page = world.Page(viewer, request);

        page.Items.Select(item => item.Slot.Position).ShouldBe(Enumerable.Range(0, page.Items.Length));
        foreach (var item in page.Items)
        {
            item.Slot.Propensity.ShouldBeGreaterThan(0);
            item.Slot.Propensity.ShouldBeLessThanOrEqualTo(1);
            (item.Slot.Viewer, item.Slot.Request, item.Slot.ServedAt).ShouldBe((viewer.Id, request.Id, request.Now));
            item.Reasons.ShouldNotBeEmpty();
        }
    }, iter: 200);

    [Fact]
    public void Page_IsEqualForAnEqualRequest() => Cases.Sample(test =>
    {
        var (world, viewer, request) = Begin(test);
        Text(world.Page(viewer, request)).ShouldBe(Text(world.Page(viewer, request)));
        var (again, same, equal) = Begin(test);
        Text(again.Page(same, equal)).ShouldBe(Text(world.Page(viewer, request)));
    }, iter: 60);

    [Fact]
    public void Page_IsExhaustedOnlyWhenNothingIsLeft() => Cases.Sample(test =>
    {
        var (world, viewer, request) = Begin(test);
        var page = world.Page(viewer, request);

        page.Exhausted.ShouldBe(page.Items.Length < test.Count);
        if (!page.Exhausted || request.Mode is FeedMode.Following || request.Rewatch) return;
        var shown = page.Items.Select(item => item.Slot.Video).ToHashSet();
        world.Catalogue.Videos().Where(video =>
            video.Stage == VideoStage.Open && viewer.ViewOf(video.Id) is null && !shown.Contains(video.Id) && !request.Exclude.Contains(video.Id)
            && video.Creator != request.OwnCreator && !viewer.ServedInSession.ContainsKey(video.Id)).ShouldBeEmpty();
    }, iter: 200);

    [Fact]
    public void Page_LeavesTestsOutOfFirstPlacesAndFirstSessions() => Cases.Sample(test =>
    {
        var (world, viewer, request) = Begin(test with { Mode = FeedMode.Personalised });
        var context = world.Context(viewer, request);
        var page = ForYouFeed.Page(context, world.Stages);
        foreach (var item in page.Items.Where(item => world.Catalogue.Video(item.Slot.Video)!.Stage is VideoStage.Testing or VideoStage.Reviving))
        {
            if (item.Slot.Position >= world.Rules.TestBatch.FirstPosition && context.Session >= world.Rules.TestBatch.FirstSession) continue;
            // Only where nothing else was left: from here on the page holds nothing but tests.
            page.Items.Skip(item.Slot.Position).ShouldAllBe(later => later.Slot.Source == SlotSource.TestBatch || later.Slot.Source == SlotSource.Revival || later.Slot.Source == SlotSource.Random);
        }
    }, iter: 300);

    /// <summary>However many revivals wait, and however little else there is: of one viewer after another, and of all that were drawn.</summary>
    [Fact]
    public void Pages_KeepRevivalsToTheirShare()
    {
        var all = new ConcurrentBag<(int Served, int Revived)>();
        (from seed in Gen.ULong
         from count in Gen.Int[3, 12]
         from revivals in Gen.Int[1, 40]
         select (seed, count, revivals)).Sample(test =>
         {
             var slots = Slots(test.seed, test.count, test.revivals);
             KeepsToItsShare(slots.Served, slots.Revived);
             all.Add(slots);
         }, iter: 30);
        KeepsToItsShare(all.Sum(slots => slots.Served), all.Sum(slots => slots.Revived));
        all.Sum(slots => slots.Revived).ShouldBeGreaterThan(100);

        // Six deviations of chance: once in some hundred thousand runs.
        static void KeepsToItsShare(int served, int revived)
        {
            var most = new Rules().Revival.SlotShare * served;
            ((double)revived).ShouldBeLessThanOrEqualTo(most + (6 * Math.Sqrt(most)), $"of {served}");
        }
    }

    private static (int Served, int Revived) Slots(ulong seed, int count, int revivals)
    {
        var world = World.Random(seed);
        for (var number = 0; number < revivals; number++) world.Add(200 + number, VideoStage.Reviving, number % 6, creator: 50 + number);
        world.Publish();
        var (served, revived) = (0, 0);
        for (var number = 0; number < 12; number++)
        {
            var viewer = World.NewViewer(number);
            world.Live(viewer, pages: 8);
            for (var page = 0; page < 25; page++)
            {
                var items = world.Page(viewer, world.Request(count)).Items;
                served += items.Length;
                revived += items.Count(item => item.Slot.Source == SlotSource.Revival);
            }
        }
        return (served, revived);
    }

    [Fact]
    public void Page_SpacesACreatorWhileAnyoneElseHasSomething() => Cases.Sample(test =>
    {
        var (world, viewer, request) = Begin(test with { Mode = FeedMode.Personalised });
        var page = world.Page(viewer, request);
        var gap = world.Rules.Feed.CreatorGap;
        var before = viewer.Recent.Select(view => view.Creator).Concat(page.Items.Select(item => item.Slot.Creator)).ToArray();
        var start = viewer.Recent.Count;
        for (var place = 0; place < page.Items.Length; place++)
        {
            var near = before[Math.Max(0, start + place - gap)..(start + place)];
            if (page.Items[place].Slot.Source == SlotSource.Random || !near.Contains(page.Items[place].Slot.Creator)) continue;
            page.Items.Skip(place + 1)
                .Where(later => later.Slot.Source is not (SlotSource.TestBatch or SlotSource.Revival or SlotSource.Random))
                .ShouldAllBe(later => near.Contains(later.Slot.Creator), $"place {place} came too soon");
        }
    }, iter: 300);

    [Fact]
    public void Page_ExplainsEveryValueByTermsThatAddUpToIt() => Cases.Sample(test =>
    {
        var (world, viewer, request) = Begin(test);
        foreach (var item in world.Page(viewer, request with { Explain = true }).Items)
        {
            item.Explanation!.Terms.Sum(term => term.Value).ShouldBe(item.Value, 1e-6);
            item.Explanation.Value.ShouldBe(item.Value);
        }
        world.Page(viewer, request).Items.ShouldAllBe(item => item.Explanation == null);
    }, iter: 100);

    private static (World World, ViewerState Viewer, FeedRequest Request) Begin(Case test)
    {
        var world = World.Random(test.Seed);
        var viewer = World.NewViewer();
        world.Live(viewer, test.Pages);
        var exclude = world.Catalogue.Videos().Select(video => video.Id).OrderBy(id => world.Chance.For("exclude").For(id.Value).Bits()).Take(test.Excluded);
        var request = world.Request(test.Count, test.Mode, exclude, test.Rewatch, own: test.Own < 0 ? null : World.Creator(test.Own));
        return (world, viewer, request);
    }

    private static string Text(FeedPage page) => string.Join('\n', page.Items.Select(item => $"{item.Slot} {item.Value:R} {item.Probabilities}")) + page.Exhausted;
}
