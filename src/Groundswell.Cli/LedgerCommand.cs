using System.CommandLine;
using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Storage;

namespace Groundswell.Cli;

/// <summary><c>groundswell ledger verify</c>: recomputes every projection from the ledger and compares.</summary>
internal static class LedgerCommand
{
    public static Command Create()
    {
        var stopped = new StoppedStore();
        var verify = new Command("verify", "Rebuild every projection from the ledger and compare it with what was saved.") { stopped.Data, stopped.Store };
        verify.SetAction((parsed, cancellation) => stopped.WithEngineAsync(parsed, engine => Task.FromResult(Verify(engine, cancellation))));
        return new Command("ledger", "Look after the ledger.") { verify, CompactCommand.Create() };
    }

    /// <summary>Verifies the embedded store of a data folder, for another command.</summary>
    public static Task<int> VerifyAsync(string data, CancellationToken cancellation) =>
        StoppedStore.WithEngineAsync(Stores.Embedded, Path.Combine(Path.GetFullPath(data), "store"), engine => Task.FromResult(Verify(engine, cancellation)));

    private static int Verify(Engine engine, CancellationToken cancellation)
    {
        VerificationReport report;
        using (var line = new ProgressLine()) report = new LedgerVerification(engine, line).Run(cancellation);
        foreach (var difference in report.Differences) System.Console.WriteLine(difference);
        var from = report.From == 0 ? "the first entry" : $"the baseline at position {report.From:N0}";
        System.Console.WriteLine($"{report.Head:N0} positions, rebuilt from {from}, {report.Projections:N0} projections compared, {report.Differences.Length} differences");
        return report.Differences.IsEmpty ? 0 : 1;
    }
}
