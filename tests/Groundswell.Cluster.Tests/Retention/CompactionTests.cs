using System.Text.Json;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Retention;
using Groundswell.Cluster.RuleBook;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Ranking.Catalogue;
using Groundswell.Storage;

namespace Groundswell.Cluster.Tests.Retention;

/// <summary>Random ledgers in the real store, compacted: whoever asks must not find out. The seed of a failing one is printed.</summary>
public sealed class CompactionTests(ITestOutputHelper output)
{
    private static readonly RetentionRules Month = RetentionRules.KeepingFor(TimeSpan.FromDays(30));
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task FoldOfAll_EqualsTheFoldOfBaselineAndRest()
    {
        var seed = Seed();
        for (var round = 0; round < 6; round++)
        {
            var chance = new Chance(seed).For(round);
            var old = new OldLedger(chance.Bits(), Now, pages: 150);
            await InStoreAsync(async store =>
            {
                // Compacted once, twice or three times, wherever the ledger then stood.
                var cuts = Enumerable.Range(0, 1 + (round % 3)).Select(cut => chance.For("cut").For(cut).Below(old.Entries.Count)).Order().ToArray();
                var appended = 0;
                foreach (var cut in cuts)
                {
                    await AppendAsync(store, old.Entries[appended..cut]);
                    appended = Math.Max(appended, cut);
                    await CompactAsync(store);
                }
                await AppendAsync(store, old.Entries[appended..]);
                OldLedger.Answered(store).ShouldBe(old.Folded(), $"seed {seed}, round {round}");
                Verify(store).Differences.ShouldBeEmpty();
            });
        }
    }

    [Fact]
    public async Task Compaction_ChangesNoAnswer_AndVerifyRebuildsFromTheBaseline()
    {
        var old = new OldLedger(Seed(), Now, pages: 400);
        await InStoreAsync(async store =>
        {
            await AppendAsync(store, old.Entries);
            var shown = old.Shown(store);
            var counted = new Compaction(OldLedger.On(store), Month, TimeSpan.Zero).Count(None);

            var done = await CompactAsync(store);

            done.Entries.ShouldBe(counted.Values.Sum());
            done.Viewers.ShouldBe(OldLedger.Everybody.Count());
            done.Entries.ShouldBe(old.Entries.Count(entry => Ends(entry) && entry.At < done.At.AddDays(-30)));
            done.Entries.ShouldBeGreaterThan(500);
            OldLedger.Answered(store).ShouldBe(old.Folded());
            old.Shown(store).ShouldBe(shown);
            var report = Verify(store);
            report.From.ShouldBe(old.Entries.Count);
            report.Differences.ShouldBeEmpty();
            Kept(store).ShouldBe(old.Entries.Count - done.Entries);
        });
    }

    [Fact]
    public async Task AReading_BeginsAtTheBaselineWithEverythingAsItWasThere()
    {
        var old = new OldLedger(Seed(), Now, pages: 200);
        await InStoreAsync(async store =>
        {
            await AppendAsync(store, old.Entries);
            await CompactAsync(store);
            var (reading, whole) = (LedgerReading.Of(store), OldLedger.On(store));

            var begun = reading.Begin(new LiveCatalogue(new Rules(), Taxonomy.Default.Count));

            begun.Catalogue.Watermark.ShouldBe(reading.Baseline);
            begun.Statistics.Watermark.ShouldBe(reading.Baseline);
            begun.Catalogue.Videos().Length.ShouldBeGreaterThan(0);
            foreach (var viewer in OldLedger.Everybody) Json(reading.Viewer(viewer)).ShouldBe(Json(ViewerLoading.Load(viewer, whole)));
            reading.Viewer(new ViewerId(-1)).ShouldBeNull();
        });

        static string Json<T>(T state) => JsonSerializer.Serialize(state, GroundswellJson.Options);
    }

