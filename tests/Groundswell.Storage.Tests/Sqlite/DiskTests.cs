using Groundswell.Core.Ledger;
using Groundswell.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Groundswell.Storage.Tests.Sqlite;

/// <summary>What the disk does to a store, and that nobody needs to mend it by hand once the cause is gone.</summary>
public sealed class DiskTests : IAsyncDisposable
{
    private readonly SqliteBackend _backend = new();
    private readonly FakeTimeProvider _time = new(Facts.At);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task ADiskThatIsReallyFull_LosesNothingAcknowledgedAndGoesOnWhenThereIsRoom()
    {
        using var disk = SmallDisk.OrSkip(megabytes: 6);
        var ballast = Path.Combine(disk.Folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[2 << 20], Cancel);
        var acknowledged = new List<string>();
        await using (var store = await SqliteStore.OpenAsync(disk.Folder, _time, new StoreOptions()))
        {
            var full = await Should.ThrowAsync<StoreUnavailableException>(async () =>
            {
                for (var i = 0; i < 100_000; i++)
                {
                    await AppendAsync(store, $"{i}/a", $"{i}/b");
                    acknowledged.AddRange([$"{i}/a", $"{i}/b"]);
                }
            });
            full.Message.ShouldContain("disk is full");
            EventIds(store).ShouldBe(acknowledged);

            File.Delete(ballast);
            _time.Advance(TimeSpan.FromSeconds(2));
            await AppendAsync(store, "again");
            store.Unavailable.ShouldBeNull();
            EventIds(store).ShouldBe([.. acknowledged, "again"]);
        }
        await using var reopened = await SqliteStore.OpenAsync(disk.Folder, _time, new StoreOptions());
        EventIds(reopened).ShouldBe([.. acknowledged, "again"]);
    }

    [Fact]
    public async Task ADiskFullWhileOpening_IsSaidAndOpensWhenThereIsRoom()
    {
        using var disk = SmallDisk.OrSkip(megabytes: 1);
        var ballast = Path.Combine(disk.Folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[(1 << 20) - 16_384], Cancel);
        (await Should.ThrowAsync<StoreUnavailableException>(() => SqliteStore.OpenAsync(disk.Folder, _time, new StoreOptions())))
            .Message.ShouldContain("full");
        File.Delete(ballast);
        await using var store = await SqliteStore.OpenAsync(disk.Folder, _time, new StoreOptions());
        await AppendAsync(store, "a");
    }

    [Fact]
    public async Task AReadOnlyDisk_IsSaidWhenOpeningAndOpensWhenItIsWritable()
    {
        using var disk = SmallDisk.OrSkip(megabytes: 4);
        await using (var store = await SqliteStore.OpenAsync(disk.Folder, _time, new StoreOptions())) await AppendAsync(store, "a");
        disk.MakeReadOnly(true);
        (await Should.ThrowAsync<StoreUnavailableException>(() => SqliteStore.OpenAsync(disk.Folder, _time, new StoreOptions())))
            .Message.ShouldContain("cannot be written");
        disk.MakeReadOnly(false);
        await using var after = await SqliteStore.OpenAsync(disk.Folder, _time, new StoreOptions());
        EventIds(after).ShouldBe(["a"]);
    }

    [Fact]
    public async Task AFileThatBecomesReadOnly_FailsFastAndGoesOnWhenItIsWritable()
    {
        await using var store = (SqliteStore)await _backend.OpenAsync(time: _time);
        await AppendAsync(store, "a");
        store.Session.Statements.Prepared("PRAGMA query_only = ON").Run();
        (await Should.ThrowAsync<StoreUnavailableException>(() => AppendAsync(store, "b"))).Message.ShouldContain("read-only");
        await Should.ThrowAsync<StoreUnavailableException>(() => AppendAsync(store, "c"));
        store.Ledger.TryAppendLater(Facts.Page(1)).ShouldBeFalse();
        EventIds(store).ShouldBe(["a"]);

        store.Session.Statements.Prepared("PRAGMA query_only = OFF").Run();
        _time.Advance(TimeSpan.FromSeconds(2));
        await AppendAsync(store, "b");
        EventIds(store).ShouldBe(["a", "b"]);
    }

    /// <summary>The disk takes its time over one commit: nobody is told anything early, and readers do not wait for it.</summary>
    [Fact]
    public async Task ASlowDisk_HoldsAcknowledgementsAndNoReader()
    {
        await using var store = (SqliteStore)await _backend.OpenAsync(new StoreOptions { QueueCapacity = 8, MostPerCommit = 8 });
        await AppendAsync(store, "a");
        using var disk = new SlowCommits(store);
        var slow = AppendAsync(store, "b");
        await disk.Committing;
        Task[] queued = [.. Enumerable.Range(0, 8).Select(i => AppendAsync(store, $"queued {i}"))];
        var waiting = AppendAsync(store, "waits for room");
        store.Ledger.TryAppendLater(Facts.Page(1)).ShouldBeFalse();
        store.Ledger.Head.ShouldBe(1);
        EventIds(store).ShouldBe(["a"]);
        store.Ledger.KnownEvents(Facts.Viewer, ["a", "b"]).ShouldBe(["a"]);
        Task.WhenAny([slow, waiting, .. queued]).IsCompleted.ShouldBeFalse();

        disk.Release();
        await Task.WhenAll([slow, waiting, .. queued]);
        EventIds(store).ShouldBe(["a", "b", .. Enumerable.Range(0, 8).Select(i => $"queued {i}"), "waits for room"]);
    }

