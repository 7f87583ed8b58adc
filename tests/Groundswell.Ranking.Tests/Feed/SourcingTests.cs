using Groundswell.Core;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Filters;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Feed;

/// <summary>A page goes on without a source that is late or fails, and without a candidate that a filter cannot judge.</summary>
public class SourcingTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void ALateSource_HasProposedWhatItHas_AndTheOthersFillThePage()
    {
        var world = Twenty();
        var slow = new Scripted(SlotSource.Personal, Cells(world, 0, 10), before: _ => world.Clock.Advance(Step));

        var page = Page(world, 8, [slow, new Scripted(SlotSource.Trending, Cells(world, 10, 3))]);

        slow.Proposed.ShouldBe(3, "the third proposal came after 60 ms of 50");
        Sources(page).ShouldBe([(SlotSource.Personal, 3), (SlotSource.Trending, 3)]);
        page.Exhausted.ShouldBeFalse("there is more, it only came too late");
        world.Stages.Troubles.ShouldBe([new StageTrouble("Scripted", 1, 0, null)]);
    }

    [Fact]
    public void WhatThePageDoesWithAProposal_IsNotTheSourcesTime()
    {
        var world = Twenty();
        var source = new Scripted(SlotSource.Personal, Cells(world, 0, 10));

        var page = Page(world, 10, [source], new Judging(_ => { world.Clock.Advance(10 * Step); return true; }));

        page.Items.Length.ShouldBe(10);
        world.Stages.Troubles.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void AFailingSource_LosesItsRestAndNotThePage(int before)
    {
        var world = Twenty();
        var failure = new InvalidOperationException("lost its index");
        var failing = new Scripted(SlotSource.Personal, Cells(world, 0, 10), before: place => { if (place == before) throw failure; });

        var page = Page(world, 8, [failing, new Scripted(SlotSource.Trending, Cells(world, 10, 3))]);

        page.Items.Count(item => item.Slot.Source == SlotSource.Personal).ShouldBe(before);
        page.Items.Count(item => item.Slot.Source == SlotSource.Trending).ShouldBe(3);
        world.Stages.Troubles.ShouldBe([new StageTrouble("Scripted", 0, 1, failure)]);
    }

    [Fact]
    public void AFailingSource_ThatLeavesNothing_IsNoEmptyCatalogue()
    {
        var world = Twenty();
        var failing = new Scripted(SlotSource.Latest, Cells(world, 0, 5), before: _ => throw new InvalidOperationException("lost"));

        Should.Throw<InvalidOperationException>(() => Page(world, 5, [failing])).InnerException.ShouldNotBeNull().Message.ShouldBe("lost");
    }

    [Fact]
    public void AFilterThatFails_DropsWhatItCannotJudge()
    {
        var world = Twenty();
        var (bad, failure) = (World.Id(3), new InvalidOperationException("no idea"));

        var page = Page(world, 10, [new Scripted(SlotSource.Personal, Cells(world, 0, 6))], new Judging(candidate => candidate.Video.Id != bad ? true : throw failure));

        page.Items.Select(item => item.Slot.Video).ShouldBe(Enumerable.Range(0, 6).Select(World.Id).Where(id => id != bad), ignoreOrder: true);
        world.Stages.Troubles.ShouldBe([new StageTrouble("Judging", 0, 1, failure)]);
    }

    [Fact]
    public void OnAClockThatStandsStill_NoSourceIsEverLate()
    {
        var world = World.Random(9);
        world.Live(World.NewViewer(), 20);

        world.Stages.Troubles.ShouldBeEmpty();
    }

    private static FeedPage Page(World world, int count, ISource[] sources, params IFilter[] filters) =>
        ForYouFeed.Page(world.Context(World.NewViewer(), world.Request(count, explain: true)), world.Stages, [.. sources], [new StageFilter(), .. filters]);

    private static (SlotSource, int)[] Sources(FeedPage page) =>
        [.. page.Items.GroupBy(item => item.Slot.Source).OrderBy(group => group.Key.ToString()).Select(group => (group.Key, group.Count()))];

    private static VideoCell[] Cells(World world, int first, int count) => [.. Enumerable.Range(first, count).Select(number => world.Catalogue.Shelf.Find(World.Id(number))!)];

    private static World Twenty()
    {
        var world = new World(rules: new Rules { Feed = new FeedRules(SourceBudgetMs: 50) });
        for (var number = 0; number < 20; number++) world.Add(number, VideoStage.Open, number % 5);
        world.Publish();
        return world;
    }

    private sealed class Scripted(SlotSource source, VideoCell[] cells, Action<int>? before = null) : ISource
    {
        public SlotSource Source => source;
        public int Proposed { get; private set; }

        public IEnumerable<Candidate> Propose(FeedContext context)
        {
            foreach (var (place, cell) in cells.Index())
            {
                before?.Invoke(place);
                Proposed++;
                yield return new Candidate(cell, cell.State, source);
            }
        }
    }

    private sealed class Judging(Func<Candidate, bool> keeps) : IFilter
    {
        public string Reason => "judged";

        public bool Keeps(Candidate candidate, FeedContext context) => keeps(candidate);
    }
}