    [Fact]
    public async Task ASecondCompaction_FindsNothing_AndALaterOneWhatHasGrownOld()
    {
        var old = new OldLedger(Seed(), Now, pages: 200);
        await InStoreAsync(async store =>
        {
            await AppendAsync(store, old.Entries);
            var first = await CompactAsync(store);
            (await CompactAsync(store)).Entries.ShouldBe(0);
            var shorter = await CompactAsync(store, RetentionRules.KeepingFor(TimeSpan.FromDays(10)));
            shorter.Entries.ShouldBe(old.Entries.Count(entry => Ends(entry) && entry.At < shorter.At.AddDays(-10)) - first.Entries);
            (await CompactAsync(store)).Entries.ShouldBe(0);
            OldLedger.Answered(store).ShouldBe(old.Folded());
            LastCompaction.Of(store)!.Baseline.ShouldBe(old.Entries.Count);
        });
    }

    [Fact]
    public async Task ARetry_WithinSevenDays_IsStillADuplicate()
    {
        var old = new OldLedger(Seed(), Now, pages: 200);
        await InStoreAsync(async store =>
        {
            await AppendAsync(store, old.Entries);
            var done = await CompactAsync(store, RetentionRules.KeepingFor(RetentionRules.Least));
            var signals = old.Entries.OfType<SignalRecorded>().ToArray();
            var young = signals.Where(signal => signal.At >= done.At.AddDays(-7)).ToArray();
            young.Length.ShouldBeGreaterThan(10);
            foreach (var of in young.GroupBy(signal => signal.Viewer))
                store.Ledger.KnownEvents(of.Key, [.. of.Select(signal => signal.EventId)]).Count.ShouldBe(of.Count());
            (await store.Ledger.AppendAsync(young, None)).Positions.ShouldAllBe(position => position == null);
            var gone = signals.First(Ends);
            store.Ledger.KnownEvents(gone.Viewer, [gone.EventId]).ShouldBeEmpty();
        });
    }

    /// <summary>Killed before its first write, its second, and so on: nothing is lost each time, and the next run ends what was begun.</summary>
    [Fact]
    public async Task StoppedBeforeAnyWrite_NothingIsLost_AndTheNextRunGoesOn()
    {
        var old = new OldLedger(Seed(), Now, pages: 150);
        var folded = old.Folded();
        var ending = old.Entries.Count(entry => Ends(entry) && entry.At < Now.AddDays(-30));
        for (var (writes, ended) = (0, false); !ended; writes++)
        {
            await InStoreAsync(async store =>
            {
                await AppendAsync(store, old.Entries);
                try
                {
                    await CompactAsync(new FaultyStore(store, writes));
                    ended = true;
                }
                catch (StoreUnavailableException)
                {
                    OldLedger.Answered(store).ShouldBe(folded, $"stopped after {writes} writes");
                    Verify(store).Differences.ShouldBeEmpty();
                }
                await CompactAsync(store);
                OldLedger.Answered(store).ShouldBe(folded, $"gone on after {writes} writes");
                Kept(store).ShouldBe(old.Entries.Count - ending);
            });
        }
    }

    /// <summary>The same where a compaction had succeeded before, and life went on.</summary>
    [Fact]
    public async Task ALaterRun_StoppedBeforeAnyWrite_LosesNothingEither()
    {
        var old = new OldLedger(Seed(), Now, pages: 150);
        var folded = old.Folded();
        var half = old.Entries.Count / 2;
        for (var (writes, ended) = (0, false); !ended; writes++)
        {
            await InStoreAsync(async store =>
            {
                await AppendAsync(store, old.Entries[..half]);
                await CompactAsync(store);
                await AppendAsync(store, old.Entries[half..]);
                try
                {
                    await CompactAsync(new FaultyStore(store, writes));
                    ended = true;
                }
                catch (StoreUnavailableException)
                {
                    // What was saved on the way is lost as well: only the baseline is left to begin from.
                    await store.Snapshots.DeleteAsync(CatalogueSnapshots.Kind, None);
                    await store.Snapshots.DeleteAsync(ViewerGrain.SnapshotKind, None);
                }
                OldLedger.Answered(store).ShouldBe(folded, $"stopped after {writes} writes");
                Verify(store).Differences.ShouldBeEmpty();
            });
        }
    }

