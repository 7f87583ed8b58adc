using Groundswell.Cluster.Tests;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Ledger;
using Groundswell.Storage;
using Groundswell.Storage.Tests;
using Groundswell.Transfer.Files;
using Groundswell.Transfer.Ledgers;
using Groundswell.Transfer.Tests.Fixtures;

namespace Groundswell.Transfer.Tests.Ledgers;

/// <summary>An import is killed while it writes, at moments drawn from a seed, and run again: the ledger is as if it had never been killed.</summary>
public sealed class KilledImportTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 3;
    private const int Entries = 40_000;
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AKilledImport_IsBroughtToItsEnd_AsIfNothingHadHappened()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        var chance = new Chance(seed);
        await FileAsync();
        string[] import = ["import", _folder["ledger.ndjson"], "--data", _folder["killed"]];
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = ServerProcess.Run(import);
            while (await process.StandardError.ReadLineAsync(cancellation) is { } line)
                if (line.Contains("writing", StringComparison.Ordinal)) break;
            await Task.Delay(TimeSpan.FromMilliseconds(500 * chance.For(kill).Unit()), cancellation);
            process.Kill();
            await process.WaitForExitAsync(cancellation);
            output.WriteLine($"seed {seed}, kill {kill + 1}: {_folder.Ledger("killed").Count} of {Entries} entries are in");
        }
        var (code, said) = await ServerProcess.RunToEndAsync(import, cancellation);
        output.WriteLine(said);
        code.ShouldBe(0, said);
        _folder.Ledger("killed").ShouldBe(_folder.Ledger("from"));
        (await ServerProcess.RunToEndAsync(import, cancellation)).Said.ShouldContain("0 appended");
    }

    /// <summary>A file in which many entries are equal and none of them may be lost.</summary>
    private async Task FileAsync()
    {
        for (var first = 0; first < Entries; first += 4_000)
            await _folder.FillAsync("from", [.. Enumerable.Range(first, 4_000).Select(number => (LedgerEntry)(number % 3 == 0 ? Facts.Page(number % 100) : Facts.Signal($"event {number}", new ViewerId(number % 50))))]);
        using var store = _folder.Reading("from");
        await LedgerExport.RunAsync(
            store, new ExportRequest(_folder["ledger.ndjson"], TransferFormat.Ndjson, LedgerSelection.All, []), Nobody.Told<TransferProgress>(), CancellationToken.None);
    }
}
