using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;

namespace Groundswell.Storage.Tests.Ledger;

/// <summary>What every ledger keeps: entries, their order, each signal once.</summary>
public abstract class LedgerConformance : Conformance
{
    [Fact]
    public async Task EveryKindOfFact_ComesBackAsItWasAppended()
    {
        var entries = Facts.OfEveryKind(Facts.Video);
        await AppendAsync([.. entries]);
        await ReopenAsync();
        Ledger.Read(0, 100).Select(recorded => Facts.Json(recorded.Entry)).ShouldBe(entries.Select(Facts.Json));
        entries.Select(entry => entry.GetType()).Distinct().Count().ShouldBe(LedgerFacts.Known.Count);
    }

    [Fact]
    public async Task Entries_AreThereInOrderAfterReopening()
    {
        (await AppendAsync(Facts.Signal("a"), Facts.Signal("b"))).Positions.ShouldBe([1, 2]);
        (await AppendAsync(Facts.Signal("c"))).Positions.ShouldBe([3]);
        await ReopenAsync();
        Ledger.Head.ShouldBe(3);
        EventIds(Ledger.Read(0, 100)).ShouldBe(["a", "b", "c"]);
        (await AppendAsync(Facts.Signal("d"))).Positions.ShouldBe([4]);
    }

    [Fact]
    public async Task AnEmptyCall_AppendsNothing()
    {
        Ledger.Head.ShouldBe(0);
        (await AppendAsync()).Positions.ShouldBeEmpty();
        Ledger.Read(0, 10).ShouldBeEmpty();
    }

    [Fact]
    public async Task AKnownEvent_IsSkippedWhetherInTheLedgerOrInTheSameCall()
    {
        await AppendAsync(Facts.Signal("a"));
        (await AppendAsync(Facts.Signal("a"), Facts.Signal("b"), Facts.Signal("b"), Facts.Signal("c"))).Positions.ShouldBe([null, 2, null, 3]);
        await ReopenAsync();
        (await AppendAsync(Facts.Signal("c"))).Positions.ShouldBe([null]);
        EventIds(Ledger.Read(0, 100)).ShouldBe(["a", "b", "c"]);
        Ledger.Head.ShouldBe(3);
    }

    [Fact]
    public async Task AnEventId_BelongsToItsViewer()
    {
        var other = new ViewerId(12);
        await AppendAsync(Facts.Signal("a"), Facts.Signal("a", other));
        Ledger.Head.ShouldBe(2);
        var longId = new string('é', 2_000);
        await AppendAsync(Facts.Signal(longId, other));
        Ledger.KnownEvents(Facts.Viewer, ["a", "b", longId]).ShouldBe(["a"]);
        Ledger.KnownEvents(other, ["b", longId, "a"]).ShouldBe([longId, "a"], ignoreOrder: true);
    }

    [Fact]
    public async Task Reading_BeginsAfterAnyPositionAndStopsAtTheMost()
    {
        await AppendAsync([.. Enumerable.Range(1, 10).Select(number => Facts.Signal($"{number}"))]);
        EventIds(Ledger.Read(4, 3)).ShouldBe(["5", "6", "7"]);
        EventIds(Ledger.Read(8, 100)).ShouldBe(["9", "10"]);
        Ledger.Read(10, 100).ShouldBeEmpty();
        Ledger.Read(1_000, 100).ShouldBeEmpty();
    }

    [Fact]
    public async Task AViewersEntries_AreThoseThatChangeTheirProfile()
    {
        var (viewer, other) = (new ViewerId(1), new ViewerId(2));
        await AppendAsync(
            Facts.Signal("a", viewer), Facts.Signal("b", other), Facts.Page(1) with { Viewer = viewer }, new CreatorSeen(Facts.At, Facts.Creator, "Ada"),
            new TasteForgotten(Facts.At, viewer), Facts.Uploaded(Facts.Video), new PersonalisationChosen(Facts.At, viewer, true));
        Positions(Ledger.ReadViewer(viewer, 0, 100)).ShouldBe([1, 3, 5, 7]);
        Positions(Ledger.ReadViewer(viewer, 1, 2)).ShouldBe([3, 5]);
        Positions(Ledger.ReadViewer(other, 0, 100)).ShouldBe([2]);
        Ledger.ReadViewer(new ViewerId(3), 0, 100).ShouldBeEmpty();
    }

