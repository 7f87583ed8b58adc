using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Lab.OffPolicy;
using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Tests.OffPolicy;

public class LedgerDecisionsTests
{
    private static readonly Scenario Village = new("village", Viewers: 60, Days: 2, UploadsPerDay: 60, WarmUpDays: 1);
    private static readonly Rules Rules = new() { Feed = new FeedRules(RandomShare: 0.1), TestBatch = new TestBatchRules(SlotShare: 0.3, YoungSlotShare: 0.3) };
    private static readonly ImmutableArray<BestOfPool> Policies = [.. LedgerRanker.Known.Select(ranker => new BestOfPool(ranker, 0.2))];
    private static readonly Lazy<KnownWorld> Lived = new(() => new KnownWorld(Village, Rules, 5));

    private static KnownWorld World => Lived.Value;

    [Fact]
    public void Read_KnowsAtAPageNothingThatCameLater()
    {
        RandomDecision[] whole = [.. World.Reading(Policies).Read(World.Ledger)];
        RandomDecision[] part = [.. World.Reading(Policies).Read(World.Ledger.Take(World.Ledger.Count * 2 / 3))];
        var settled = part.Length * 9 / 10;
        settled.ShouldBeGreaterThan(20);
        for (var place = 0; place < settled; place++)
        {
            part[place].Expected.ShouldBe(whole[place].Expected);
            part[place].Choices.ShouldBe(whole[place].Choices);
        }
    }

    [Fact]
    public void Read_TakesAnOutcomeFromTheSlotItself_NotFromALaterOneWithTheSameVideo()
    {
        var (page, slot, end) = FirstAnswered();
        var later = end with { Slot = end.Slot! with { Request = new RequestId(-7), Source = SlotSource.Personal } };
        Outcome(ledger => ledger with { Entry = ledger.Entry == end ? later : ledger.Entry }, page).NotReached.ShouldBe(1);
        Outcome(ledger => ledger, page).Known.ShouldBe(1);
        slot.Source.ShouldBe(SlotSource.Random);
    }

    [Fact]
    public void Read_DoesNotCountAPlayThatCountsNothing()
    {
        var (page, _, end) = FirstAnswered();
        Outcome(ledger => ledger with { Entry = ledger.Entry == end ? end with { Disqualified = Disqualification.Overlapping, Change = null } : ledger.Entry }, page).Uncounted.ShouldBe(1);
    }

    [Fact]
    public void Read_WaitsWhereTheLedgerEndsBeforeItIsKnown()
    {
        var (page, _, end) = FirstAnswered();
        var reading = World.Reading(Policies);
        reading.Read(World.Ledger.TakeWhile(recorded => recorded.Entry != end)).ToList().ShouldNotBeEmpty();
        reading.Slots.Waiting.ShouldBeGreaterThan(0);
        reading.Slots.Served.ShouldBe(reading.Slots.Known + reading.Slots.NotReached + reading.Slots.Waiting + reading.Slots.Uncounted + reading.Slots.OutsidePool);
        page.Slots.ShouldNotBeEmpty();
    }

    [Fact]
    public void Read_FindsThePoolThatThePropensityWasCountedOver()
    {
        var reading = World.Reading(Policies);
        foreach (var decision in reading.Read(World.Ledger)) decision.Pool.ShouldBeGreaterThan(0);
        // A shelf that is made once a simulated minute may lag a video behind.
        ((double)reading.Slots.AsLogged).ShouldBeGreaterThan(0.95 * reading.Slots.Served);
        reading.Slots.OutsidePool.ShouldBeLessThan(reading.Slots.Served / 50 + 1);
    }

    [Fact]
    public void Read_RanksASampleOfAGreaterPool_AndTheDrawnVideoIsInIt()
    {
        var decisions = World.Reading([new BestOfPool(LedgerRanker.Known[0], 1)], most: 3).Read(World.Ledger).ToList();
        decisions.Max(decision => decision.Pool).ShouldBe(3);
        decisions.ShouldAllBe(decision => decision.Choices[0].HasDrawn && decision.Choices[0].Chosen == decision.Pool);
    }

    [Fact]
    public void By_TheSameRulesAsServedIsTheModelItself_AndOthersRankOtherwise()
    {
        var others = Rules with { Feed = Rules.Feed with { SkipPenalty = 20, Learned = false } };
        ImmutableArray<BestOfPool> policies = [new(LedgerRanker.Known[0], 0.2), new(LedgerRanker.By(Rules, "same"), 0.2), new(LedgerRanker.By(others, "others"), 0.2)];
        var decisions = World.Reading(policies).Read(World.Ledger).ToList();
        decisions.ShouldAllBe(decision => decision.Choices[0] == decision.Choices[1]);
        decisions.ShouldContain(decision => decision.Choices[0] != decision.Choices[2]);
    }

    [Theory]
    [InlineData(0.01, 1000, 10)]
    [InlineData(0.01, 30, 1)]
    [InlineData(0.05, 30, 2)]
    [InlineData(1, 30, 30)]
    [InlineData(0.2, 1, 1)]
    public void Of_IsTheShareToTheNearestVideo_AndAtLeastOne(double best, int pool, int chosen) =>
        new BestOfPool(LedgerRanker.Known[0], best).Of(pool).ShouldBe(chosen);

    [Fact]
    public void For_WeighsByThePoolOverTheChosen()
    {
        var decision = new RandomDecision(new(8, 1, 0, 0), new(3, 0.4, 0.2, 0.1), 40, [new(4, true, new(5, 0.6, 0.1, 0.1)), new(4, false, new(5, 0.6, 0.1, 0.1))]);
        decision.For(0, ViewMeasure.Points).ShouldBe(new LoggedDecision(8, 1.0 / 40, 1.0 / 4, 3, 5));
        decision.For(0, ViewMeasure.Completion).Weight.ShouldBe(10, 1e-12);
        decision.For(1, ViewMeasure.EarlySkip).ShouldBe(new LoggedDecision(0, 1.0 / 40, 0, 0.2, 0.1));
    }

    /// <summary>The first random slot that was answered by one signal: its page, and the end of its play.</summary>
    private static (PageServed Page, ServedSlot Slot, SignalRecorded End) FirstAnswered() => (
        from recorded in World.Ledger.Skip(World.Ledger.Count / 2)
        let page = recorded.Entry as PageServed
        where page is not null
        from slot in page.Slots
        where slot.Source == SlotSource.Random
        let signals = World.Ledger.Select(other => other.Entry).OfType<SignalRecorded>().Where(signal => signal.Slot?.Request == page.Request && signal.Video == slot.Video).ToArray()
        where signals is [{ Change.After.Resolved: true }]
        select (page, slot, signals[0])).First();

    /// <summary>What becomes of the random slot of one page, in a ledger where no other page has one.</summary>
    private static RandomSlots Outcome(Func<Recorded, Recorded> change, PageServed kept)
    {
        var reading = World.Reading(Policies);
        reading.Read(World.Ledger.Select(change).Select(recorded => recorded.Entry is PageServed page && page != kept
            ? recorded with { Entry = page with { Slots = [.. page.Slots.Select(slot => slot with { Source = SlotSource.Personal })] } }
            : recorded)).Count().ShouldBe(reading.Slots.Known);
        reading.Slots.Served.ShouldBe(1);
        return reading.Slots;
    }
}
