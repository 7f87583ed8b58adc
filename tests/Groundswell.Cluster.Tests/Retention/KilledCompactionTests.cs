using System.Diagnostics;
using System.Text;
using Groundswell.Cluster.Follow;
using Groundswell.Storage;

namespace Groundswell.Cluster.Tests.Retention;

/// <summary><c>groundswell ledger compact</c> in a process of its own, killed in each of its stages.</summary>
public sealed class KilledCompactionTests(ITestOutputHelper output)
{
    private static readonly string[] Stages = ["counting", "bringing what was saved up to date", "finding viewers", "saving viewers", "deleting"];

    [Fact]
    public async Task KilledInAnyStage_LosesNothing_AndEndsWhenItIsLeftAlone()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        output.WriteLine($"seed {seed}");
        var old = new OldLedger(seed, TimeProvider.System.GetUtcNow(), pages: 2000);
        var folded = old.Folded();
        var folder = Directory.CreateTempSubdirectory("groundswell-killed-compaction-").FullName;
        await InStoreAsync(folder, async store =>
        {
            foreach (var chunk in old.Entries.Chunk(1000)) await store.Ledger.AppendAsync(chunk, cancellation);
        });

        foreach (var stage in Stages)
        {
            await KillInAsync(stage, folder, cancellation);
            await InStoreAsync(folder, store =>
            {
                output.WriteLine($"killed while {stage}: baseline {store.Ledger.Baseline}, {store.Ledger.Read(0, int.MaxValue).Count} of {old.Entries.Count} entries left");
                OldLedger.Answered(store).ShouldBe(folded, stage);
                return Task.CompletedTask;
            });
        }
        var (code, said) = await RunAsync(folder, cancellation, "--retention-days", "30");
        code.ShouldBe(0, said);
        said.ShouldContain("entries deleted");
        await InStoreAsync(folder, store =>
        {
            store.Ledger.Baseline.ShouldBe(old.Entries.Count);
            OldLedger.Answered(store).ShouldBe(folded);
            new LedgerVerification(OldLedger.On(store), new Progress<LedgerProgress>()).Run(cancellation).Differences.ShouldBeEmpty();
            return Task.CompletedTask;
        });
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task DryRun_SaysWhatWouldGo_AndWritesNothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var old = new OldLedger(7, TimeProvider.System.GetUtcNow(), pages: 100);
        var folder = Directory.CreateTempSubdirectory("groundswell-dry-compaction-").FullName;
        await InStoreAsync(folder, async store => await store.Ledger.AppendAsync(old.Entries, cancellation));
        var (code, said) = await RunAsync(folder, cancellation, "--dry-run");
        code.ShouldBe(0, said);
        foreach (var kind in (string[])["heartbeat", "impression", "page_served", "play_start"]) said.ShouldContain(kind);
        said.ShouldContain("would go");
        await InStoreAsync(folder, store =>
        {
            store.Ledger.Baseline.ShouldBe(0);
            store.Ledger.Read(0, int.MaxValue).Count.ShouldBe(old.Entries.Count);
            return Task.CompletedTask;
        });
        (await RunAsync(folder, cancellation, "--retention-days", "6")).Code.ShouldNotBe(0);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task AskedToStop_ItStopsAtOnce_AndSaysThatNothingIsLost()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var old = new OldLedger(8, TimeProvider.System.GetUtcNow(), pages: 2000);
        var folder = Directory.CreateTempSubdirectory("groundswell-stopped-compaction-").FullName;
        await InStoreAsync(folder, async store =>
        {
            foreach (var chunk in old.Entries.Chunk(1000)) await store.Ledger.AppendAsync(chunk, cancellation);
        });
        using (var process = Start(folder, "--retention-days", "30"))
        {
            await SaysAsync(process, "finding viewers", cancellation);
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            var said = await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            process.ExitCode.ShouldBe(130);
            said.ShouldContain("stopped. Nothing is lost");
        }
        await InStoreAsync(folder, store =>
        {
            OldLedger.Answered(store).ShouldBe(old.Folded());
            return Task.CompletedTask;
        });
        Directory.Delete(folder, recursive: true);
    }

    private static async Task InStoreAsync(string folder, Func<SqliteStore, Task> work)
    {
        await using var store = await SqliteStore.OpenAsync(Path.Combine(folder, "store"), TimeProvider.System, new StoreOptions());
        await work(store);
    }

    /// <summary>Kills it as soon as it says that it has come to a stage.</summary>
    private static async Task KillInAsync(string stage, string folder, CancellationToken cancellation)
    {
        using var process = Start(folder, "--retention-days", "30");
        await SaysAsync(process, stage, cancellation);
        process.Kill();
        await process.WaitForExitAsync(cancellation);
    }

    private static async Task SaysAsync(Process process, string stage, CancellationToken cancellation)
    {
        var said = new StringBuilder();
        var buffer = new char[256];
        while (!said.ToString().Contains(stage, StringComparison.Ordinal) && await process.StandardError.ReadAsync(buffer, cancellation) is > 0 and var read)
            said.Append(buffer, 0, read);
        said.ToString().ShouldContain(stage);
    }

    private static async Task<(int Code, string Said)> RunAsync(string folder, CancellationToken cancellation, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var faults = process.StandardError.ReadToEndAsync(cancellation);
        var said = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, said + await faults);
    }

    private static Process Start(string folder, params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "groundswell.dll"), "ledger", "compact", "--data", folder, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("dotnet did not start.");
}
