using System.CommandLine;
using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Storage;

namespace Groundswell.Cli;

/// <summary><c>groundswell ledger verify</c>: recomputes every projection from the ledger and compares.</summary>
internal static class LedgerCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The server's data folder; the server must be stopped.", DefaultValueFactory = _ => "data" };
        var verify = new Command("verify", "Rebuild every projection from the ledger and compare it with what was saved.") { data };
        verify.SetAction((parsed, cancellation) => Verify(parsed.GetRequiredValue(data), cancellation));
        return new Command("ledger", "Look after the ledger.") { verify };
    }

    private static async Task<int> Verify(string data, CancellationToken cancellation)
    {
        var folder = Path.Combine(Path.GetFullPath(data), "store");
        if (!Directory.Exists(folder))
        {
            System.Console.Error.WriteLine($"groundswell: {folder} does not exist; name the data folder of a server with --data.");
            return 1;
        }
        try
        {
            await using var store = await SqliteStore.OpenAsync(folder, TimeProvider.System, new StoreOptions());
            var engine = new Engine(new Rules(), Taxonomy.Default, store, new EngineClock(TimeProvider.System), new Chance(0), IdSource.Unguessable());
            VerificationReport report;
            using (var line = new ProgressLine()) report = new LedgerVerification(engine, line).Run(cancellation);
            foreach (var difference in report.Differences) System.Console.WriteLine(difference);
            System.Console.WriteLine($"{report.Entries:N0} entries, {report.Projections:N0} projections compared, {report.Differences.Length} differences");
            return report.Differences.IsEmpty ? 0 : 1;
        }
        catch (StoreUnavailableException unavailable)
        {
            System.Console.Error.WriteLine($"groundswell: {unavailable.Message}");
            return 1;
        }
    }

    /// <summary>One line that is written over again while work goes on.</summary>
    private sealed class ProgressLine : IProgress<VerificationProgress>, IDisposable
    {
        private readonly Lock _gate = new();
        private bool _written;

        public void Report(VerificationProgress value)
        {
            lock (_gate)
            {
                System.Console.Error.Write($"\r{value.Stage}: {value.Done:N0} of {value.Total:N0}".PadRight(72));
                _written = true;
            }
        }

        public void Dispose()
        {
            if (_written) System.Console.Error.WriteLine();
        }
    }
}
