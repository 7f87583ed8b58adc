using System.Diagnostics;
using System.Text;
using Groundswell.Cluster.Tests;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Storage.Tests;
using Groundswell.Transfer.Tests.Fixtures;

namespace Groundswell.Transfer.Tests;

/// <summary>The real program is asked to stop in the middle of its work: it ends with one sentence and 130, and no half of a file is left.</summary>
public sealed class StoppedCommandTests(ITestOutputHelper output) : IDisposable
{
    private const int Entries = 120_000;
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task ASimulation_LeavesNoReport(string signal)
    {
        (await StoppedAsync(["lab", "simulate", "--days", "60", "--out", _folder["report.html"]], "day ", signal))
            .ShouldEndWith("groundswell: stopped. Nothing was written; the same seed lives the same world again.\n");
        Left("report").ShouldBeEmpty();
    }

    [Fact]
    public async Task ABench_SaysSoLast() => (await StoppedAsync(["bench", "viewers"], "…", "INT")).ShouldEndWith("\ngroundswell: stopped.\n");

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task AnExport_IsNotThere_AndGoesOnWhenItIsRunAgain(string signal)
    {
        await FillAsync();
        foreach (var file in (string[])["out.csv", "out.ndjson"])
        {
            (await StoppedAsync(["export", _folder[file], "--data", _folder["data"]], "writing", signal)).ShouldContain("groundswell: stopped. The file was not finished");
            File.Exists(_folder[file]).ShouldBeFalse();
        }
        Left("out.csv").ShouldBeEmpty();
        var (code, said) = await ServerProcess.RunToEndAsync(["export", _folder["out.ndjson"], "--data", _folder["data"]], TestContext.Current.CancellationToken);
        code.ShouldBe(0, said);
        said.ShouldContain("rows more");
        File.ReadLines(_folder["out.ndjson"]).Count().ShouldBe(Entries);
    }

    [Theory]
    [InlineData("backup", "INT")]
    [InlineData("backup.tar", "TERM")]
    public async Task ABackup_IsGone(string target, string signal)
    {
        await _folder.FillAsync("data", Facts.Signal("one"));
        // A gigabyte that takes no room, and as long to copy as one that does.
        Directory.CreateDirectory(_folder["data/keys"]);
        await using (var large = File.Create(_folder["data/keys/large"])) large.SetLength(1L << 30);

        (await StoppedAsync(["backup", _folder[target], "--data", _folder["data"]], "copying", signal)).ShouldEndWith("groundswell: stopped. There is no backup: what was begun is gone.\n");

        Left("backup").ShouldBeEmpty();
    }

    [Fact]
    public async Task AServer_HasDoneItsWork()
    {
        using var server = ServerProcess.Run("serve", "--demo", "off", "--data", _folder["data"], "--port", "0");
        var complained = server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await SaysAsync(server.StandardOutput, "Groundswell is at");
        var said = server.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Send("TERM", server);
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        server.ExitCode.ShouldBe(0, await said + await complained);
    }

    private async Task FillAsync()
    {
        for (var first = 0; first < Entries; first += 4_000)
            await _folder.FillAsync("data", [.. Enumerable.Range(first, 4_000).Select(number => (LedgerEntry)Facts.Signal($"event {number}", new ViewerId(number % 50)))]);
    }

    /// <summary>Runs a command until it says something, then sends it a signal.</summary>
    /// <returns>What it wrote to standard error.</returns>
    private async Task<string> StoppedAsync(IReadOnlyList<string> arguments, string once, string signal)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var process = ServerProcess.Run(arguments);
        var printed = process.StandardOutput.ReadToEndAsync(cancellation);
        var said = await SaysAsync(process.StandardError, once);
        Send(signal, process);
        said += await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        output.WriteLine(said);
        process.ExitCode.ShouldBe(130, said + await printed);
        said.ShouldNotContain("   at ");
        return said;
    }

    private static void Send(string signal, Process process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
    }

    private static async Task<string> SaysAsync(StreamReader reader, string once)
    {
        var said = new StringBuilder();
        var buffer = new char[256];
        while (!said.ToString().Contains(once, StringComparison.Ordinal) && await reader.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var read)
            said.Append(buffer, 0, read);
        said.ToString().ShouldContain(once);
        return said.ToString();
    }

    private string[] Left(string name) => Directory.GetFileSystemEntries(_folder.Path, $"{name}*");
}
