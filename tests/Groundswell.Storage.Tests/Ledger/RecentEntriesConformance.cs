using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;

namespace Groundswell.Storage.Tests.Ledger;

/// <summary>Whether entries come from memory or from the disk, nobody can tell but by the time it takes.</summary>
public abstract class RecentEntriesConformance : Conformance
{
    [Fact]
    public async Task AtTheHead_ReadersGetTheObjectsThatWereAppended()
    {
        var entries = Facts.OfEveryKind(Facts.Video);
        await AppendAsync([.. entries]);
        var read = Ledger.Read(3, 5);
        read.Select(recorded => recorded.Position).ShouldBe([4, 5, 6, 7, 8]);
        for (var i = 0; i < read.Count; i++) read[i].Entry.ShouldBeSameAs(entries[3 + i]);
    }

    /// <summary>Each way of reading gives the same, also where entries were skipped, refused or are no longer in memory.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task FromMemoryAndFromDisk_EntriesAreEqual(int recent)
    {
        await ReopenAsync(new StoreOptions { RecentEntries = recent });
        await AppendAsync([.. Facts.OfEveryKind(Facts.Video)]);
        for (var i = 0; i < 20; i++)
        {
            await AppendAsync(Facts.Signal($"{i}"), Facts.Signal($"{i / 2}"), Facts.Page(i));
            await Should.ThrowAsync<StaleMoveException>(() => AppendAsync(Facts.Signal($"refused {i}"), Facts.Moved(Facts.Video, VideoStage.Open, VideoStage.Paused)));
            Ledger.TryAppendLater(Facts.Page(i)).ShouldBeTrue();
        }
        var all = Facts.OfEveryKind(Facts.Video).Length + 60;
        await Ledger.WaitPastAsync(all - 1, Cancel);
        var inMemory = Chunks();
        await ReopenAsync(new StoreOptions { RecentEntries = 0 });
        Chunks().ShouldBe(inMemory);
        inMemory.Length.ShouldBe(all * 3);
    }

    [Fact]
    public async Task WhatIsNotDurable_IsNotSeen()
    {
        await AppendAsync(Facts.Signal("a"));
        Task<Appended> later;
        using (await Backend.HoldWriterAsync(Store))
        {
            later = AppendAsync(Facts.Signal("b"));
            Ledger.Read(0, 100).Count.ShouldBe(1);
        }
        await later;
        await Backend.SetFullAsync(Store, true);
        await Should.ThrowAsync<StoreUnavailableException>(async () =>
        {
            for (var i = 0; i < 10_000; i++) await AppendAsync(Facts.Signal($"{i}/a"), Facts.Signal($"{i}/b"));
        });
        var seen = Ledger.Read(0, int.MaxValue);
        seen[^1].Position.ShouldBe(Ledger.Head);
        await Backend.SetFullAsync(Store, false);
        await ReopenAsync();
        Ledger.Read(0, int.MaxValue).Select(Positioned).ShouldBe(seen.Select(Positioned));
    }

    [Fact]
    public async Task FollowersAtTheHead_SeeEveryEntryOnceAndInOrder()
    {
        const int Calls = 300;
        await ReopenAsync(new StoreOptions { RecentEntries = 16 });
        var followers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var followed = new List<long>();
            while (followed.Count < Calls * 3)
            {
                var after = followed.Count == 0 ? 0 : followed[^1];
                await Ledger.WaitPastAsync(after, Cancel);
                followed.AddRange(Ledger.Read(after, 50).Select(recorded => recorded.Position));
            }
            return followed;
        }, Cancel)).ToArray();
        for (var call = 0; call < Calls; call++)
            await AppendAsync([.. Enumerable.Range(0, 3).Select(i => Facts.Signal($"{call}/{i}", new ViewerId(call % 7)))]);
        foreach (var followed in await Task.WhenAll(followers)) followed.ShouldBe(Enumerable.Range(1, Calls * 3).Select(position => (long)position));
    }

    /// <summary>The whole ledger read three times, in chunks of different sizes.</summary>
    private (long, string)[] Chunks()
    {
        var read = new List<Recorded>();
        foreach (var most in new[] { 1, 10, 1_000 })
            for (long after = 0; Ledger.Read(after, most) is { Count: > 0 } chunk; after = chunk[^1].Position) read.AddRange(chunk);
        return [.. read.Select(Positioned)];
    }

    private static (long, string) Positioned(Recorded recorded) => (recorded.Position, Facts.Json(recorded.Entry));
}