    [Fact]
    public async Task ViewersSavedBeforeTheBaseline_AreReadFromIt()
    {
        var old = new OldLedger(Seed(), Now, pages: 200);
        await InStoreAsync(async store =>
        {
            await AppendAsync(store, old.Entries);
            var engine = OldLedger.On(store);
            foreach (var viewer in OldLedger.Everybody)
            {
                var early = ViewerLoading.Rebuild(viewer, engine, old.Entries.Count / 3);
                var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(early, GroundswellJson.Options);
                await store.Snapshots.SaveAsync(ViewerGrain.SnapshotKind, [new Snapshot(viewer.Value, early.Position, body)], early.Position, None);
            }
            await CompactAsync(store);
            OldLedger.Answered(store).ShouldBe(old.Folded());
            Verify(store).Differences.ShouldBeEmpty();
        });
    }

    [Fact]
    public async Task ABaselineThatThisProgramCannotRead_IsRefused_NotGuessedAt()
    {
        await InStoreAsync(async store =>
        {
            await AppendAsync(store, new OldLedger(1, Now, pages: 5).Entries);
            await store.Ledger.SetBaselineAsync(3, None);
            Should.Throw<StoreUnavailableException>(() => Verify(store)).Message.ShouldContain("another version");
            await Should.ThrowAsync<StoreUnavailableException>(() => CompactAsync(store));
        });
    }

    [Fact]
    public async Task Appends_GoOnMeanwhile_AndAreNotLost()
    {
        var old = new OldLedger(Seed(), Now, pages: 600);
        await InStoreAsync(async store =>
        {
            await AppendAsync(store, old.Entries);
            var compaction = Task.Run(() => new Compaction(OldLedger.On(store), Month, TimeSpan.FromMilliseconds(1)).RunAloneAsync(None));
            var meanwhile = 0;
            for (; !compaction.IsCompleted || meanwhile == 0; meanwhile++) await AppendAsync(store, old.Another(Now));
            (await compaction).Entries.ShouldBeGreaterThan(500);
            output.WriteLine($"{meanwhile} pages meanwhile");
            OldLedger.Answered(store).ShouldBe(old.Folded());
            await CompactAsync(store);
            OldLedger.Answered(store).ShouldBe(old.Folded());
            Verify(store).Differences.ShouldBeEmpty();
        });
    }

    private static DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    private static bool Ends(LedgerEntry entry) => entry is PageServed or SignalRecorded { Type: SignalType.Heartbeat or SignalType.Impression or SignalType.PlayStart };

    private static Task<LastCompaction> CompactAsync(IStore store, RetentionRules? rules = null) =>
        new Compaction(OldLedger.On(store), rules ?? Month, TimeSpan.Zero).RunAloneAsync(None);

    private static VerificationReport Verify(IStore store) => new LedgerVerification(OldLedger.On(store), new Progress<LedgerProgress>()).Run(None);

    private static long Kept(IStore store) => store.Ledger.Read(0, int.MaxValue).Count;

    private static async Task AppendAsync(IStore store, IReadOnlyList<LedgerEntry> entries)
    {
        foreach (var chunk in entries.Chunk(1000)) await store.Ledger.AppendAsync(chunk, None);
    }

    /// <summary>With few entries in memory, so that the disk answers.</summary>
    private static async Task InStoreAsync(Func<SqliteStore, Task> work)
    {
        var folder = Directory.CreateTempSubdirectory("groundswell-compaction-").FullName;
        await using (var store = await SqliteStore.OpenAsync(folder, TimeProvider.System, new StoreOptions { RecentEntries = 64 })) await work(store);
        Directory.Delete(folder, recursive: true);
    }

    private ulong Seed()
    {
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        output.WriteLine($"seed {seed}");
        return seed;
    }
}
