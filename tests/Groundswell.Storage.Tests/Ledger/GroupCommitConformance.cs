using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;
using Microsoft.Extensions.Time.Testing;

namespace Groundswell.Storage.Tests.Ledger;

/// <summary>What many callers at once may rely on: bounds, order within a call, and nobody failing for another.</summary>
public abstract class GroupCommitConformance : Conformance
{
    [Fact]
    public async Task AStaleMove_FailsAloneInItsGroup()
    {
        await AppendAsync(Facts.Uploaded(Facts.Video));
        Task<Appended> before, stale, after;
        using (await Backend.HoldWriterAsync(Store))
        {
            before = AppendAsync(Facts.Signal("before"));
            stale = AppendAsync(Facts.Signal("with it"), Facts.Moved(Facts.Video, VideoStage.Reviewed, VideoStage.Testing), Facts.Signal("too"));
            after = AppendAsync(Facts.Moved(Facts.Video, VideoStage.Uploaded, VideoStage.Processed), Facts.Signal("after"));
        }
        (await before).Positions.ShouldBe([2]);
        var refused = await Should.ThrowAsync<StaleMoveException>(stale);
        (refused.Video, refused.From, refused.To, refused.Actual)
            .ShouldBe((Facts.Video, VideoStage.Reviewed, VideoStage.Testing, VideoStage.Uploaded));
        (await after).Positions.ShouldBe([3, 4]);
        Ledger.KnownEvents(Facts.Viewer, ["with it", "too", "before", "after"]).ShouldBe(["before", "after"], ignoreOrder: true);
        (await AppendAsync(Facts.Signal("with it"))).Positions.ShouldBe([5]);
    }

    [Fact]
    public async Task ManyCallersAtOnce_KeepTheirEntriesTogetherAndInOrder()
    {
        const int Callers = 32, Calls = 20;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var call = 0; call < Calls; call++)
            {
                var size = 1 + ((caller + call) % 5);
                var appended = await AppendAsync([.. Enumerable.Range(0, size).Select(i => Facts.Signal($"{call}/{i}", new ViewerId(caller)))]);
                var first = appended.Positions[0].ShouldNotBeNull();
                appended.Positions.ShouldBe(Enumerable.Range(0, size).Select(i => (long?)first + i));
                Ledger.Head.ShouldBeGreaterThanOrEqualTo(first + size - 1);
            }
        }, Cancel)));

        var all = Ledger.Read(0, int.MaxValue);
        all.Select(recorded => recorded.Position).ShouldBe(Enumerable.Range(1, all.Count).Select(position => (long)position));
        for (var caller = 0; caller < Callers; caller++)
        {
            var sent = Enumerable.Range(0, Calls).SelectMany(call => Enumerable.Range(0, 1 + ((caller + call) % 5)).Select(i => $"{call}/{i}"));
            Ledger.ReadViewer(new ViewerId(caller), 0, int.MaxValue)
                .Select(recorded => ((SignalRecorded)recorded.Entry).EventId).ShouldBe(sent);
        }
    }

    [Fact]
    public async Task ManyCallersWithTheSameEvent_AppendItOnce()
    {
        var appended = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => AppendAsync(Facts.Signal("same")), Cancel)));
        appended.Count(one => one.Positions[0] is not null).ShouldBe(1);
        Ledger.Read(0, 100).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ManyCallersWithTheSameMove_MakeItOnce()
    {
        await AppendAsync(Facts.Uploaded(Facts.Video));
        var moves = Enumerable.Range(0, 20)
            .Select(_ => Task.Run(() => AppendAsync(Facts.Moved(Facts.Video, VideoStage.Uploaded, VideoStage.Processed)), Cancel)).ToArray();
        await Task.WhenAll(moves).ContinueWith(_ => { }, Cancel, TaskContinuationOptions.None, TaskScheduler.Default);
        moves.Count(move => move.IsCompletedSuccessfully).ShouldBe(1);
        moves.Count(move => move.Exception?.InnerException is StaleMoveException).ShouldBe(19);
    }

    [Fact]
    public async Task AFullQueue_MakesAppendsWaitAndDropsWhatMayBeLost()
    {
        await ReopenAsync(new StoreOptions { QueueCapacity = 4, MostPerCommit = 4 });
        Task<Appended> queued, waiting;
        using (await Backend.HoldWriterAsync(Store))
        {
            queued = AppendAsync(Facts.Signal("a"), Facts.Signal("b"), Facts.Signal("c"));
            Ledger.TryAppendLater(Facts.Page(1)).ShouldBeTrue();
            Ledger.TryAppendLater(Facts.Page(2)).ShouldBeFalse();
            waiting = AppendAsync(Facts.Signal("d"), Facts.Signal("e"));
            using var patience = new CancellationTokenSource();
            var impatient = Ledger.AppendAsync([Facts.Signal("f")], patience.Token).AsTask();
            await patience.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(impatient);
            waiting.IsCompleted.ShouldBeFalse();
        }
        await Task.WhenAll(queued, waiting);
        Ledger.Head.ShouldBe(6);
        Ledger.KnownEvents(Facts.Viewer, ["f"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task ACallLargerThanACommit_IsRefused()
    {
        await ReopenAsync(new StoreOptions { QueueCapacity = 4, MostPerCommit = 2 });
        await Should.ThrowAsync<ArgumentException>(() => AppendAsync(Facts.Signal("a"), Facts.Signal("b"), Facts.Signal("c")));
        await AppendAsync(Facts.Signal("a"), Facts.Signal("b"));
    }

    [Fact]
    public async Task AFullDisk_LosesNothingAcknowledgedAndHalfAppliesNothing()
    {
        var time = new FakeTimeProvider();
        await ReopenAsync(time: time);
        await AppendAsync(Facts.Uploaded(Facts.Video));
        await Backend.SetFullAsync(Store, true);

        var filling = await Should.ThrowAsync<StoreUnavailableException>(async () =>
        {
            for (var i = 0; i < 10_000; i++) await AppendAsync(Facts.Signal($"{i}/a"), Facts.Signal($"{i}/b"));
        });
        filling.Message.ShouldContain("disk is full");
        Store.Unavailable.ShouldNotBeNull();
        var kept = Ledger.Read(0, int.MaxValue);
        kept[^1].Position.ShouldBe(Ledger.Head);
        (kept.Count % 2).ShouldBe(1); // the upload and whole calls

        await Backend.SetFullAsync(Store, false);
        await Should.ThrowAsync<StoreUnavailableException>(() => AppendAsync(Facts.Signal("too soon")));
        Ledger.TryAppendLater(Facts.Page(1)).ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(2));
        (await AppendAsync(Facts.Signal("again"))).Positions.ShouldBe([kept.Count + 1]);
        Store.Unavailable.ShouldBeNull();
    }

    [Fact]
    public async Task AProbeThatFails_KeepsTheStoreUnavailable()
    {
        var time = new FakeTimeProvider();
        await ReopenAsync(time: time);
        await Backend.SetFullAsync(Store, true);
        await Should.ThrowAsync<StoreUnavailableException>(async () =>
        {
            for (var i = 0; i < 10_000; i++) await AppendAsync(Facts.Signal($"{i}"));
        });
        time.Advance(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<StoreUnavailableException>(() => AppendAsync(Facts.Moved(Facts.Video, VideoStage.Uploaded, VideoStage.Processed)));
        Store.Unavailable.ShouldNotBeNull();
    }
}