    [Fact]
    public async Task AVideosEngagement_IsWhatMovesItsScoreAndItsJournalIsApart()
    {
        var other = new VideoId(23);
        var all = Facts.OfEveryKind(Facts.Video).Length;
        await AppendAsync([.. Facts.OfEveryKind(Facts.Video), Facts.Uploaded(other), Facts.Signal("x", video: other)]);
        await AppendAsync([.. Enum.GetValues<SignalType>().Select(type => Facts.Signal($"{type}") with { Type = type })]);
        Positions(Ledger.ReadEngagement(Facts.Video, 0, 9)).ShouldBe([9, 10, 11, 12, .. new[] { 6, 7, 8, 9, 10 }.Select(after => (long)all + after)]);
        Positions(Ledger.ReadEngagement(Facts.Video, 9, 2)).ShouldBe([10, 11]);
        Ledger.ReadEngagement(Facts.Video, all, 100).Select(recorded => ((SignalRecorded)recorded.Entry).Type)
            .ShouldBe([SignalType.PlayEnd, SignalType.Like, SignalType.Unlike, SignalType.Comment, SignalType.DeleteComment, SignalType.Share]);
        Positions(Ledger.ReadJournal(Facts.Video)).ShouldBe([1, 2, 3, 4, 5, 6]);
        Positions(Ledger.ReadJournal(other)).ShouldBe([all + 1]);
        Ledger.ReadJournal(new VideoId(99)).ShouldBeEmpty();
    }

    [Fact]
    public async Task APosition_IsNotGivenAgainWhenTheTailIsDeleted()
    {
        await AppendAsync(Facts.Signal("a"), Facts.Signal("b"), Facts.Signal("c"));
        await Backend.RunSqlAsync("DELETE FROM ledger WHERE position >= 2");
        await ReopenAsync();
        Ledger.Head.ShouldBe(1);
        (await AppendAsync(Facts.Signal("d"))).Positions.ShouldBe([4]);
        Ledger.Head.ShouldBe(4);
    }

    [Fact]
    public async Task WaitingPast_EndsWhenTheHeadIsPastIt()
    {
        await AppendAsync(Facts.Signal("a"));
        await Ledger.WaitPastAsync(0, Cancel);
        var first = Ledger.WaitPastAsync(1, Cancel).AsTask();
        var second = Ledger.WaitPastAsync(2, Cancel).AsTask();
        await AppendAsync(Facts.Signal("a"));
        first.IsCompleted.ShouldBeFalse();
        await AppendAsync(Facts.Signal("b"));
        await first;
        second.IsCompleted.ShouldBeFalse();
        await AppendAsync(Facts.Signal("c"));
        await second;
    }

    [Fact]
    public async Task WaitingPast_EndsWithTheCallersPatienceOrTheStore()
    {
        using var patience = new CancellationTokenSource();
        var impatient = Ledger.WaitPastAsync(0, patience.Token).AsTask();
        var patient = Ledger.WaitPastAsync(0, Cancel).AsTask();
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);
        patient.IsCompleted.ShouldBeFalse();
        await ReopenAsync();
        await Should.ThrowAsync<ObjectDisposedException>(patient);
    }

    [Fact]
    public async Task OnlyFactsWhoseLossIsAllowed_AreAppendedLater()
    {
        Ledger.TryAppendLater(Facts.Page(1)).ShouldBeTrue();
        Ledger.TryAppendLater(new CreatorSeen(Facts.At, Facts.Creator, "Ada")).ShouldBeTrue();
        Should.Throw<ArgumentException>(() => Ledger.TryAppendLater(Facts.Signal("a")));
        Should.Throw<ArgumentException>(() => Ledger.TryAppendLater(Facts.Moved(Facts.Video, default, default)));
        await Ledger.WaitPastAsync(1, Cancel);
        Ledger.Read(0, 10).Select(recorded => recorded.Entry.GetType()).ShouldBe([typeof(PageServed), typeof(CreatorSeen)]);
    }

    [Fact]
    public async Task ClosingTheStore_WritesOutWhatIsQueued()
    {
        Task appending;
        using (await Backend.HoldWriterAsync(Store))
        {
            appending = AppendAsync(Facts.Signal("a"));
            Ledger.TryAppendLater(Facts.Page(1)).ShouldBeTrue();
        }
        await ReopenAsync();
        await appending;
        Ledger.Head.ShouldBe(2);
    }

    [Fact]
    public async Task AClosedLedger_RefusesAppendsAndReads()
    {
        var closed = Ledger;
        await ReopenAsync();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await closed.AppendAsync([Facts.Signal("a")], Cancel));
        closed.TryAppendLater(Facts.Page(1)).ShouldBeFalse();
        Should.Throw<ObjectDisposedException>(() => closed.Read(0, 1));
    }

    protected static IEnumerable<string> EventIds(IEnumerable<Recorded> entries) =>
        entries.Select(recorded => ((SignalRecorded)recorded.Entry).EventId);

    private static IEnumerable<long> Positions(IEnumerable<Recorded> entries) => entries.Select(recorded => recorded.Position);
}