    /// <summary>What a power cut leaves: the last commit is in the log in part, and it was not acknowledged.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(5_000)]
    [InlineData(20_000)]
    public async Task ALogWithATornTail_KeepsWholeCommitsOnly(int missing)
    {
        using var crashed = new SqliteBackendCopy(_backend);
        await using (var store = await _backend.OpenAsync())
        {
            for (var call = 0; call < 20; call++) await AppendAsync(store, [.. Enumerable.Range(0, 10).Select(i => $"{call}/{i}")]);
            crashed.Take();
        }
        await using (var log = new FileStream(crashed.Log, FileMode.Open)) log.SetLength(log.Length - missing);

        await using var after = await SqliteStore.OpenAsync(crashed.Folder, _time, new StoreOptions());
        var kept = EventIds(after);
        (kept.Length % 10).ShouldBe(0);
        kept.Length.ShouldBeInRange(missing < 1_000 ? 190 : 150, 190);
        kept.ShouldBe(Enumerable.Range(0, kept.Length).Select(i => $"{i / 10}/{i % 10}"));
        after.Ledger.Head.ShouldBe(kept.Length);
        (await after.Ledger.AppendAsync([Facts.Signal(kept[^1]), Facts.Signal("19/0")], Cancel)).Positions.ShouldBe([null, kept.Length + 1]);
    }

    [Fact]
    public async Task ALogWithGarbageBehindIt_LosesNothing()
    {
        using var crashed = new SqliteBackendCopy(_backend);
        await using (var store = await _backend.OpenAsync())
        {
            for (var call = 0; call < 20; call++) await AppendAsync(store, $"{call}");
            crashed.Take();
        }
        await using (var log = new FileStream(crashed.Log, FileMode.Append)) await log.WriteAsync(Enumerable.Repeat((byte)0x5A, 10_000).ToArray(), Cancel);
        await using var after = await SqliteStore.OpenAsync(crashed.Folder, _time, new StoreOptions());
        EventIds(after).ShouldBe(Enumerable.Range(0, 20).Select(call => $"{call}"));
    }

    [Fact]
    public async Task ADamagedLastPage_IsReportedAndTheRestIsRead()
    {
        await using (var store = await _backend.OpenAsync())
            for (var call = 0; call < 50; call++) await AppendAsync(store, [.. Enumerable.Range(0, 10).Select(i => $"{call}/{i}")]);
        await using (var file = new FileStream(_backend.File, FileMode.Open))
        {
            file.Position = file.Length - 8_192;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 8_192).ToArray(), Cancel);
        }
        var told = await Record.ExceptionAsync(async () =>
        {
            await using var damaged = await _backend.OpenAsync();
            damaged.Ledger.Read(0, 100).Count.ShouldBe(100);
            damaged.Ledger.Read(0, 1_000);
        });
        told.ShouldBeOfType<StoreUnavailableException>().Message.ShouldContain("damaged");
    }

    private static async Task AppendAsync(IStore store, params string[] eventIds) =>
        await store.Ledger.AppendAsync([.. eventIds.Select(eventId => Facts.Signal(eventId))], Cancel);

    private static string[] EventIds(IStore store) =>
        [.. store.Ledger.Read(0, int.MaxValue).Select(recorded => ((SignalRecorded)recorded.Entry).EventId)];

    /// <summary>Holds the writer in the moment of its commit, after the rows and before the disk.</summary>
    private sealed class SlowCommits : IDisposable
    {
        private readonly ManualResetEventSlim _released = new();
        private readonly TaskCompletionSource _committing = new();

        public SlowCommits(SqliteStore store) => SQLitePCL.raw.sqlite3_commit_hook(
            store.Session.Connection.Handle,
            _ =>
            {
                _committing.TrySetResult();
                _released.Wait();
                return 0;
            },
            null);

        public Task Committing => _committing.Task;

        public void Release() => _released.Set();

        public void Dispose() => _released.Set();
    }

    /// <summary>The files of an open store as a power cut would leave them.</summary>
    private sealed class SqliteBackendCopy(SqliteBackend backend) : IDisposable
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("groundswell-crashed-").FullName;

        public string Log => Path.Combine(Folder, $"{SqliteFile.Name}-wal");

        public void Take()
        {
            File.Copy(backend.File, Path.Combine(Folder, SqliteFile.Name));
            File.Copy($"{backend.File}-wal", Log);
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
