using System.Collections.Concurrent;
using Groundswell.Bench;
using Groundswell.Core.Ledger;

namespace Groundswell.Storage.Tests.Postgres;

/// <summary>What happens to the store when something happens to its server. Each test has a server of its own.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private static readonly StoreOptions Soon = new() { ProbeEvery = TimeSpan.FromMilliseconds(50) };

    private PostgresServer? _server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PostgresServer Server => _server.ShouldNotBeNull();

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        _server = await PostgresServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>Callers send until they are acknowledged, as devices do; the server is killed in the middle of it, again and again.</summary>
    [Fact]
    public async Task KillingTheServer_LosesNothingAcknowledgedAndCountsNothingTwice()
    {
        const int Kills = 4, Callers = 8, AcknowledgedBetweenKills = 400;
        var backend = new PostgresBackend(Server);
        var acknowledged = new ConcurrentDictionary<string, long?>();
        await using (var store = await backend.OpenAsync(Soon))
        {
            using var enough = new CancellationTokenSource();
            var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => SendAsync(store.Ledger, caller, acknowledged, enough.Token), Cancel)).ToArray();
            for (var kill = 0; kill < Kills; kill++)
            {
                await AcknowledgedAsync(store.Ledger, acknowledged.Count + AcknowledgedBetweenKills, acknowledged);
                await Server.KillAsync();
                await UnavailableAsync(store);
                await Server.RestartAsync();
            }
            await AcknowledgedAsync(store.Ledger, acknowledged.Count + AcknowledgedBetweenKills, acknowledged);
            await enough.CancelAsync();
            await Task.WhenAll(callers);
            store.Unavailable.ShouldBeNull();
            Check(store.Ledger, acknowledged);
        }
        await using var reopened = await backend.OpenAsync();
        Check(reopened.Ledger, acknowledged);
    }

    [Fact]
    public async Task ALostConnection_IsReportedAndMendedWithoutHands()
    {
        var backend = new PostgresBackend(Server);
        await using var store = await backend.OpenAsync(Soon);
        await store.Ledger.AppendAsync([Facts.Signal("before")], Cancel);
        await CutAsync(backend);
        var lost = await Should.ThrowAsync<StoreUnavailableException>(async () => await store.Ledger.AppendAsync([Facts.Signal("lost")], Cancel));
        lost.Message.ShouldContain("database server");
        store.Unavailable.ShouldNotBeNull();
        store.Ledger.ReadViewer(Facts.Viewer, 0, 10).Count.ShouldBe(1); // idle readers were cut off as well, and nobody notices
        (await AgainAsync(store, Facts.Signal("after"))).Positions.ShouldBe([2]);
        store.Unavailable.ShouldBeNull();
        store.Ledger.Read(0, 10).Select(recorded => ((SignalRecorded)recorded.Entry).EventId).ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task WhileTheServerIsAway_ReadsAndOpeningSaySo()
    {
        var backend = new PostgresBackend(Server);
        var store = await backend.OpenAsync(Soon);
        await Server.KillAsync();
        Should.Throw<StoreUnavailableException>(() => store.Ledger.ReadViewer(Facts.Viewer, 0, 10)).Message.ShouldContain("database server");
        Should.Throw<StoreUnavailableException>(() => store.Snapshots.LoadAll("any").ToList());
        (await Should.ThrowAsync<StoreUnavailableException>(() => backend.OpenAsync())).Message.ShouldContain("does not answer");
        await store.DisposeAsync();
        await Server.RestartAsync();
        await using var again = await backend.OpenAsync();
    }

    /// <summary>Whoever lost its connection, and with it the lock, must not come back between the entries of another.</summary>
    [Fact]
    public async Task WhoWasSuperseded_WritesNoMore()
    {
        var backend = new PostgresBackend(Server);
        await using var first = await backend.OpenAsync(Soon);
        await first.Ledger.AppendAsync([Facts.Signal("a")], Cancel);
        await CutAsync(backend);
        await using (var second = await backend.OpenAsync())
        {
            await second.Ledger.AppendAsync([Facts.Signal("b")], Cancel);
            await RefusedAsync("open already");
        }
        await RefusedAsync("restart it");
        await using var third = await backend.OpenAsync();
        third.Ledger.Read(0, 10).Select(recorded => ((SignalRecorded)recorded.Entry).EventId).ShouldBe(["a", "b"]);

        // The first refusal is the lost connection's own, and those while the outage is young repeat the last one.
        async Task RefusedAsync(string why)
        {
            for (var tries = 0; ; tries++)
            {
                tries.ShouldBeLessThan(10_000);
                var refused = await Should.ThrowAsync<StoreUnavailableException>(async () => await first.Ledger.AppendAsync([Facts.Signal("c")], Cancel));
                if (refused.Message.Contains(why, StringComparison.Ordinal)) return;
                await Task.Delay(1, Cancel);
            }
        }
    }

    private static Task<object?> CutAsync(PostgresBackend backend) =>
        backend.RunSqlAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

    private static async Task SendAsync(ILedger ledger, int caller, ConcurrentDictionary<string, long?> acknowledged, CancellationToken enough)
    {
        for (var call = 0; !enough.IsCancellationRequested; call++)
        {
            SignalRecorded[] signals = [.. Enumerable.Range(0, 1 + (call % 5)).Select(i => Facts.Signal($"{caller}/{call}/{i}"))];
            var appended = await AgainAsync(ledger, signals);
            for (var i = 0; i < signals.Length; i++) acknowledged[signals[i].EventId] = appended.Positions[i];
        }
    }

    private static Task<Appended> AgainAsync(IStore store, LedgerEntry entry) => AgainAsync(store.Ledger, [entry]);

    /// <summary>As a device does: the same events until they are acknowledged.</summary>
    private static async Task<Appended> AgainAsync(ILedger ledger, LedgerEntry[] entries)
    {
        while (true)
        {
            try
            {
                return await ledger.AppendAsync(entries, Cancel);
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(10, Cancel);
            }
        }
    }

    private static async Task AcknowledgedAsync(ILedger ledger, int count, ConcurrentDictionary<string, long?> acknowledged)
    {
        while (acknowledged.Count < count) await ledger.WaitPastAsync(ledger.Head, Cancel);
    }

    private static async Task UnavailableAsync(IStore store)
    {
        while (store.Unavailable is null) await Task.Delay(1, Cancel);
    }

    private static void Check(ILedger ledger, ConcurrentDictionary<string, long?> acknowledged)
    {
        var all = ledger.Read(0, int.MaxValue);
        var found = all.ToDictionary(recorded => ((SignalRecorded)recorded.Entry).EventId, recorded => recorded.Position); // throws on a second one
        acknowledged.Keys.Except(found.Keys).ShouldBeEmpty();
        acknowledged.Where(pair => pair.Value is { } position && found[pair.Key] != position).ShouldBeEmpty();
        all.Select(recorded => recorded.Position).ShouldBe(Enumerable.Range(1, all.Count).Select(position => (long)position));
        ledger.Head.ShouldBe(all.Count);
    }
}
